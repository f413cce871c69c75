import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { openAll } from './bench';
import { expect, open, savedBy, test } from './site';

const saved = (page: Page, button: string) => savedBy(page.getByRole('button', { name: button }));

/** Width and height of a picture as the browser reads it, by itself. */
function sizeOf(page: Page, type: string, bytes: Buffer) {
	return page.evaluate(
		async (address) => {
			const image = new Image();
			image.src = address;
			await image.decode();
			return [image.naturalWidth, image.naturalHeight];
		},
		`data:${type};base64,${bytes.toString('base64')}`
	);
}

test('a step is saved as SVG that stands alone, light or dark as it is seen, and as PNG of twice its size', async ({
	page
}) => {
	await openAll(page, '/en/ops/shuffle?step=30');
	for (const [colorScheme, paper, fill] of [
		['light', 'rgb(252, 252, 250)', '#fcfcfa'],
		['dark', 'rgb(20, 22, 26)', '#14161a']
	] as const) {
		await page.emulateMedia({ colorScheme });
		expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(paper);
		await page.getByRole('button', { name: 'Share' }).click();
		const svg = await saved(page, 'Save SVG');
		expect(svg.name).toBe('lightnets-shuffle-30.svg');
		const text = svg.bytes.toString();
		expect(text).not.toMatch(/var\(|oklch|class=|style=|data-|href="http|url\("http/);
		expect(text).toMatch(/@font-face\{font-family:"?JetBrains Mono"?.*data:font\/woff2;base64/);
		expect(text).toContain(`fill="${fill}"`);
		const [width = 0, height = 0] = await sizeOf(page, 'image/svg+xml', svg.bytes);
		expect(width).toBeGreaterThan(400);

		const png = await saved(page, 'Save PNG');
		expect(png.name).toBe('lightnets-shuffle-30.png');
		expect(await sizeOf(page, 'image/png', png.bytes)).toEqual([2 * width, 2 * height]);
		await expect(page.getByText('Saved as lightnets-shuffle-30.png')).toBeVisible();
		await page.keyboard.press('Escape');
	}
});

test('the fonts come along where the reader came from another page', async ({ page }) => {
	await open(page, '/en');
	await page
		.getByRole('navigation', { name: 'Places', exact: true })
		.getByRole('link', { name: 'Operations' })
		.click();
	await expect(page).toHaveURL(/\/en\/ops\/standard$/);
	await page.locator('.more').scrollIntoViewIfNeeded();
	await page.getByRole('button', { name: 'Share' }).click();
	const { bytes } = await saved(page, 'Save SVG');
	expect(bytes.toString()).toContain('data:font/woff2;base64');
});

/** Height of the middle of what is written at a place of a picture, from the place on, down; its ground is what its corner has. */
async function middleOfInk(
	picture: Buffer,
	place: { readonly x: number; readonly y: number },
	scale: number
) {
	const side = 9 * scale;
	const [left, top] = [place.x, place.y].map((n) => Math.round(n * scale) - side);
	const box = { left: left!, top: top!, width: 2 * side, height: 2 * side };
	const pixels = await sharp(picture).extract(box).greyscale().raw().toBuffer();
	const inked = [...pixels.keys()].filter((i) => Math.abs(pixels[i]! - pixels[0]!) > 60);
	expect(inked.length).toBeGreaterThan(10);
	const heights = inked.map((i) => Math.floor(i / box.width));
	return ((Math.min(...heights) + Math.max(...heights) + 1) / 2 - side) / scale;
}

test('digits of a saved picture stand in the middle of their cells, in the browser and in librsvg', async ({
	page
}) => {
	await openAll(page, '/en/ops/standard');
	await page.getByRole('button', { name: 'Share' }).click();
	const svg = await saved(page, 'Save SVG');
	const png = await saved(page, 'Save PNG');
	const text = svg.bytes.toString();
	const [x = 0, y = 0, width = 0] = /viewBox="(\S+) (\S+) (\S+)/.exec(text)!.slice(1).map(Number);
	const digits = Array.from(text.matchAll(/<text[^>]*>\d<\/text>/g), ([element]) => {
		const number = (name: string) => Number(new RegExp(` ${name}="([^"]+)"`).exec(element)![1]);
		return { x: number('x') - x, y: number('y') - y };
	});
	expect(digits.length).toBeGreaterThan(20);
	const drawn = await sharp(svg.bytes).png().toBuffer();
	// Those of the last filters: no outline is around them, and no cover over them.
	const bare = digits.filter((digit) => digit.x > 0.4 * width && digit.x < 0.65 * width).slice(-5);
	expect(bare).toHaveLength(5);
	for (const digit of bare) {
		expect(Math.abs(await middleOfInk(png.bytes, digit, 2))).toBeLessThan(1.5);
		expect(Math.abs(await middleOfInk(drawn, digit, 1))).toBeLessThan(1.5);
	}
});

test('the link is copied, and opens what is seen', async ({ page, context, baseURL }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await openAll(page, '/zh/ops/standard?seed=4');
	await page.keyboard.press('End');
	await page.getByRole('button', { name: '分享' }).click();
	await page.getByRole('button', { name: '复制链接' }).click();
	await expect(page.getByText('已复制')).toBeVisible();
	expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
		`${baseURL}/zh/ops/standard?seed=4&step=27`
	);
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toHaveCount(0);
	await expect(page.getByRole('button', { name: '分享' })).toBeFocused();
});

test('where the browser does not let copy, the text is there to be selected', async ({ page }) => {
	await openAll(page, '/en/ops/standard');
	await page.evaluate(() => {
		Object.defineProperty(navigator, 'clipboard', {
			value: { writeText: () => Promise.reject(new Error('not allowed')) }
		});
	});
	await page.getByRole('button', { name: 'Share' }).click();
	await page.getByRole('button', { name: 'Copy link' }).click();
	await expect(page.getByText('The browser did not allow it')).toBeVisible();
});
