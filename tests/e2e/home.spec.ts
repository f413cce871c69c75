import type { Page } from '@playwright/test';
import { expect, expectAccessible, open, pages, sideways, test } from './site';

const handleOf = (page: Page) => page.getByRole('slider', { name: 'Way of convolving' });
const placeOf = async (page: Page) => Number(await handleOf(page).getAttribute('aria-valuenow'));
/** What the canvas shows, as one number: of how much ink there is, and where. */
const inkOf = (page: Page) =>
	page.locator('.threads canvas').evaluate((canvas: HTMLCanvasElement) => {
		// It is drawn in a worker, and what it shows is taken as a picture.
		const sheet = new OffscreenCanvas(canvas.width, canvas.height);
		const pen = sheet.getContext('2d')!;
		pen.drawImage(canvas, 0, 0);
		const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
		let ink = 0;
		for (let n = 0; n < data.length; n++) ink = (ink * 31 + data[n]!) % 1_000_000_007;
		return ink;
	});

test('the wall plays once by itself, says the verdict of the separable layer and then that of the shuffle, and rests there', async ({
	page
}) => {
	await open(page, '/en');
	const verdict = page.locator('.threads .lead');
	await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
	await expect(verdict).toContainText('the same reach for 1/7.02 of the work');
	await expect(verdict).toContainText('the same reach for 1/11.52 of the work');
	await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
	await expect(handleOf(page)).toHaveAttribute('aria-valuenow', '5');
	// What nobody set is not in the address.
	expect(new URL(page.url()).search).toBe('');
});

for (const [what, stop] of [
	['its button', (page: Page) => page.getByRole('button', { name: 'Stop' }).click()],
	['a key', (page: Page) => page.getByRole('button', { name: 'Stop' }).press('Shift')],
	['a press on the wall', (page: Page) => page.locator('.threads .field').click()]
] as const)
	test(`while it plays, ${what} stops it at once, and it stays so`, async ({ page }) => {
		await open(page, '/en');
		await expect.poll(() => placeOf(page)).toBeGreaterThan(0);
		await stop(page);
		await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
		const place = await placeOf(page);
		expect(place).toBeLessThan(5);
		// It does not begin anew when it comes back into view.
		await page.getByRole('heading', { name: 'Go on' }).scrollIntoViewIfNeeded();
		await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
		await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
		expect(await placeOf(page)).toBe(place);
	});

test('the handle goes by keys, by its names and by drag; it tells its value in words, and the address has it', async ({
	page
}) => {
	await open(page, '/en?at=0');
	const handle = handleOf(page);
	await handle.press('End');
	await expect(handle).toHaveAttribute('aria-valuenow', '5');
	await handle.press('Home');
	await expect(handle).toHaveAttribute('aria-valuenow', '0');
	await handle.press('ArrowRight');
	await expect(handle).toHaveAttribute('aria-valuetext', /^Group, g = 2\. 903,168 multiply-adds, 1\/2 of/);
	await expect(page).toHaveURL(/\?at=0\.4$/);
	await handle.press('Shift+ArrowRight');
	await expect(handle).toHaveAttribute('aria-valuetext', /^between Group, g = 2 and Group, g = 4\./);

	await page.locator('.threads').getByRole('button', { name: 'Separable' }).click();
	const words = 'Separable. 257,152 multiply-adds, 1/7.02 of the work; each output sees 32 of 32 inputs.';
	await expect(handle).toHaveAttribute('aria-valuetext', words);
	await expect(page.locator('.threads').getByRole('status')).toHaveText(words);
	await page.getByRole('button', { name: '512' }).click();
	await expect(handle).toHaveAttribute('aria-valuetext', /52,283,392 multiply-adds, 1\/8\.84 .* 512 of 512/);
	await expect(page).toHaveURL(/\?at=3&channels=512$/);

	const { x, y, width } = (await handle.boundingBox())!;
	await page.mouse.move(x + 0.7 * width, y + 40);
	await page.mouse.down();
	await page.mouse.move(x + 0.9 * width, y + 40);
	expect(await placeOf(page)).toBeGreaterThan(4);
	await page.mouse.move(x + width + 50, y + 40);
	await page.mouse.up();
	await expect(handle).toHaveAttribute('aria-valuetext', /^Shuffle\. 26,593,280 multiply-adds, 1\/17\.39/);

	await expect(page).toHaveURL(/\?at=5&channels=512$/);
	await page.reload();
	await page.locator('html[data-alive]').waitFor({ state: 'attached' });
	await expect(handle).toHaveAttribute('aria-valuetext', /^Shuffle\. 26,593,280/);
	await page.getByRole('link', { name: '中文' }).click();
	await expect(page.getByRole('slider', { name: '卷积方式' })).toHaveAttribute(
		'aria-valuetext',
		/^混洗。26,593,280 次乘加，计算量为标准卷积的 1\/17\.39/
	);
});

test('channels and cells light their paths, by the pointer and by keys', async ({ page }) => {
	await open(page, '/en?at=2');
	const wall = page.getByRole('slider', { name: 'Paths of one output' });
	await expect(page.locator('.threads canvas')).toHaveAttribute('data-painted', '2');
	const before = await inkOf(page);
	await wall.press('ArrowDown');
	await wall.press('ArrowDown');
	await expect(wall).toHaveAttribute('aria-valuetext', 'output 1 sees 1 of 32 inputs');
	await wall.press('ArrowRight');
	await expect(wall).toHaveAttribute('aria-valuetext', 'output 1 is blind to input 0');
	await wall.press('ArrowRight');
	await expect(wall).toHaveAttribute('aria-valuetext', 'output 1 sees input 1');
	await expect.poll(() => inkOf(page)).not.toBe(before);
	await wall.press('Escape');
	await expect(wall).toHaveAttribute('aria-valuetext', 'no path is lit');
	await expect.poll(() => inkOf(page)).toBe(before);

	const { x, y, height } = (await wall.boundingBox())!;
	await page.mouse.move(x + 40, y + height / 2);
	await page.mouse.move(x + 14, y + height / 2);
	await expect(page.getByText(/^input 1\d reaches 1 of 32 outputs$/)).toBeVisible();
});

test('with reduced motion nothing moves by itself, the verdict is there, and the handle goes from stop to stop', async ({
	page
}) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await open(page, '/en');
	await expect(page.locator('.threads .lead')).toContainText('1/7.02');
	await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
	await handleOf(page).press('ArrowRight');
	expect(await placeOf(page)).toBe(4);
	const race = page.getByRole('region', { name: 'The same layer, two ways' });
	await expect(race.getByRole('status')).toContainText('8.84 times the multiply-adds');
});

test('the race begins when it is seen, can be stopped, and ends with its factor', async ({ page }) => {
	await open(page, '/en?at=3');
	const race = page.getByRole('region', { name: 'The same layer, two ways' });
	await race.scrollIntoViewIfNeeded();
	await expect(race.getByRole('status')).toHaveText(/is done\. The standard one has 8\.84 times/);
	await race.getByRole('button', { name: 'Stop' }).click();
	const done = await race.getByText(/^[\d,]+$/).allTextContents();
	await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
	await race.scrollIntoViewIfNeeded();
	expect(await race.getByText(/^[\d,]+$/).allTextContents()).toEqual(done);
	await race.getByRole('button', { name: 'Run' }).click();
	await expect(race.getByRole('status')).toHaveText(/8\.84 times the multiply-adds/);
	await expect(race.getByText('462,422,016', { exact: true })).toBeVisible();
});

test('in every state it has no finding of axe, and a phone neither scrolls sideways nor wraps the header', async ({
	page
}) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await page.emulateMedia({ reducedMotion: 'reduce' });
	for (const place of [0, 2, 5]) {
		await open(page, `/en?at=${place}&channels=512`);
		expect(await sideways(page)).toBe(0);
		await expectAccessible(page, { colours: place === 5, part: '.threads' });
	}
	await open(page, '/en');
	expect((await page.getByRole('banner').boundingBox())!.height).toBeLessThan(60);
	await expect(page.getByRole('navigation', { name: 'Places', exact: true })).toBeHidden();
	await page.getByRole('button', { name: 'Menu' }).click();
	await page.getByRole('banner').getByRole('link', { name: 'Block editor' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Block editor' })).toBeVisible();
	await expect(page.getByRole('navigation', { name: 'Places', exact: true })).toBeHidden();
});

test('a finger on the wall is told beside it what it points at', async ({ browser, baseURL }) => {
	const context = await browser.newContext({
		...{ baseURL: baseURL!, viewport: { width: 360, height: 740 }, hasTouch: true },
		serviceWorkers: 'block'
	});
	const page = await context.newPage();
	await open(page, '/en?at=3');
	const { x, y, width, height } = (await page.locator('.threads .field').boundingBox())!;
	await page.touchscreen.tap(x + width / 2, y + 0.2 * height);
	await expect(page.locator('.threads .loupe')).toHaveText(/^input 16 reaches 32 of 32 outputs$/);
	await context.close();
});

test('without script the wall is a picture, and a sentence has its verdicts', async ({
	browser,
	baseURL
}) => {
	const context = await browser.newContext({ baseURL: baseURL!, javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto('/en');
	await expect(page.getByRole('img', { name: /^Threads from 32 input channels/ })).toBeVisible();
	await expect(page.getByText(/does 1\/7\.02 of its work, .* 1\/11\.52/)).toBeVisible();
	await context.close();
});

test('header, foot and cards of the home page lead to every place', async ({ page }) => {
	await open(page, '/en');
	const pathsIn = (part: string) =>
		page.locator(`${part} a`).evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).pathname));
	const cards = await pathsIn('.ways');
	expect(cards).toHaveLength(9);
	expect(cards.filter((address) => !pages.includes(address))).toEqual([]);
	// The errata have the strip above the cards.
	const everywhere = [...cards, '/en/learn/errata'];
	expect(await pathsIn('header nav.places')).toEqual(everywhere);
	expect(await pathsIn('footer nav')).toEqual(everywhere);
});
