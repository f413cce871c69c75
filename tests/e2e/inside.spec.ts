import type { Locator } from '@playwright/test';
import { expect, expectAccessible, open, openStory, test } from './site';

/** A story over a small network with seeded weights, once its network has run. */
async function shown(figure: Locator): Promise<Locator> {
	await figure.scrollIntoViewIfNeeded();
	await expect(figure.getByRole('listbox').first().locator('canvas')).toBeVisible();
	return figure;
}

/** Scrolls to what is loaded when it is seen, once what stands above it is there. */
async function showLate(late: Locator): Promise<void> {
	await expect(async () => {
		await late.scrollIntoViewIfNeeded();
		await expect(late.locator('canvas')).toBeVisible({ timeout: 2000 });
	}).toPass();
}

/** Whether something was painted on a canvas: more than one colour. */
function isPainted(canvas: Locator): Promise<boolean> {
	return canvas.evaluate((element) => {
		const { width, height } = element as HTMLCanvasElement;
		const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
		return new Set(new Uint32Array(data.buffer)).size > 4;
	});
}

test('keyboard and pointer go from layer to map to pixel to its arithmetic', async ({ page }) => {
	const figure = await shown(await openStory(page, 'inside-inside-layer'));
	await figure.getByRole('button', { name: 'Next →' }).click();
	await expect(figure.getByLabel('Layer', { exact: true })).toHaveValue('conv1_bn');
	await figure.getByRole('button', { name: '← Previous' }).click();

	const maps = figure.getByRole('listbox', { name: /Maps of conv1/ });
	await maps.focus();
	await figure.page().keyboard.press('ArrowRight');
	await figure.page().keyboard.press('ArrowRight');
	await expect(maps.getByRole('option')).toHaveText(/^Map 1 of conv1: values from/);
	expect(await isPainted(maps.locator('canvas'))).toBe(true);

	const map = figure.getByRole('grid', { name: /^Map 1, pixel by pixel/ });
	await map.focus();
	await figure.page().keyboard.press('Enter');
	await figure.page().keyboard.press('ArrowDown');
	await expect(map.getByRole('gridcell')).toHaveText(/^Row 7, column 6: /);
	await expect(figure.getByText(/This pixel can see 3×3 of the picture’s 24×24 pixels/).last()).toBeVisible();
	await expect(figure.getByText(/The network itself has .* here: the same\./)).toBeVisible();
	await expect(figure.getByRole('heading', { name: /How .* came about: conv1, map 1, row 7/ })).toBeVisible();

	// The pointer does the same.
	await maps.click({ position: { x: 30, y: 30 } });
	await figure.getByRole('grid').click({ position: { x: 5, y: 5 } });
	await expect(
		figure.getByRole('heading', { name: /came about: conv1, map 0, row 0, column 0/ })
	).toBeVisible();
});

test('the arithmetic steps by channels and by single numbers, to the value that the network has', async ({
	page
}) => {
	const figure = await shown(await openStory(page, 'inside-inside-pixel'));
	await expect(figure.getByText('Step 3 of 3')).toBeVisible();
	const value = (await figure.getByRole('heading', { name: /came about/ }).innerText()).split(' ')[1]!;
	await expect(figure.locator('strong').last()).toHaveText(value);
	await figure.getByRole('button', { name: 'Each number' }).click();
	await expect(figure.getByText('Step 27 of 27')).toBeVisible();
	await figure.getByRole('button', { name: 'To the start' }).click();
	await expect(figure.getByText('Step 1 of 27')).toBeVisible();
	await expect(figure.locator('strong').last()).toHaveText('…');
	await figure.getByRole('button', { name: 'To the end' }).click();
	await expect(figure.locator('strong').last()).toHaveText(value);
	await figure.getByRole('button', { name: /^Where this comes from: input/ }).click();
	await expect(figure.getByText('This is the picture itself: nothing was computed before it.')).toBeVisible();
});

test('sorting, colours and size change how maps are shown, and the chosen one stays', async ({ page }) => {
	const figure = await shown(await openStory(page, 'inside-inside-deep'));
	const maps = figure.getByRole('listbox', { name: /Maps of expand3/ });
	await figure.getByRole('button', { name: 'by channel' }).click();
	await expect(maps.getByRole('option')).toHaveText(/^Map 2 /);
	await expect(maps.getByRole('option')).toHaveAttribute('aria-posinset', '3');
	await figure.getByRole('button', { name: 'strongest first' }).click();
	await expect(maps.getByRole('option')).toHaveText(/^Map 2 .*number 6 of 8/);
	await expect(maps.getByRole('option')).toHaveAttribute('aria-posinset', '6');
	const before = await maps.locator('canvas').boundingBox();
	await figure.getByRole('button', { name: 'Larger maps' }).click();
	await expect
		.poll(async () => (await maps.locator('canvas').boundingBox())!.height)
		.toBeGreaterThan(before!.height);
	await figure.getByRole('button', { name: 'each map its own' }).click();
	await expect(figure.getByText('most of each')).toBeVisible();
});

test('a class map sums to the score, and untrained weights claim no names', async ({ page }) => {
	const figure = await shown(await openStory(page, 'inside-inside-class'));
	const classes = figure.getByRole('region', { name: 'What spoke for a class' });
	await showLate(figure.locator('.late').first());
	await expect(classes.getByText(/The weights are random/)).toBeVisible();
	const said = await classes.getByText(/^The score of class 3 is/).innerText();
	const [score, average, bias] = said
		.replaceAll('−', '-')
		.match(/-?\d+\.?\d*/g)!
		.slice(1)
		.map(Number);
	expect(Math.abs(average! + bias! - score!)).toBeLessThan(2e-3);
	await classes.getByLabel(/^Any class/).fill('7');
	await classes.getByLabel(/^Any class/).blur();
	await expect(classes.getByText(/^The score of class 7 is/)).toBeVisible();
	await showLate(figure.locator('.late').last());
	const filters = figure.getByRole('listbox', { name: /Filters of conv1/ });
	expect(await isPainted(filters.locator('canvas'))).toBe(true);
});

test('in the playground an address opens a layer, and everything open is accessible, in light and in dark', async ({
	page
}) => {
	const network = 'network=mobilenet&weights=mobilenet:random&alpha=0.25&resolution=64&backend=wasm';
	const looked = 'layer=conv_pw_1_relu&map=2&pixel=3,4&class=3';
	await open(page, `/en/playground?${network}&${looked}`);
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(page.getByTestId('lane-mobilenet')).toHaveAttribute('data-phase', 'ready');
	await page.getByRole('heading', { name: 'Look inside' }).scrollIntoViewIfNeeded();
	const figure = page.locator('.inside');
	await shown(figure);
	await expect(figure.getByLabel('Layer', { exact: true })).toHaveValue('conv_pw_1_relu');
	for (const late of await figure.locator('.late').all()) await showLate(late);
	await expect(figure.getByRole('heading', { name: /came about: .*map 2, row 3, column 4/ })).toBeVisible();
	await expect(figure.getByText(/^The score of class 3 is/)).toBeVisible();
	await expectAccessible(page, { part: '.inside' });
	await expect(page).toHaveURL(new RegExp(looked));
});
