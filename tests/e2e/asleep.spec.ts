import { expect, open, test } from './site';

test('what sleeps below the screen gets the first press that is meant for it', async ({ page }) => {
	await open(page, '/en/compare');
	// By script, without a pointer that comes near it first.
	const sort = await page.evaluate(() => {
		const head = [...document.querySelectorAll('thead th')].find((th) => th.textContent.includes('Year'))!;
		head.querySelector('button')!.click();
		return new Promise((done) => requestAnimationFrame(() => done(head.ariaSort)));
	});
	expect(sort).toBe('descending');
});

test('what the address sets is to be seen in parts that nobody comes near, taken over from the page as it was prerendered', async ({
	page
}) => {
	// Svelte warns where it cannot take over what is there, and makes it anew.
	const warnings: string[] = [];
	page.on('console', (message) => /hydrat/i.test(message.text()) && warnings.push(message.text()));
	await open(page, '/en/compare?hide=mobilenet,shufflenet,successor,reference&sort=params');
	const table = page.getByRole('table').first();
	await expect(table.locator('tbody tr')).toHaveCount(7);
	await expect(table.locator('thead [aria-sort=ascending]')).toHaveText('Parameters');
	expect(warnings).toEqual([]);
});

test('a control that is set in a part that sleeps stays so, and is heeded', async ({ page }) => {
	await open(page, '/en/playground?backend=wasm');
	const numbers = page.getByLabel('Numbers', { exact: true });
	// By script, without a pointer that comes near it first; then as it is drawn next.
	const held = await numbers.evaluate((select: HTMLSelectElement) => {
		select.value = 'int8';
		for (const type of ['input', 'change']) select.dispatchEvent(new Event(type, { bubbles: true }));
		return new Promise((done) => requestAnimationFrame(() => done(select.value)));
	});
	expect(held).toBe('int8');
	await expect(page).toHaveURL(/numbers=int8/);
	await expect(page.getByTestId('integers')).toContainText('8-bit integers');
	await expect(numbers).toHaveValue('int8');
});

test('controls that are set before the page is alive stay so, and are heeded once it is', async ({
	page
}) => {
	let release = () => {};
	const released = new Promise<void>((done) => (release = done));
	await page.route(/immutable\/entry\//, async (route) => {
		await released;
		await route.continue();
	});
	await page.goto('/en/playground', { waitUntil: 'domcontentloaded' });
	const [runsOn, numbers] = [page.getByLabel('Runs on'), page.getByLabel('Numbers', { exact: true })];
	await runsOn.selectOption('wasm');
	await numbers.selectOption('int8');
	await expect(page.locator('html[data-alive]')).toHaveCount(0);
	release();
	await expect(page).toHaveURL(/backend=wasm&numbers=int8|numbers=int8&backend=wasm/);
	await expect(runsOn).toHaveValue('wasm');
	await expect(numbers).toHaveValue('int8');
	await page.unrouteAll();
});

test('what a run by itself gave is in parts that nobody has come near', async ({ page }) => {
	await open(page, '/en/playground');
	const table = page.getByRole('table', { name: 'What ran, and how long it took' });
	await expect(table.getByRole('row').nth(1)).toContainText(/\d\sms/);
	await expect(page.getByTestId('latency')).not.toContainText('Run the network first');
});

test('a page that is printed is printed alive', async ({ page }) => {
	await open(page, '/en/learn/convolution');
	const waiting = page.locator('figure[aria-busy=true]');
	await expect(waiting).not.toHaveCount(0);
	await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
	await expect(waiting).toHaveCount(0);
});

test('a button that is pressed before the page is alive does what it does once it is', async ({ page }) => {
	let release = () => {};
	const released = new Promise<void>((done) => (release = done));
	await page.route(/immutable\/entry\//, async (route) => {
		await released;
		await route.continue();
	});
	await page.goto('/en/train?ways=standard&batch=16', { waitUntil: 'domcontentloaded' });
	await page.getByRole('button', { name: 'Play' }).click();
	await expect(page.locator('html[data-alive]')).toHaveCount(0);
	release();
	await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
	await expect(page.locator('.count')).toHaveText(/^Step [1-9]/);
	// Once: a second press would have paused it.
	await page.unrouteAll();
});

for (const [address, part] of [
	['/en/compression', '.integers [type=range]'],
	['/en/networks/squeezenet', '[aria-labelledby=layers] table'],
	['/en/networks/squeezenet', '[aria-labelledby=flow] svg']
] as const)
	test(`${address}: ${part} comes before Tab is led past it`, async ({ page }) => {
		await open(page, address);
		await expect(page.locator(part)).toHaveCount(0);
		await page.keyboard.press('Tab');
		await expect(page.locator(part)).not.toHaveCount(0);
	});
