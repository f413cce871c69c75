import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, open, openStory, test } from './site';

const screenOf = (figure: Locator | Page) => figure.getByRole('application');

/** Waits until the camera rests at a level. */
async function rests(figure: Locator | Page, level: number): Promise<void> {
	await expect(screenOf(figure)).toHaveAttribute('data-level', String(level));
	await expect(screenOf(figure)).toHaveAttribute('data-moving', 'false');
}

/** A story over a small network with seeded weights, once its maps have come. */
async function shown(page: Page, state: string): Promise<Locator> {
	const figure = await openStory(page, `inside-inside-${state}`);
	await figure.scrollIntoViewIfNeeded();
	await expect(figure.locator('.inside')).toHaveAttribute('aria-busy', 'false');
	return figure;
}

/** Scrolls to what is loaded when it is seen, once what stands above it is there. */
async function showLate(late: Locator): Promise<void> {
	await expect(async () => {
		await late.scrollIntoViewIfNeeded();
		await expect(late.locator('canvas')).toBeVisible({ timeout: 2000 });
	}).toPass();
}

/** Whether something was painted on a canvas: more than a few colours. */
function isPainted(canvas: Locator): Promise<boolean> {
	return canvas.evaluate((element) => {
		const { width, height } = element as HTMLCanvasElement;
		const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
		return new Set(new Uint32Array(data.buffer)).size > 4;
	});
}

test('keys go from the network to a layer, a map, a value and its arithmetic, and back out', async ({
	page
}) => {
	const figure = await shown(page, 'network');
	const screen = screenOf(figure);
	await expect(screen).toHaveAccessibleName(/^The network as stacks of maps/);
	expect(await isPainted(screen.locator('canvas'))).toBe(true);
	await screen.focus();
	await page.keyboard.press('ArrowRight');
	await expect(figure.getByText(/^stem, 2 of \d+: 6×6×12/).first()).toBeVisible();
	await page.keyboard.press('Enter');
	await rests(figure, 1);
	await expect(screen).toHaveAccessibleName(/^The 12 maps of pool1/);
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('Enter');
	await rests(figure, 2);
	await page.keyboard.press('Home');
	await page.keyboard.press('PageUp');
	await expect(figure.getByText(/Row 0, column 0: /).first()).toBeVisible();
	await expect(figure.getByText(/This pixel can see .* of the picture’s 24×24 pixels/).last()).toBeVisible();
	await page.keyboard.press('Enter');
	await rests(figure, 3);
	await expect(figure.getByText(/The network itself has .* here: the same\./)).toBeVisible();
	await expect(
		figure.getByRole('heading', { name: /came about: pool1, map \d+, row 0, column 0/ })
	).toBeVisible();
	await page.keyboard.press('ArrowDown');
	await expect(figure.getByRole('heading', { name: /row 1, column 0/ })).toBeVisible();
	for (const level of [2, 1, 0]) {
		await page.keyboard.press('Escape');
		await rests(figure, level);
	}
});

test('the pointer goes in, the trail and the buttons out and along', async ({ page }) => {
	const figure = await shown(page, 'layer');
	const screen = screenOf(figure);
	await rests(figure, 1);
	const box = (await screen.boundingBox())!;
	await screen.click({ position: { x: box.width / 2, y: box.height / 2 } });
	await rests(figure, 2);
	await screen.click({ position: { x: 60, y: box.height / 2 } });
	await rests(figure, 3);
	await expect(figure.getByRole('heading', { name: /came about: conv1, map \d+/ })).toBeVisible();
	const trail = figure.getByRole('navigation', { name: 'Where you are' });
	await trail.getByRole('button', { name: 'conv1' }).click();
	await rests(figure, 1);
	await figure.getByRole('button', { name: 'Next layer' }).click();
	await expect(trail.getByRole('button', { name: 'conv1_bn' })).toBeVisible();
	const layers = figure.getByLabel('Layer', { exact: true });
	// The list is made when it is reached for.
	await layers.focus();
	await layers.selectOption('expand3');
	await expect(screen).toHaveAccessibleName(/^The 8 maps of expand3/);
	await figure.getByRole('button', { name: 'Back out' }).click();
	await rests(figure, 0);
});

test('pinching by the wheel with Ctrl holds the camera between levels, and lets it go on to the nearest', async ({
	page
}) => {
	const figure = await shown(page, 'network');
	const screen = screenOf(figure);
	const box = (await screen.boundingBox())!;
	await page.mouse.move(box.x + 60, box.y + box.height / 2);
	await page.keyboard.down('Control');
	// The first wheel only brings what it means.
	await expect(async () => {
		for (let i = 0; i < 8; i++) await page.mouse.wheel(0, -60);
		await expect(screen).not.toHaveAttribute('data-level', '0', { timeout: 1000 });
	}).toPass();
	await page.keyboard.up('Control');
	await expect(screen).toHaveAttribute('data-moving', 'false');
});

test('with reduced motion the camera is there at once', async ({ page }) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	const figure = await shown(page, 'network');
	const screen = screenOf(figure);
	await screen.focus();
	await page.keyboard.press('ArrowRight');
	const moving = await screen.evaluate(async (element) => {
		element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
		await new Promise((done) => requestAnimationFrame(done));
		return [element.dataset.level, element.dataset.moving];
	});
	expect(moving).toEqual(['1', 'false']);
});

test('the arithmetic steps by channels and by single numbers, to the value that the network has', async ({
	page
}) => {
	const figure = await shown(page, 'pixel');
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

test('order and scale change how maps are shown, and the scale is stated', async ({ page }) => {
	const figure = await shown(page, 'deep');
	await expect(figure.getByRole('img', { name: /^Greys from cold at −[\d.]+ through/ })).toBeVisible();
	await figure.getByRole('button', { name: 'Back out' }).click();
	await figure.getByRole('button', { name: 'Back out' }).click();
	await rests(figure, 1);
	const picture = () =>
		screenOf(figure)
			.locator('canvas')
			.evaluate((of: HTMLCanvasElement) => of.toDataURL());
	const strongest = await picture();
	await figure.getByRole('button', { name: 'by channel' }).click();
	await expect.poll(picture).not.toBe(strongest);
	const own = await picture();
	await figure.getByRole('button', { name: 'one scale' }).click();
	await expect.poll(picture).not.toBe(own);
	await expect(figure.getByRole('img', { name: /^Greys from cold at −[\d.]+ through/ })).toBeVisible();
});

test('a class map sums to the score, and untrained weights claim no names', async ({ page }) => {
	const figure = await shown(page, 'class');
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

const network = 'network=mobilenet&weights=mobilenet:random&alpha=0.25&resolution=64&backend=wasm';

test('in the playground an address opens a value, and everything open is accessible, in light and in dark', async ({
	page
}) => {
	const looked = 'layer=conv_pw_1_relu&map=2&pixel=3,4&class=3';
	await open(page, `/en/playground?${network}&${looked}`);
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(page.getByTestId('lane-mobilenet')).toHaveAttribute('data-phase', 'ready');
	await rests(page, 3);
	await expect(page.getByRole('heading', { name: /came about: .*map 2, row 3, column 4/ })).toBeVisible();
	for (const late of await page.locator('.late').all()) await showLate(late);
	await expect(page.getByText(/^The score of class 3 is/)).toBeVisible();
	await expectAccessible(page, { part: '.stage' });
	await expect(page).toHaveURL(new RegExp(looked));
});

test('the address holds where the camera is, and the browser goes back out of each step in', async ({
	page
}) => {
	await open(page, `/en/playground?${network}`);
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(page.locator('.inside')).toHaveAttribute('aria-busy', 'false');
	await screenOf(page).focus();
	await page.keyboard.press('ArrowRight');
	for (const [level, address] of [
		[1, /layer=conv1_relu$/],
		[2, /layer=conv1_relu&map=\d+$/],
		[3, /layer=conv1_relu&map=\d+&pixel=\d+,\d+$/]
	] as const) {
		await page.keyboard.press('Enter');
		await rests(page, level);
		await expect(page).toHaveURL(address);
	}
	await page.goBack();
	await rests(page, 2);
	await expect(page).toHaveURL(/layer=conv1_relu&map=\d+$/);
	await page.goForward();
	await rests(page, 3);
	// Out by a key is the same step back.
	await page.keyboard.press('Escape');
	await rests(page, 2);
	await page.goBack();
	await rests(page, 1);
	await page.goBack();
	await rests(page, 0);
	await expect(page).not.toHaveURL(/layer=/);
	// A jump out along the trail is a step of its own: back leads to where it began.
	await page.goForward();
	await rests(page, 1);
	await page.goForward();
	await rests(page, 2);
	await page.getByRole('navigation', { name: 'Where you are' }).getByRole('button').first().click();
	await rests(page, 0);
	await expect(page).not.toHaveURL(/layer=/);
	await page.goBack();
	await rests(page, 2);
	await expect(page).toHaveURL(/layer=conv1_relu&map=\d+$/);
});
