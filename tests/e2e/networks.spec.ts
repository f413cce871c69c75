import type { Page } from '@playwright/test';
import { expect, open, savedBy, sideways, test } from './site';

const total = (page: Page, of: 'params' | 'macs') => page.locator(`[data-total="${of}"]`);
const item = (page: Page, key: string) => page.locator(`svg [data-key="${key}"]`);

test('knobs of MobileNet change its totals and the address', async ({ page }) => {
	await open(page, '/en/networks/mobilenet');
	await expect(total(page, 'params')).toHaveText('4,231,976');
	await expect(total(page, 'macs')).toHaveText('568,740,352');
	const alpha = page.getByRole('spinbutton', { name: 'Width multiplier' });
	await alpha.fill('0.5');
	await alpha.press('Enter');
	await expect(total(page, 'params')).toHaveText('1,331,592');
	await expect(total(page, 'macs')).toHaveText('149,497,088');
	await expect(page).toHaveURL(/\?alpha=0\.5$/);
	await page.getByRole('slider', { name: 'Input size' }).press('ArrowLeft');
	await expect(total(page, 'macs')).toHaveText('109,970,432');
	await expect(page).toHaveURL(/\?alpha=0\.5&resolution=192$/);
	await page.getByRole('button', { name: 'Reset knobs' }).click();
	await expect(total(page, 'macs')).toHaveText('568,740,352');
	await expect(page).toHaveURL(/mobilenet$/);
});

test('the other three have the figures of their papers', async ({ page }) => {
	for (const [id, params, macs] of [
		['squeezenet', '1,248,424', '832,667,936'],
		['xception', '22,855,952', '8,357,403,496'],
		['shufflenet', '1,865,728', '137,460,672']
	] as const) {
		await open(page, `/en/networks/${id}`);
		await expect(total(page, 'params')).toHaveText(params);
		await expect(total(page, 'macs')).toHaveText(macs);
	}
});

test('knobs that do not fit say why and what would, and the picture stays', async ({ page }) => {
	await open(page, '/en/networks/shufflenet');
	await page.getByRole('combobox', { name: 'Groups' }).selectOption('8');
	// Totals roll; this is where they stop.
	const before = '138,365,952';
	await expect(total(page, 'macs')).toHaveText(before);
	const scale = page.getByRole('spinbutton', { name: 'Scale' });
	await scale.fill('0.3');
	await scale.press('Enter');
	await expect(page.getByText('does not divide into 8 groups')).toBeVisible();
	await expect(scale).toHaveAttribute('aria-invalid', 'true');
	await expect(total(page, 'macs')).toHaveText(before);
	await page.getByRole('button', { name: /^Scale = 0\.3333/ }).click();
	await expect(page.getByText('does not divide into 8 groups')).toBeHidden();
	await expect(total(page, 'macs')).not.toHaveText(before);
	const holds = await scale.inputValue();
	await scale.fill('');
	await scale.press('Enter');
	await expect(scale).toHaveValue(holds);
});

test('blocks open and close by keyboard, and arrows follow the lines', async ({ page }) => {
	await open(page, '/en/networks/squeezenet');
	const fire2 = item(page, 'fire2/');
	await expect(fire2).toHaveAccessibleName(
		/^fire2: fire module, 7 layers, output 55×55×128, 4\.\d\d% of the MACs$/
	);
	await item(page, 'input').focus();
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowRight');
	await expect(fire2).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(fire2).toHaveAttribute('aria-expanded', 'true');
	await expect(fire2).toBeFocused();
	await page.keyboard.press('ArrowRight');
	const squeeze = item(page, 'fire2/squeeze1x1');
	await expect(squeeze).toBeFocused();
	await expect(squeeze).toHaveAccessibleName('fire2/squeeze1x1: 1×1 convolution, 96 → 16 channels, 55×55×16');
	await expect(page).toHaveURL(/\?open=fire2&at=fire2\/squeeze1x1$/);
	for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
	await expect(item(page, 'fire2/expand3x3')).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(fire2).toHaveAttribute('aria-expanded', 'false');
	await expect(fire2).toBeFocused();
});

test('blocks that repeat each other are one until they are unfolded, by click and by key, and a link keeps that', async ({
	page
}) => {
	await open(page, '/en/networks/xception');
	const fold = item(page, 'block5*/');
	await expect(fold).toHaveAccessibleName(
		/^block5–12: 8 × residual, all alike, 13 layers each, output 19×19×728, together 55\.62% of the MACs$/
	);
	await expect(item(page, 'block7/')).toHaveCount(0);
	await fold.click();
	await expect(fold).toHaveAttribute('aria-expanded', 'true');
	await expect(item(page, 'block7/')).toHaveAttribute('aria-expanded', 'false');
	await expect(page).toHaveURL(/\?open=block5\*&at=block5\*\/$/);
	await page.keyboard.press('Escape');
	await expect(fold).toHaveAttribute('aria-expanded', 'false');
	await expect(fold).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(item(page, 'block12/')).toBeVisible();
	// From before there were folds.
	await open(page, '/en/networks/xception?open=block7');
	await expect(item(page, 'block7/')).toHaveAttribute('aria-expanded', 'true');
	await expect(item(page, 'block8/')).toHaveAttribute('aria-expanded', 'false');
});

test('the picture and the totals are on the first screen, wide and narrow, with a knob beside, and nothing is smaller than 11 px', async ({
	page
}) => {
	for (const [width, height] of [
		[1440, 900],
		[360, 740]
	] as const) {
		await page.setViewportSize({ width, height });
		await open(page, '/en/networks/mobilenet');
		const bottom = async (locator: ReturnType<Page['locator']>) => {
			const box = (await locator.boundingBox())!;
			return box.y + box.height;
		};
		await expect.poll(() => bottom(page.locator('.view'))).toBeLessThan(height);
		expect(await bottom(total(page, 'macs'))).toBeLessThan(height);
		expect(await bottom(page.getByRole('slider', { name: 'Width multiplier' }))).toBeLessThan(height);
		await page.getByRole('button', { name: 'Open all' }).first().click();
		await expect(item(page, 'separable9/')).toHaveAttribute('aria-expanded', 'true');
		const smallest = await page.locator('.view svg').evaluate((svg: SVGSVGElement) => {
			const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
			const sizes = [...svg.querySelectorAll('text, tspan')].map((text) =>
				parseFloat(getComputedStyle(text).fontSize)
			);
			return scale * Math.min(...sizes);
		});
		expect(smallest).toBeGreaterThanOrEqual(10.99);
	}
});

test('all of a large network opens, part by part, and closes again', async ({ page }) => {
	await open(page, '/en/networks/xception');
	const cards = page.locator('.view g.item');
	const closed = await cards.count();
	await page.getByRole('button', { name: 'Open all' }).first().click();
	await expect(page.locator('.view g.title').getByText('block2', { exact: true })).toBeVisible();
	await expect(item(page, 'block14/')).toHaveAttribute('aria-expanded', 'true');
	await expect(item(page, 'predictions')).toHaveCount(1);
	await expect(cards).toHaveCount(170);
	const foreign = await page
		.locator('.view svg')
		.evaluate(
			(svg) =>
				[...svg.querySelectorAll('*')].filter(({ namespaceURI }) => namespaceURI !== svg.namespaceURI).length
		);
	expect(foreign).toBe(0);
	await page.getByRole('button', { name: 'Close all' }).first().click();
	await expect(cards).toHaveCount(closed);
});

test('the diagram is taken away as a picture that stands alone', async ({ page }) => {
	await open(page, '/en/networks/squeezenet?open=fire2');
	await page.locator('.diagram').getByRole('button', { name: 'Share', exact: true }).click();
	const { name, bytes } = await savedBy(page.getByRole('button', { name: 'SVG' }));
	expect(name).toBe('SqueezeNet.svg');
	const text = bytes.toString();
	for (const part of ['@font-face', '>squeeze1x1<', '>fire9<', '%<']) expect(text).toContain(part);
	expect(text).not.toMatch(/var\(|color-mix|class=/);
});

test('a link opens the same picture, and the other language keeps it', async ({ page }) => {
	await open(page, '/en/networks/mobilenet?alpha=0.5&open=separable2&at=conv_dw_2&count=flops');
	await expect(total(page, 'macs')).toHaveText('298,994,176');
	await expect(item(page, 'separable2/')).toHaveAttribute('aria-expanded', 'true');
	const details = page.getByRole('region', { name: 'Selected layer' });
	await expect(details).toContainText('conv_dw_2');
	await expect(details).toContainText('56×56×32');
	await page.getByRole('link', { name: '中文' }).click();
	await expect(page).toHaveURL(
		/\/zh\/networks\/mobilenet\?alpha=0\.5&count=flops&open=separable2&at=conv_dw_2$/
	);
	await expect(total(page, 'macs')).toHaveText('298,994,176');
});

test('what an address cannot mean is left out, and said', async ({ page }) => {
	await open(page, '/en/networks/mobilenet?alpha=99&nonsense=1&open=fire2&at=nowhere&resolution=160');
	const notice = page.getByText('Not understood in this address').locator('..');
	for (const part of ['alpha=99', 'nonsense=1', 'open=fire2', 'and 1 more'])
		await expect(notice).toContainText(part);
	await expect(notice).toContainText('99 is outside 0.05 to 4');
	await expect(total(page, 'macs')).toHaveText('290,675,200');
	await page.getByRole('button', { name: 'Dismiss' }).click();
	await expect(notice).toBeHidden();
	await expect(page).toHaveURL(/\?resolution=160$/);
});

test('the picture zooms by keys, buttons and wheel with Ctrl, and the wheel alone scrolls the page', async ({
	page
}) => {
	await open(page, '/en/networks/squeezenet');
	const picture = page.getByRole('group', { name: 'Diagram of SqueezeNet' }).locator('svg');
	const width = async () => (await picture.boundingBox())!.width;
	await picture.scrollIntoViewIfNeeded();
	const fitting = await width();
	await item(page, 'fire2/').focus();
	await page.keyboard.press('+');
	await expect.poll(width).toBeGreaterThan(fitting * 1.2);
	await page.keyboard.press('0');
	await expect.poll(width).toBe(fitting);
	await page.getByRole('button', { name: 'Zoom out' }).click();
	await expect.poll(width).toBeLessThan(fitting);
	await page.getByRole('button', { name: 'Actual size' }).click();
	await expect.poll(width).toBe(fitting);
	await item(page, 'fire2/').hover();
	await page.keyboard.down('Control');
	// What hears the wheel comes with the pointer.
	await expect
		.poll(async () => {
			await page.mouse.wheel(0, -200);
			return width();
		})
		.toBeGreaterThan(fitting * 1.2);
	await page.keyboard.up('Control');
	await page.getByRole('button', { name: 'Actual size' }).click();
	await expect.poll(width).toBe(fitting);
	await item(page, 'fire2/').hover();
	const top = await page.evaluate(() => scrollY);
	await page.mouse.wheel(0, 200);
	await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(top);
});

test('on a telephone everything opens without the page scrolling sideways', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await open(page, '/en/networks/inception-v3');
	await page.getByRole('button', { name: 'Open all' }).click();
	await expect(item(page, 'mixed_7c/')).toHaveAttribute('aria-expanded', 'true');
	expect(await sideways(page)).toBe(0);
	await page.getByRole('button', { name: 'Close all' }).click();
	await expect(item(page, 'mixed_7c/')).toHaveAttribute('aria-expanded', 'false');
});

test('a total opens into its sum, and the table lights the selected layer', async ({ page }) => {
	await open(page, '/en/networks/mobilenet');
	await page.getByRole('button', { name: /^MACs.*Show the sum/ }).click();
	await expect(page).toHaveURL(/audit=macs/);
	await expect(page.locator('#audit')).toContainText('568,740,352');
	await item(page, 'separable1/').click();
	await item(page, 'conv_pw_1').click();
	await page.getByRole('heading', { name: 'Layer by layer' }).scrollIntoViewIfNeeded();
	await expect(page.getByRole('row', { name: /conv_pw_1/ }).first()).toBeVisible();
});

test('a graph of the reader gets the same page, and a link that holds it', async ({ page, context }) => {
	await open(page, '/en/networks');
	await page.getByRole('button', { name: 'Fill in an example' }).click();
	await expect(page.getByLabel('Graph as JSON')).not.toHaveValue('');
	await page.getByRole('button', { name: 'Show it' }).click();
	await expect(page).toHaveURL(/\/networks\/own#graph=d/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Fire module');
	await expect(total(page, 'params')).toHaveText('11,920');
	const elsewhere = await context.newPage();
	await open(elsewhere, page.url());
	await expect(total(elsewhere, 'params')).toHaveText('11,920');
	// Asked for in the same tab without it: the address has it again, since it is short enough.
	await open(page, '/en/networks/own');
	await expect(total(page, 'params')).toHaveText('11,920');
	await expect(page).toHaveURL(/\/networks\/own#graph=d/);
	await expect(page.getByText('too long for the address')).toHaveCount(0);
});

test('a graph that cannot be is refused with a sentence that names the node', async ({ page }) => {
	await open(page, '/zh/networks');
	const text = page.getByLabel('JSON 格式的网络图');
	const graph = (node: object) =>
		JSON.stringify({
			version: 1,
			name: 'x',
			inputs: [{ id: 'in', shape: [8, 8, 4] }],
			nodes: [{ id: 'c1', ...node }],
			output: 'c1'
		});
	for (const [json, sentence] of [
		['{', '这不是 JSON'],
		[graph({ op: 'conv', inputs: ['in'] }), 'c1：没有算子“conv”。是不是 conv2d？'],
		[graph({ op: 'relu', inputs: ['inn'] }), 'c1：它的输入“inn”不是图中的节点。是不是 in？'],
		[
			graph({ op: 'conv2d', inputs: ['in'], options: { outChannels: 6, kernelSize: 1, groups: 4 } }),
			'c1：6 个通道不能分成 4 组'
		]
	] as const) {
		await text.fill(json);
		await page.getByRole('button', { name: '显示' }).click();
		await expect(page.getByText(sentence)).toBeVisible();
	}
	await expect(page).toHaveURL(/\/zh\/networks$/);
});

test('an address with a broken graph says so', async ({ page }) => {
	await open(page, '/en/networks/own#graph=dAAAA');
	await expect(page.getByRole('alert')).toHaveText('The graph in this address cannot be read.');
	await open(page, '/en/networks/own');
	await expect(page.getByText('There is no network here yet.')).toBeVisible();
});
