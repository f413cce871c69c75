import type { Page } from '@playwright/test';
import { expect, expectAccessible, open, sideways, test } from './site';

const steps = (page: Page) => page.locator('[data-step]');
const names = async (page: Page) =>
	(await steps(page).locator('.title').allTextContents()).map((text) => text.trim());
const step = (page: Page, path: string) => page.locator(`[data-step="${path}"]`);
const ownMacs = (page: Page) => page.locator('[data-row="own"] td').nth(1);

test('the four known blocks cost what the table says of them', async ({ page }) => {
	for (const id of ['fire', 'separable', 'shuffle-unit', 'xception-middle', 'standard']) {
		await open(page, `/en/blocks?block=${id}&channels=48&size=14`);
		const own = await page.locator('[data-row="own"] td').allTextContents();
		expect(own).toEqual(await page.locator(`[data-row="${id}"] td`).allTextContents());
	}
});

test('taking the shuffle out is warned of, and undone', async ({ page }) => {
	await open(page, '/en/blocks?block=shuffle-unit&channels=36&size=14');
	await expect(page.getByText('Every output has seen every input channel.')).toBeVisible();
	const before = await ownMacs(page).textContent();
	await step(page, '0.0.3').focus();
	await page.keyboard.press('Delete');
	await expect(page.getByText('the channels fall into 3 sets that never meet')).toBeVisible();
	expect(await ownMacs(page).textContent()).toBe(before);
	await expect(page).toHaveURL(/block=unshuffled/);
	await page.keyboard.press('Control+z');
	await expect(page.getByText('Every output has seen every input channel.')).toBeVisible();
	await page.keyboard.press('Control+Shift+z');
	await expect(page.getByText('the channels fall into 3 sets that never meet')).toBeVisible();
});

test('steps are ordered by keyboard: among neighbours, out of a lane and into one', async ({ page }) => {
	await open(page, '/en/blocks?block=1.dw3.bn.add(pw_)&channels=24&size=14');
	expect(await names(page)).toEqual(['Depthwise', 'Batch norm', 'Lanes, added', 'Pointwise']);
	await step(page, '0').focus();
	await page.keyboard.press('Alt+ArrowDown');
	await expect(step(page, '1')).toBeFocused();
	expect((await names(page)).slice(0, 2)).toEqual(['Batch norm', 'Depthwise']);
	await page.keyboard.press('Alt+ArrowRight');
	await expect(step(page, '1.0.0')).toBeFocused();
	await expect(page).toHaveURL(/block=1\.bn\.add\(dw3\.pw_\)/);
	await page.keyboard.press('Alt+ArrowRight');
	await expect(page).toHaveURL(/block=1\.bn\.add\(pw_dw3\)/);
	await page.keyboard.press('Alt+ArrowDown');
	await expect(page).toHaveURL(/block=1\.bn\.add\(pw_\)\.dw3/);
	await page.keyboard.press('ArrowUp');
	await expect(step(page, '1.0.0')).toBeFocused();
});

test('steps are dragged to where they are dropped', async ({ page }) => {
	await open(page, '/en/blocks?block=1.dw3.bn.relu.pw&channels=24&size=14');
	const handle = page.locator('.handle').first();
	const from = (await handle.boundingBox())!;
	const to = (await page.locator('[data-slot="4"]').boundingBox())!;
	await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
	await page.mouse.down();
	await page.mouse.move(to.x + 20, to.y - 30, { steps: 4 });
	await page.mouse.move(to.x + 20, to.y + to.height / 2, { steps: 4 });
	await page.mouse.up();
	await expect(page).toHaveURL(/block=1\.bn\.relu\.pw\.dw3/);
});

test('a step is added after the selected one, into a lane, and its options are set', async ({ page }) => {
	await open(page, '/en/blocks?block=1.pw.cat(dw3_)&channels=24&size=14');
	await step(page, '0').click();
	await page.getByLabel('Gives channels').selectOption({ label: 'C/4' });
	await expect(page).toHaveURL(/block=1\.pwx1\/4\.cat/);
	const palette = page.getByRole('group', { name: 'Add after the selected step' });
	await palette.getByRole('button', { name: 'ReLU' }).click();
	await expect(page).toHaveURL(/block=1\.pwx1\/4\.relu\.cat/);
	await page.getByRole('button', { name: 'Add the next step to lane 2' }).click();
	await page.getByRole('button', { name: 'Standard', exact: true }).click();
	await expect(page).toHaveURL(/block=1\.pwx1\/4\.relu\.cat\(dw3_std3\)/);
});

test('what does not fit is said, with what would, and the last good numbers stay', async ({ page }) => {
	await open(page, '/en/blocks?block=1.gc1g3.relu&channels=24&size=14');
	const before = await ownMacs(page).textContent();
	await step(page, '0').click();
	await page.getByRole('spinbutton', { name: 'Groups' }).fill('7');
	await page.getByRole('spinbutton', { name: 'Groups' }).press('Enter');
	const problem = page.getByText('24 → 24 channels cannot be divided into 7 equal groups.');
	await expect(problem).toBeVisible();
	expect(await ownMacs(page).textContent()).toBe(before);
	await expect(page.getByText('those of the last block that fitted')).toBeVisible();
	await page.getByRole('button', { name: 'Use 6 groups' }).click();
	await expect(problem).toHaveCount(0);
	await expect(page).toHaveURL(/block=1\.gc1g6\.relu/);
});

test('a width that a stage cannot have is said, with the nearest that it can', async ({ page }) => {
	await open(page, '/en/blocks?block=shuffle-unit&width2=488');
	await expect(page.getByText('The block does not fit stage 2.')).toBeVisible();
	await page.getByRole('button', { name: 'Make stage 2 480 wide' }).click();
	await expect(page.getByText('The block does not fit stage 2.')).toHaveCount(0);
	await expect(page.getByTestId('own-network')).toContainText('2,499,856');
});

test('an address that holds no block says so', async ({ page }) => {
	await open(page, '/en/blocks?block=1.foo');
	await expect(page.getByText('There is no step “foo”.')).toBeVisible();
	await expect(steps(page).first()).toBeVisible();
});

test('the network goes to its own page and onto the chart by address', async ({ page }) => {
	await open(page, '/en/blocks?block=fire');
	const params = await page.getByTestId('own-network').locator('dd').first().textContent();
	const chart = page.getByRole('link', { name: 'Put it on the chart' });
	await expect(chart).toHaveAttribute('href', /#graph=/);
	await chart.click();
	await page.waitForURL(/\/compare/);
	await expect(page.getByTestId('own-on-chart')).toContainText(`${params} parameters`);
	await expect(page.locator('[data-own]')).toHaveAttribute('data-live', 'point');
	await page.goBack();
	const own = page.getByRole('link', { name: 'Open its diagram and table' });
	await expect(own).toHaveAttribute('href', /#graph=/);
	await own.click();
	await page.waitForURL(/\/networks\/own/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('My network');
	await expect(page.getByText(params!).first()).toBeVisible();
});

test('the network opens in the playground, with random weights', async ({ page }) => {
	await open(page, '/en/blocks?block=separable');
	const run = page.getByRole('link', { name: 'Run it in the playground' });
	await expect(run).toHaveAttribute('href', /network=own#graph=/);
	await run.click();
	await page.waitForURL(/\/playground/);
	await expect(page.getByText('My network').filter({ visible: true }).first()).toBeVisible();
});

test('in its chapter, phrases drive the editor, and its network moves on the chart', async ({ page }) => {
	await open(page, '/en/learn/make-your-own');
	await page.locator('#blocks').scrollIntoViewIfNeeded();
	await expect(steps(page).first()).toBeVisible();
	await page.getByRole('link', { name: 'take the shuffle out' }).click();
	await expect(page.getByText('Information cannot flow:')).toBeVisible();
	await page.getByText('Among the published networks', { exact: true }).click();
	await expect(page.locator('[data-own]')).toContainText('2.50M · 188M');
	await page.getByRole('link', { name: "MobileNet's block" }).first().click();
	await expect(page.locator('[data-own]')).toContainText('6.20M · 659M');
});

test('the network is written as PyTorch and Keras, and a block is read from text', async ({ page }) => {
	await open(page, '/en/blocks?block=fire');
	await page.getByText('PyTorch, Keras, JSON').click();
	await expect(page.locator('pre')).toContainText('class Stage1Unit1(nn.Module):');
	await page.getByLabel('Written as').selectOption('keras');
	await expect(page.locator('pre')).toContainText('def stage1_unit1(x):');
	await page.getByLabel('Written as').selectOption('block');
	const text = page.getByLabel(/Read a block/);
	await text.fill('1.dv3');
	await page.getByRole('button', { name: 'Take it' }).click();
	await expect(page.getByText('There is no step “dv3”. Did you mean dw3?')).toBeVisible();
	await text.fill('1.dw3.pw');
	await page.getByRole('button', { name: 'Take it' }).click();
	expect(await names(page)).toEqual(['Depthwise', 'Pointwise']);
});

test('with everything open it has no finding of axe, and does not scroll sideways at 360 px', async ({
	page
}) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await open(page, '/zh/blocks?block=1.gc1g7.add(pwx1/8_cat(_std3)).relu');
	await step(page, '1').click();
	await page.getByText('PyTorch、Keras、JSON').click();
	await expect(page.locator('pre')).toBeVisible();
	expect(await sideways(page)).toBe(0);
	await expectAccessible(page);
});
