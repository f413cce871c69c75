import { expect, openStory, test } from './site';

test('a fire module: the lock takes the expands along, and lets them go', async ({ page }) => {
	const figure = await openStory(page, 'fire-fire-fire2');
	const field = (name: string) => figure.getByRole('spinbutton', { name });
	await field('Squeeze, 1×1: s₁').fill('32');
	await field('Squeeze, 1×1: s₁').blur();
	await expect(field('Expand, 3×3: e₃')).toHaveValue('128');
	await figure.getByRole('checkbox').uncheck();
	await field('Expand, 3×3: e₃').fill('5');
	await field('Expand, 3×3: e₃').blur();
	await expect(field('Squeeze, 1×1: s₁')).toHaveValue('32');
	await expect(figure.locator('.sentence')).toContainText('55×55×96 in, 55×55×133 out');
	await figure.getByRole('button', { name: 'fire9' }).click();
	await expect(figure.locator('.sentence')).toContainText('13×13×512 in, 13×13×512 out');
});

test('the Inception module becomes the extreme one, and what is drawn stays the same elements', async ({
	page
}) => {
	const figure = await openStory(page, 'inceptionMorph-inceptionMorph-inception');
	const windows = figure.locator('g.window');
	const count = await windows.count();
	await figure.getByRole('button', { name: 'Extreme' }).click();
	await expect(figure.locator('.sentence')).toContainText('252 parameters');
	expect(await windows.count()).toBe(count);
	await figure.getByRole('slider').press('ArrowLeft');
	await expect(figure.getByRole('button', { name: 'One wide 1×1' })).toHaveAttribute('aria-pressed', 'true');
	await expect(figure.getByRole('spinbutton')).toHaveValue('11');
});

test('a small fire module is stepped by keyboard, from the buttons around it too', async ({ page }) => {
	const figure = await openStory(page, 'fireSteps-fireSteps-squeeze');
	await expect(figure.locator('.count')).toHaveText('Step 7 of 100');
	await figure.locator('section').focus();
	await figure.page().keyboard.press('ArrowRight');
	await expect(figure.locator('.count')).toHaveText('Step 8 of 100');
	await figure.getByRole('button', { name: 'concat' }).click();
	await expect(figure.locator('.words')).toContainText('A₀ becomes O₀');
	await figure.page().keyboard.press('End');
	await expect(figure.locator('.words')).toContainText('B₁ becomes O₃');
});

test('the order and the ReLU are tried, with the same input', async ({ page }) => {
	const figure = await openStory(page, 'xceptionOrder-xceptionOrder-extreme');
	await expect(figure.getByRole('row', { name: /^Pointwise, then depthwise/ })).toContainText('33');
	await figure.getByRole('checkbox').uncheck();
	await expect(figure.locator('.sentence')).toContainText('one linear step');
	await figure.getByRole('button', { name: 'Depthwise, then pointwise' }).click();
	await expect(figure.getByRole('row', { name: /^Depthwise, then pointwise/ })).toHaveAttribute(
		'aria-current',
		'true'
	);
});
