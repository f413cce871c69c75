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

test('a page that is printed is printed alive', async ({ page }) => {
	await open(page, '/en/learn/convolution');
	const waiting = page.locator('figure[aria-busy=true]');
	await expect(waiting).not.toHaveCount(0);
	await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
	await expect(waiting).toHaveCount(0);
});
