import type { Page } from '@playwright/test';
import { graphCost, networks, resolveGraph } from '../../src/lib/nets';
import { expect, open, savedBy, test } from './site';

const table = (page: Page) => page.getByRole('table', { name: /layer by layer/ });
/** The table with its search and its corner. */
const frame = (page: Page) => page.locator('.table-frame').filter({ has: table(page) });
const names = (page: Page) => table(page).locator('tbody th').allInnerTexts();
const number = (text: string | null) => Number((text ?? '').replaceAll(',', ''));
/** Brings the table, which comes when the reader is near. */
async function bringTable(page: Page) {
	await page.getByRole('heading', { name: 'Layer by layer' }).scrollIntoViewIfNeeded();
	await expect(table(page)).toBeVisible();
}
/** Brings the channel flow, which does so too. */
async function openFlow(page: Page, address: string) {
	await open(page, address);
	await page.getByRole('heading', { name: 'What a channel has seen' }).scrollIntoViewIfNeeded();
	await expect(page.getByLabel(/^Channel flow of [^:]+:$/)).toBeVisible();
}

test('the table of layers fits a wide screen to its last column, long names in blocks included', async ({
	page
}) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await open(page, '/en/networks/xception');
	await bringTable(page);
	await frame(page).getByRole('button', { name: 'Open all' }).click();
	expect(
		await frame(page)
			.locator('.data-table')
			.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
	).toBe(0);
});

test.describe('table of layers', () => {
	test.beforeEach(async ({ page }) => {
		await open(page, '/en/networks/mobilenet');
		await bringTable(page);
	});

	test('sorts by a column: down, up, and back to the order of the network', async ({ page }) => {
		const header = table(page).getByRole('columnheader', { name: 'Parameters' });
		const button = header.getByRole('button');
		await button.click();
		await expect(header).toHaveAttribute('aria-sort', 'descending');
		expect((await names(page)).slice(0, 2)).toEqual(['conv_pw_13', 'conv_preds']);
		await button.click();
		await expect(header).toHaveAttribute('aria-sort', 'ascending');
		expect((await names(page)).at(-1)).toBe('conv_pw_13');
		await button.click();
		await expect(header).toHaveAttribute('aria-sort', 'none');
		expect((await names(page)).slice(0, 2)).toEqual(['stem', 'separable1']);
	});

	test('by keyboard: arrows go from row to row and open and close blocks', async ({ page }) => {
		await table(page).getByRole('button', { name: 'stem', exact: true }).focus();
		await page.keyboard.press('ArrowRight');
		expect((await names(page)).slice(0, 4)).toEqual(['stem', 'conv1', 'conv1_bn', 'conv1_relu']);
		await page.keyboard.press('ArrowDown');
		await expect(table(page).getByRole('button', { name: 'conv1', exact: true })).toBeFocused();
		await page.keyboard.press('Enter');
		await expect(page).toHaveURL(/at=conv1/);
		await page.keyboard.press('ArrowUp');
		await page.keyboard.press('ArrowLeft');
		expect((await names(page)).slice(0, 2)).toEqual(['stem', 'separable1']);
		await page.keyboard.press('End');
		await expect(table(page).getByRole('button', { name: 'classifier', exact: true })).toBeFocused();
	});

	test('the file has every layer with the numbers of the analysis', async ({ page }) => {
		const csv = await savedBy(frame(page).getByRole('button', { name: 'Save as CSV' }));
		expect(csv.name).toBe('MobileNet-v1.csv');
		const [, ...lines] = csv.bytes.toString().trim().split('\r\n');
		const net = resolveGraph(networks.mobilenet.build());
		const costs = graphCost(net).nodes;
		expect(
			lines.map((line) => {
				const [, name, , , , , , , params, macs] = line.split(',');
				return { name, params: Number(params), macs: Number(macs) };
			})
		).toEqual(
			net.nodes.map(({ id, index }) => ({
				name: id,
				params: costs[index]!.params.trainable,
				macs: costs[index]!.macs
			}))
		);
	});

	test('finds layers, says how many, and copies those found as Markdown and LaTeX', async ({
		page,
		context
	}) => {
		await context.grantPermissions(['clipboard-read', 'clipboard-write']);
		await page.getByLabel('Search layers').fill('separable3 depthwise');
		expect(await names(page)).toEqual(['conv_dw_3']);
		await expect(page.getByText('1 of 85 layers')).toBeVisible();
		await page.getByLabel('Search layers').fill('no such layer');
		await expect(table(page).getByText('No layer matches “no such layer”.')).toBeVisible();
		await page.getByLabel('Search layers').fill('conv1');
		for (const [format, row] of [
			['Markdown', '| stem | conv1 | convolution | 112×112×32 | 3×3 | 2 | 1 | 1 | 864 | 10838016 |'],
			[
				'LaTeX',
				'\tstem & conv1 & convolution & 112$\\times$112$\\times$32 & 3$\\times$3 & 2 & 1 & 1 & 864 & 10838016 &'
			]
		] as const) {
			await frame(page).getByLabel('Format', { exact: true }).selectOption({ label: format });
			await frame(page).getByRole('button', { name: 'Copy', exact: true }).click();
			await expect(page.getByText('Copied', { exact: true })).toBeVisible();
			expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(row);
		}
	});
});

test.describe('where the cost sits', () => {
	test("MobileNet's 1×1 layers are there with their shares, and the misprint beside", async ({ page }) => {
		await open(page, '/en/networks/mobilenet');
		await page.getByRole('heading', { name: 'By kind of layer' }).scrollIntoViewIfNeeded();
		const cells = page.getByRole('row', { name: /^1×1 convolution/ }).getByRole('cell');
		await expect(cells).toHaveText([
			'13',
			'539,492,352',
			'94.86%',
			'94.86%',
			'3,139,584',
			'74.19%',
			'74.59%',
			'74.59%'
		]);
		await expect(
			page.getByText('“Conv 3×3” is printed as 1.19%; counted it is 1.91%. It is a misprint.')
		).toBeVisible();
	});

	test('the slider goes along the bars, says each number, and selects the layer everywhere', async ({
		page
	}) => {
		await open(page, '/en/networks/mobilenet');
		const slider = page.getByLabel('Layer whose numbers are shown');
		await slider.focus();
		await page.keyboard.press('Home');
		await expect(slider).toHaveAttribute(
			'aria-valuetext',
			'conv1: 10,838,016 MACs, 928 parameters, conv1_bn included'
		);
		await expect(page).toHaveURL(/at=conv1/);
		await page.keyboard.press('ArrowRight');
		await expect(slider).toHaveAttribute('aria-valuetext', /^conv_dw_1: /);
		await bringTable(page);
		await expect(table(page).locator('tr[aria-current]').getByRole('rowheader')).toHaveText('separable1');
	});
});

test.describe('audit', () => {
	const parts = (page: Page) => page.locator('#audit .parts > li > .line .value');

	test('opens a total down to the product of a layer, and adds up', async ({ page }) => {
		await open(page, '/en/networks/mobilenet');
		await page.locator('button:has([data-total="macs"])').click();
		const total = page.locator('#audit output');
		await expect(total).toHaveText('568,740,352');
		const sum = (await parts(page).allInnerTexts()).reduce((so, value) => so + number(value), 0);
		expect(sum).toBe(number(await total.innerText()));
		const audit = page.locator('#audit');
		await audit.getByRole('button', { name: 'stem', exact: true }).click();
		await audit.getByRole('button', { name: 'conv1', exact: true }).click();
		await expect(audit.getByText('112 · 112 · 32 · (3 · 3 · 3) = 10,838,016')).toBeVisible();
	});

	test('counts as the paper does at a press, and the table follows', async ({ page }) => {
		await open(page, '/en/networks/mobilenet?audit=params');
		await expect(page.locator('#audit output')).toHaveText('4,231,976');
		await page.locator('#audit').getByRole('button', { name: 'Count it so' }).first().click();
		await expect(page.locator('#audit output')).toHaveText('4,210,088');
		const sum = (await parts(page).allInnerTexts()).reduce((so, value) => so + number(value), 0);
		expect(sum).toBe(4_210_088);
		await bringTable(page);
		await expect(table(page).locator('tfoot')).toContainText('4,210,088');
		await expect(page).toHaveURL(/bn=none/);
	});

	test('says why a printed figure differs, in Chinese too', async ({ page }) => {
		await open(page, '/zh/networks/shufflenet?audit=macs');
		await expect(page.locator('#audit')).toContainText('这是几个网络共同遵守的预算，而不是对该网络的计数。');
		await open(page, '/en/networks/squeezenet?audit=macs');
		await expect(page.locator('#audit')).toContainText('it is FLOPs, twice the MACs');
	});
});

test.describe('channel flow', () => {
	test('shuffle, no shuffle and pointwise mix in 3, not at all and 1 convolutions', async ({ page }) => {
		await openFlow(page, '/en/networks/shufflenet');
		const modes = page.getByRole('group', { name: 'How channels are mixed' });
		await expect(modes.getByText('all of the input: 3')).toBeVisible();
		await expect(modes.getByText('Not by the last layer: some channels miss')).toBeVisible();
		await expect(modes.getByText('all of the input: 1')).toBeVisible();
		const picture = page.getByRole('region', { name: 'Channel flow, layer by layer' });
		await expect(picture.locator('text.seen, tspan.seen').last()).toHaveText('100%');
		await modes.getByLabel('Groups without shuffle').check();
		await expect(picture.locator('text.seen, tspan.seen').last()).toHaveText('33%');
		await expect(picture.getByText('No shuffle')).toBeVisible();
		await expect(page).toHaveURL(/mix=noShuffle/);
	});

	test('follows a channel back and forth, by keyboard and by pointer, and steps through the layers', async ({
		page
	}) => {
		await openFlow(page, '/en/networks/shufflenet');
		await page.getByLabel('of layer', { exact: true }).selectOption({ index: 1 });
		await page.getByLabel('Follow channel').fill('43');
		await page.getByLabel('Follow channel').press('Enter');
		await expect(
			page.getByText(/Channel 43 of “1×1, 3 groups” has seen 80 of 240 input channels/)
		).toBeVisible();
		await expect(page.getByText('It reaches 80 of the 240 channels of the last layer.')).toBeVisible();
		await page.getByRole('button', { name: 'Let go' }).click();
		await expect(page.getByText(/^Point at a channel/)).toBeVisible();
		const picture = page.getByRole('region', { name: 'Channel flow, layer by layer' }).locator('svg');
		await picture.click({ position: { x: 38, y: 100 } });
		await expect(page.getByText(/of “Input” has seen 1 of 240 input channels/)).toBeVisible();
		await page.getByRole('button', { name: 'Back one layer' }).click();
		await expect(picture.locator('.label.ahead')).toHaveCount(1);
		await page.getByRole('button', { name: 'On one layer' }).click();
		await expect(picture.locator('.label.ahead')).toHaveCount(0);
	});

	test('any part of any kind of network can be looked at', async ({ page }) => {
		for (const [network, part, label] of [
			['squeezenet', 'fire3', 'Concat'],
			['xception', 'block5', 'Add'],
			['shufflenet', 'stage3', 'Shuffle']
		] as const) {
			await openFlow(page, `/en/networks/${network}?flow=${part}`);
			await expect(page.getByLabel(/^Channel flow of [^:]+:$/)).toHaveValue(part);
			await expect(
				page
					.getByRole('region', { name: 'Channel flow, layer by layer' })
					.getByText(label, { exact: true })
					.first()
			).toBeVisible();
		}
	});
});
