import type { Page } from '@playwright/test';
import { alone, expect, open, sideways, test } from './site';

/** The present step in words, as it stands below the timeline. */
const words = (page: Page) => page.locator('p.words');
const count = (page: Page) => page.locator('.count');
const scrub = (page: Page) => page.getByRole('slider', { name: 'Step', exact: true });
const grid = (page: Page, name: RegExp) => page.getByRole('grid', { name });

/** What is below the figure comes with the reader's first move. */
async function openAll(page: Page, address: string) {
	await open(page, address);
	await page.mouse.move(5, 5);
	await page.getByRole('heading', { name: 'Change anything' }).waitFor();
}

/** The middle of a cell: of the plane of this name, in rows and columns. */
async function pointOf(page: Page, plane: string, row: number, column: number) {
	const name = page.locator('svg text.name', { hasText: new RegExp(`^${plane}$`) }).first();
	const cell = Number(await page.locator('svg rect.output').first().getAttribute('width'));
	const box = (await name.boundingBox())!;
	// The name stands over the left edge of the plane, and the cells begin below its strip of colours.
	const top = await name.evaluate((text) => Number(text.getAttribute('y')) + 10);
	const svg = (await page.locator('.canvas svg').boundingBox())!;
	return { x: box.x + (column + 0.5) * cell, y: svg.y + top + (row + 0.5) * cell };
}

test('steps forward and back by buttons, and to the ends', async ({ page }) => {
	await open(page, '/en/ops/standard');
	await expect(words(page)).toHaveText('O₀[0,0] = 16 from I₀ + 9 from I₁ + bias 0 = 25');
	await page.getByRole('button', { name: 'One step forward' }).click();
	await expect(count(page)).toHaveText('Step 2 of 27');
	await expect(words(page)).toContainText('O₀[0,1]');
	await page.getByRole('button', { name: 'One step back' }).click();
	await expect(count(page)).toHaveText('Step 1 of 27');
	await page.getByRole('button', { name: 'To the end' }).click();
	await expect(words(page)).toContainText('O₂[2,2]');
	await expect(page.getByRole('button', { name: 'One step forward' })).toBeDisabled();
});

test('keys move the timeline, and leave fields alone', async ({ page }) => {
	await openAll(page, '/en/ops/standard');
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowRight');
	await expect(count(page)).toHaveText('Step 3 of 27');
	await page.keyboard.press('ArrowLeft');
	await expect(count(page)).toHaveText('Step 2 of 27');
	await page.keyboard.press('End');
	await expect(count(page)).toHaveText('Step 27 of 27');
	await page.keyboard.press('Home');
	await expect(count(page)).toHaveText('Step 1 of 27');
	await page.keyboard.press('Space');
	await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
	await page.keyboard.press('Space');
	await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
	await page.keyboard.press('Home');
	await page.getByRole('spinbutton', { name: 'Height' }).focus();
	await page.keyboard.press('End');
	await page.keyboard.press('ArrowLeft');
	await expect(count(page)).toHaveText('Step 1 of 27');
});

test('plays to the end and stops there', async ({ page }) => {
	await open(page, '/en/ops/standard');
	await page.getByLabel('Speed').selectOption('64');
	await page.getByRole('button', { name: 'Play', exact: true }).click();
	await expect(count(page)).toHaveText('Step 27 of 27');
	await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});

test('each multiplication: the running sum, and the same output value', async ({ page }) => {
	await open(page, '/en/ops/standard?step=2');
	await page.getByRole('button', { name: 'Each multiplication' }).click();
	await expect(count(page)).toHaveText('Step 19 of 486');
	await expect(words(page)).toHaveText('I₀[0,1] × W₀,₀[0,0] = 3 × 1 = 3; sum so far 3');
	await page.getByRole('button', { name: 'Each output value' }).click();
	await expect(count(page)).toHaveText('Step 2 of 27');
});

test('an input that is typed over changes the result, and undo brings it back', async ({ page }) => {
	await openAll(page, '/en/ops/standard');
	const cell = await pointOf(page, 'I₀', 0, 0);
	await page.mouse.dblclick(cell.x, cell.y);
	await page.getByRole('textbox', { name: 'I₀[0,0]' }).fill('nonsense');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('alert')).toHaveText('A number from −999 to 999');
	await page.getByRole('textbox', { name: 'I₀[0,0]' }).fill('13');
	await page.keyboard.press('Enter');
	await expect(words(page)).toHaveText('O₀[0,0] = 26 from I₀ + 9 from I₁ + bias 0 = 35');
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(words(page)).toContainText('= 25');
	await page.getByRole('button', { name: 'Redo' }).click();
	await expect(words(page)).toContainText('= 35');
});

test('groups slide from standard to depthwise, and the sentence follows', async ({ page }) => {
	await openAll(page, '/en/ops/group');
	const groups = page.getByRole('slider', { name: 'Groups' });
	await groups.fill('1');
	await expect(page.getByText('1 group: standard convolution')).toBeVisible();
	await expect(words(page)).toContainText('from I₃');
	await groups.fill('4');
	await expect(page.getByText('As many groups as channels: depthwise convolution')).toBeVisible();
	await expect(words(page)).not.toContainText('from I₁');
});

test('groups that do not divide are explained where they are set, with what would, and the figure stays', async ({
	page
}) => {
	await openAll(page, '/en/ops/group');
	const before = await words(page).textContent();
	await page.getByRole('spinbutton', { name: 'Groups' }).fill('3');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('alert')).toContainText('3 groups do not divide 4 input channels');
	expect(await words(page).textContent()).toBe(before);
	await page.getByRole('alert').getByRole('button', { name: 'Groups 4' }).click();
	await expect(page.getByRole('alert')).toHaveCount(0);
	await expect(page.getByRole('spinbutton', { name: 'Groups' })).toHaveValue('4');
});

test('what is typed that is no size is explained, and a press mends it', async ({ page }) => {
	await openAll(page, '/en/ops/standard');
	await page.getByRole('spinbutton', { name: 'Height' }).fill('99');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('alert')).toContainText('Height is a whole number from 1 to 12.');
	await page.getByRole('alert').getByRole('button', { name: 'Height 12' }).click();
	await expect(page.locator('svg text.shape').first()).toHaveText('12×5×2');
});

test('pointing at an output shows what it is computed from; a click goes to its step', async ({ page }) => {
	await open(page, '/en/ops/standard');
	const cell = await pointOf(page, 'O₁', 1, 2);
	await page.mouse.move(cell.x, cell.y);
	await expect(page.locator('.status')).toContainText('computed from 18 input values');
	expect((await page.locator('path.related').getAttribute('d'))!.match(/M/g)).toHaveLength(18);
	await page.mouse.click(cell.x, cell.y);
	await expect(count(page)).toHaveText('Step 15 of 27');
	await expect(words(page)).toContainText('O₁[1,2]');
});

test('pointing at an input shows all outputs that it feeds', async ({ page }) => {
	await open(page, '/en/ops/standard');
	const cell = await pointOf(page, 'I₁', 2, 2);
	await page.mouse.move(cell.x, cell.y);
	await expect(page.locator('.status')).toContainText('goes into 27 output values');
});

test('a link opens at its step, and the address follows', async ({ page }) => {
	await open(page, '/en/ops/standard?k=2x2&step=12&grain=multiply');
	await expect(count(page)).toHaveText(/^Step 12 of /);
	await page.keyboard.press('ArrowRight');
	await expect(page).toHaveURL(/step=13/);
	await page.reload();
	await expect(count(page)).toHaveText(/^Step 13 of /);
	await page.goto('/en/ops/standard?k=2x2&nonsense=1');
	await expect(page.getByRole('status')).toContainText('nonsense=1');
});

test('scrubbed to the end, nothing is covered any more', async ({ page }) => {
	await open(page, '/en/ops/separable');
	await scrub(page).fill('45');
	await expect(words(page)).toContainText('O₂[2,2]');
	const covers = page.locator('.covers path');
	await expect(covers).toHaveCount(5);
	for (const cover of (await covers.all()).slice(0, 4)) await expect(cover).toHaveAttribute('d', '');
});

test('the stride is drawn: a corner on each cell at which a window begins', async ({ page }) => {
	await open(page, '/en/ops/standard?in=7x7x1&s=2');
	const corners = await page.locator('path.anchors').getAttribute('d');
	expect(corners?.match(/M/g)).toHaveLength(9);
	await expect(page.getByText('marks where a window begins')).toBeVisible();
});

test('a transposed convolution adds rows and columns to its output, less than its stride', async ({
	page
}) => {
	await openAll(page, '/en/ops/transposed?p=1&op=1');
	await expect(page.getByRole('grid', { name: /^Output/ })).toHaveAccessibleName(/6×6×1/);
	await page.getByRole('spinbutton', { name: /added to the output/ }).fill('2');
	await page.keyboard.press('Tab');
	await expect(page.getByRole('alert')).toContainText('less than the stride');
	await page.getByRole('button', { name: /added to the output 1/ }).click();
	await expect(page.getByRole('alert')).toHaveCount(0);
});

test('at 360 px all numbers of the shuffle can be read, and the figure scrolls', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await open(page, '/en/ops/shuffle');
	const sizes = await page
		.locator('.canvas .numbers')
		.evaluateAll((groups) => groups.map((group) => parseFloat(getComputedStyle(group).fontSize)));
	// The input, both kernels, what comes in between, and the output.
	expect(sizes).toHaveLength(6);
	expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
});

test('keyboard alone: to a cell, over it, and on', async ({ page }) => {
	await open(page, '/en/ops/standard');
	// The way into the cells comes with the first key.
	await page.keyboard.press('Tab');
	await grid(page, /^Input/).focus();
	await expect(page.getByRole('gridcell').first()).toHaveText('I₀[0,0] = 3');
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowDown');
	await expect(page.getByRole('gridcell').first()).toHaveText('I₀[1,1] = 1');
	await page.keyboard.press('9');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('gridcell').first()).toHaveText('I₀[1,1] = 9');
	await expect(grid(page, /^Input/)).toBeFocused();
	await page.keyboard.press('PageDown');
	await expect(page.getByRole('gridcell').first()).toContainText('I₁[1,1]');
	await page.keyboard.press('Tab');
	await expect(grid(page, /^3 filters/)).toBeFocused();
	await page.keyboard.press('Tab');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	await expect(words(page)).toContainText('O₀[1,0]');
});

test('f shows the figure alone, ? all keys, Escape goes back', async ({ page }) => {
	await open(page, '/en/ops/standard');
	await page.keyboard.press('f');
	await expect(page.locator('.bench')).toHaveClass(/alone/);
	await page.keyboard.press('ArrowRight');
	await expect(count(page)).toHaveText('Step 2 of 27');
	await page.keyboard.press('Escape');
	await expect(page.locator('.bench')).not.toHaveClass(/alone/);
	await page.keyboard.press('?');
	await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
});

test('the shuffle makes its three moves, and switched off the groups stay apart', async ({ page }) => {
	await openAll(page, '/en/ops/shuffle?step=25');
	await expect(words(page)).toContainText('Reshape');
	await page.keyboard.press('ArrowRight');
	await expect(words(page)).toContainText('Transpose');
	await page.keyboard.press('ArrowRight');
	await expect(words(page)).toContainText('Flatten');
	await expect(page.getByText('Every output channel has seen all 6 input channels.')).toBeVisible();
	await page.getByRole('checkbox', { name: 'Shuffle between the two' }).uncheck();
	await expect(page.getByText('The groups stay apart: each output channel has seen 3 of 6')).toBeVisible();
});

test('links that take the state along are right the moment that the page is alive, and right after a change', async ({
	page
}) => {
	await open(page, '/en/ops/standard?in=7x6x2&step=3');
	const group = page.getByRole('navigation', { name: 'Operations' }).getByRole('link', { name: 'Separable' });
	await expect(group).toHaveAttribute('href', /\?in=7x6x2$/);
	// Before the address is written, which waits for a moment.
	await page.keyboard.press('ArrowRight');
	await page.getByRole('link', { name: '中文' }).click();
	await expect(page).toHaveURL(/\/zh\/ops\/standard\?in=7x6x2&step=4$/);
});

test('what is set is taken along to the next operation', async ({ page }) => {
	await openAll(page, '/en/ops/standard?in=7x6x2');
	await page.getByRole('navigation', { name: 'Operations' }).getByRole('link', { name: 'Separable' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Depthwise separable convolution');
	await expect(page.locator('svg text.shape').first()).toHaveText('7×6×2');
});

for (const op of ['standard', 'group', 'shuffle', 'pooling'])
	test(`${op} with the largest sizes scrolls inside itself at 360 px`, async ({ page }) => {
		await page.setViewportSize({ width: 360, height: 740 });
		const groups = op === 'group' || op === 'shuffle' ? '&f=12&g=3' : op === 'pooling' ? '' : '&f=12';
		await open(page, `/en/ops/${op}?in=12x12x12${groups}&step=40`);
		await expect(count(page)).toHaveText(/^Step 40 of /);
		expect(await sideways(page)).toBe(0);
	});

test('a hand can stop between two steps: products are on their way, and the address has the whole step', async ({
	page
}) => {
	await open(page, '/en/ops/standard');
	await scrub(page).fill('4.4');
	await expect(count(page)).toHaveText('Step 5 of 27');
	// Nine numbers of each of two channels, each on its weight or on its way there.
	await expect(page.locator('.canvas .mote')).toHaveCount(18);
	await expect(page).toHaveURL(/step=5/);
	// Keys go on to whole steps.
	await scrub(page).press('ArrowRight');
	await expect(page.locator('.canvas .mote')).toHaveCount(0);
	await expect(count(page)).toHaveText('Step 5 of 27');
	await scrub(page).press('ArrowLeft');
	await expect(count(page)).toHaveText('Step 4 of 27');
});

for (const [op, width] of [
	['separable', 1280],
	['standard', 360],
	['shuffle', 360],
	['group', 1280]
] as const)
	test(`${op} at ${width} px: no link comes near a title, a name or a number that is not its own`, async ({
		page
	}) => {
		await page.setViewportSize({ width, height: 800 });
		await open(page, `/en/ops/${op}?step=20`);
		const links = page.locator('.links path, .ties path');
		await expect(links.first()).toBeAttached();
		const struck = await links.evaluateAll((paths) => {
			const svg = (paths[0] as SVGPathElement).ownerSVGElement!;
			const texts = [...svg.querySelectorAll<SVGTextElement>('.title, .shape, .numbers text')];
			const boxes = texts.map((text) => ({ text: text.textContent, box: text.getBBox() }));
			return paths.flatMap((path) => {
				const line = path as SVGPathElement;
				const points = Array.from({ length: Math.ceil(line.getTotalLength()) }, (_, i) =>
					line.getPointAtLength(i)
				);
				return boxes
					.filter(({ box: { x, y, width, height } }) =>
						// Of a line's height, letters take the middle.
						points.some(
							(point) =>
								point.x > x && point.x < x + width && point.y > y + height * 0.2 && point.y < y + height * 0.8
						)
					)
					.map(({ text }) => text);
			});
		});
		expect(struck).toEqual([]);
	});

test('what marks the step goes with the cells when the room changes', async ({ page }) => {
	await open(page, '/en/ops/standard?step=5');
	const canvas = page.locator('.canvas');
	await expect(page.locator('.focus .output')).toBeVisible();
	await page.setViewportSize({ width: 420, height: 800 });
	await expect.poll(async () => (await canvas.boundingBox())!.width).toBeLessThan(420);
	const outside = await canvas.evaluate((canvas) => {
		const { left, right, top, bottom } = canvas.getBoundingClientRect();
		const marks = [...canvas.querySelectorAll('.focus .window, .focus .output')];
		return marks.filter((mark) => {
			const box = mark.getBoundingClientRect();
			return box.left < left - 6 || box.right > right + 6 || box.top < top - 6 || box.bottom > bottom + 6;
		}).length;
	});
	expect(outside).toBe(0);
});

alone.describe('on a phone', () => {
	alone.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

	alone(
		'the figure is in the upper half, one bar of 56 px under the thumb, and a swipe steps',
		async ({ page }) => {
			await open(page, '/en/ops/standard');
			const bar = page.locator('.timeline .bar');
			await expect(bar).toHaveCSS('height', '56px');
			const { y, height } = (await bar.boundingBox())!;
			expect(y + height).toBeCloseTo(844, 0);
			const figure = (await page.locator('.canvas').boundingBox())!;
			expect(figure.y).toBeLessThan(422);
			await expect(page.getByText('Swipe left or right to step.')).toBeVisible();
			const swipe = async (by: number) => {
				const at = { pointerType: 'touch', clientX: 200, clientY: 300, bubbles: true };
				await page.locator('.canvas svg').dispatchEvent('pointerdown', at);
				await page.locator('.canvas svg').dispatchEvent('pointerup', { ...at, clientX: 200 + by });
			};
			await swipe(-80);
			await expect(count(page)).toHaveText('Step 2 of 27');
			await swipe(-80);
			await expect(count(page)).toHaveText('Step 3 of 27');
			await swipe(90);
			await expect(count(page)).toHaveText('Step 2 of 27');
			await swipe(-20);
			await expect(count(page)).toHaveText('Step 2 of 27');
		}
	);

	alone('what is seen of the figure follows the step', async ({ page }) => {
		await open(page, '/en/ops/separable');
		const output = page.locator('.focus .output');
		const inSight = async () => {
			const [mark, figure] = [
				(await output.boundingBox())!,
				(await page.locator('.scroll').first().boundingBox())!
			];
			return mark.y >= figure.y - 1 && mark.y + mark.height <= figure.y + figure.height + 1;
		};
		for (const step of ['10', '30']) {
			await scrub(page).fill(step);
			await expect.poll(inSight).toBe(true);
		}
	});
});

for (const size of [
	{ width: 1920, height: 1080 },
	{ width: 3840, height: 2160 }
])
	test(`on a projector of ${size.width}×${size.height} the figure fills the screen, and its remote steps`, async ({
		page
	}) => {
		await page.setViewportSize(size);
		// What the pointer finds stands still.
		await page.emulateMedia({ reducedMotion: 'reduce' });
		await open(page, '/en/ops/standard');
		await page.keyboard.press('f');
		await expect(page.locator('.bench')).toHaveClass(/alone/);
		const figure = (await page.locator('.canvas').boundingBox())!;
		expect(figure.height).toBeGreaterThan(0.65 * size.height);
		const number = (await page.locator('.numbers text').first().boundingBox())!;
		expect(number.height).toBeGreaterThan(size.height / 45);
		const words = (await page.locator('p.words').boundingBox())!;
		expect(words.y + words.height).toBeLessThanOrEqual(size.height);
		await page.keyboard.press('PageDown');
		await expect(count(page)).toHaveText('Step 2 of 27');
		await page.keyboard.press('PageUp');
		await expect(count(page)).toHaveText('Step 1 of 27');
		// The pointer still finds the cell under it.
		const output = (await page.locator('.focus .output').boundingBox())!;
		await page.mouse.click(output.x + output.width * 2.5, output.y + output.height / 2);
		await expect(count(page)).toHaveText('Step 3 of 27');
	});
