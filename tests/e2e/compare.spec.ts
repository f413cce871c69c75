import type { Page } from '@playwright/test';
import { expect, open, savedBy, test } from './site';

const live = (page: Page) => page.getByTestId('live');
const marks = (page: Page) => page.locator('.mark');
const table = (page: Page) => page.getByRole('table', { name: /of 69 networks|69 个网络/ });
const rows = (page: Page) => table(page).locator('tbody tr');
/** Where the moving network is drawn. */
const spot = async (page: Page) => {
	const box = await page.locator('[data-live] .dot').boundingBox();
	return { x: box!.x + box!.width / 2, y: box!.y + box!.height / 2 };
};

test('a slider moves the point, its numbers and the address', async ({ page }) => {
	await open(page, '/en/compare');
	await expect(live(page)).toContainText('4,231,976');
	await expect(live(page)).toContainText('568,740,352');
	await expect(live(page)).toContainText('70.6%');
	const before = await spot(page);
	await page.getByRole('slider', { name: 'Width multiplier α' }).fill('0.5');
	await expect(live(page)).toContainText('1,331,592');
	await expect(live(page)).toContainText('149,497,088');
	const after = await spot(page);
	expect(after.x).toBeLessThan(before.x);
	expect(after.y).toBeGreaterThan(before.y);
	await expect(page).toHaveURL(/\/en\/compare\?alpha=0\.5$/);
	await page.getByRole('spinbutton', { name: 'Input size, value' }).fill('160');
	await page.keyboard.press('Enter');
	await expect(live(page)).toContainText('76,524,800');
});

test('knobs that do not fit say why, keep the last good numbers, and offer what would fit', async ({
	page
}) => {
	await open(page, '/zh/compare?net=shufflenet');
	await page.getByRole('combobox', { name: '组数 g' }).selectOption('2');
	await page.getByRole('slider', { name: '缩放 s' }).fill('0.5');
	await expect(page.locator('.live .notice')).toContainText('100');
	await expect(live(page)).toContainText('1,733,848');
	await page.getByRole('button', { name: '不能整除的宽度 = 向上取整' }).click();
	await expect(live(page)).toContainText('644,320');
	await expect(live(page)).toContainText('55.6%');
});

test('the legend filters chart and table together, down to nothing and back', async ({ page }) => {
	await open(page, '/en/compare');
	const legend = page.getByRole('group', { name: 'Networks shown' });
	await expect(marks(page)).toHaveCount(69);
	await expect(rows(page)).toHaveCount(69);
	await legend.getByRole('button', { name: /MobileNet v1/ }).click();
	await expect(marks(page)).toHaveCount(51);
	await expect(rows(page)).toHaveCount(51);
	await expect(page).toHaveURL(/hide=mobilenet$/);
	for (const name of ['SqueezeNet', 'ShuffleNet v1', 'Xception', 'Successors', 'Heavier networks']) {
		await legend.getByRole('button', { name }).click();
	}
	await expect(marks(page)).toHaveCount(0);
	await expect(page.locator('.empty')).toContainText('Every network is switched off.');
	await page.locator('.empty').getByRole('button', { name: 'Show all networks' }).click();
	await expect(marks(page)).toHaveCount(69);
});

test('keyboard: arrows lead from network to network, Enter keeps the card, Escape closes it', async ({
	page
}) => {
	await open(page, '/en/compare');
	const entry = page.locator('.mark[tabindex="0"]');
	await expect(entry).toHaveCount(1);
	await entry.focus();
	await page.keyboard.press('End');
	await expect(page.locator('.mark:focus')).toHaveAccessibleName(/^VGG-16: Parameters 138,357,544, MACs/);
	await page.keyboard.press('ArrowDown');
	await expect(page.locator('.mark:focus')).toHaveAccessibleName(/^ResNet-152/);
	await page.keyboard.press('Enter');
	await expect(page.locator('.card.pinned')).toContainText('60,192,808');
	await expect(page).toHaveURL(/at=resnet-152$/);
	await page.keyboard.press('Home');
	await expect(page.locator('.mark:focus')).toHaveAccessibleName(/^ShuffleNet v1, 0\.25×/);
	await page.keyboard.press('Escape');
	// Its card leads to its page, and is there while the focus is in it.
	await page.keyboard.press('Tab');
	await expect(page.locator('.card a:focus')).toHaveCount(1);
	await page.keyboard.press('Tab');
	await expect(page.locator('.card')).toHaveCount(0);
	await expect(page.getByRole('button', { name: 'Zoom in' })).toBeFocused();
	await page.keyboard.press('Shift+Tab');
	await expect(page.locator('.mark:focus')).toHaveCount(1);
	await expect(page).toHaveURL(/\/en\/compare$/);
	await page.keyboard.press('+');
	await expect(page).toHaveURL(/view=/);
	await page.keyboard.press('0');
	await expect(page).toHaveURL(/\/en\/compare$/);
});

test('pointing at a network shows its card; a click keeps it, with its source', async ({ page }) => {
	await open(page, '/en/compare');
	const box = await page.locator('[data-id="xception"]').boundingBox();
	await page.mouse.move(box!.x + box!.width / 2, box!.y + box!.height / 2);
	await expect(page.locator('.card')).toContainText('22,855,952');
	await page.mouse.down();
	await page.mouse.up();
	await page.mouse.move(5, 5);
	await expect(page.locator('.card.pinned')).toContainText('Xception paper, table 1');
	await page.getByRole('button', { name: 'Close the card' }).click();
	await expect(page.locator('.card')).toHaveCount(0);
});

test('Ctrl and wheel zoom, dragging moves, and the wheel alone scrolls the page', async ({ page }) => {
	await open(page, '/en/compare');
	const box = (await page.locator('.box svg').boundingBox())!;
	await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
	await page.mouse.wheel(0, 200);
	await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
	await expect(page).toHaveURL(/\/en\/compare$/);
	await page.evaluate(() => scrollTo(0, 0));
	await page.keyboard.down('Control');
	await page.mouse.wheel(0, -120);
	await page.keyboard.up('Control');
	await expect(page).toHaveURL(/view=/);
	const zoomed = page.url();
	await page.mouse.down();
	await page.mouse.move(box.x + box.width / 2 + 60, box.y + box.height / 2 + 20, { steps: 4 });
	await page.mouse.up();
	await expect(page).not.toHaveURL(zoomed);
	await expect(page.locator('.card')).toHaveCount(0);
	await page.getByRole('button', { name: 'Show everything' }).click();
	await expect(page).toHaveURL(/\/en\/compare$/);
});

test('a link opens what was shown: axes, filter, conventions, front, network and knobs', async ({ page }) => {
	await open(
		page,
		'/zh/compare?y=top1&count=flops&bn=none&type=int8&hide=successor,reference&front&at=squeezenet&net=mobilenet&alpha=0.5'
	);
	await expect(page.getByRole('group', { name: '纵轴', exact: true }).getByLabel('Top-1')).toBeChecked();
	await expect(page.locator('.axes')).toContainText('FLOPs（2 × MACs）');
	await expect(page.locator('.card.pinned')).toContainText('1,665,335,872');
	// 1,331,592 less batch norm's 10,944.
	await expect(live(page)).toContainText('1,320,648');
	await expect(live(page)).toContainText('1.32 MB');
	await expect(page.locator('.ring')).not.toHaveCount(0);
	await expect(rows(page)).toHaveCount(42);
	// Two of the networks shown have no accuracy to be drawn at.
	await expect(marks(page)).toHaveCount(40);
	await page.getByRole('link', { name: 'English' }).click();
	await expect(page).toHaveURL(/\/en\/compare\?y=top1&count=flops/);
});

test('a malformed link says what was not understood and shows the default', async ({ page }) => {
	await open(page, '/en/compare?x=speed&alpha=99&at=nobody');
	const notice = page.getByRole('status').filter({ hasText: 'Not understood' });
	await expect(notice).toContainText('x=speed');
	await expect(notice).toContainText('Width multiplier: 99 is outside 0.05 to 4.');
	await expect(notice).toContainText('at=nobody');
	await expect(live(page)).toContainText('4,231,976');
});

test('the table sorts by its heads and says so', async ({ page }) => {
	await open(page, '/en/compare');
	const head = (name: string) => table(page).getByRole('columnheader', { name, exact: true });
	await expect(head('MACs')).toHaveAttribute('aria-sort', 'ascending');
	await head('Top-1').getByRole('button').click();
	await expect(head('Top-1')).toHaveAttribute('aria-sort', 'descending');
	await expect(head('MACs')).toHaveAttribute('aria-sort', 'none');
	await expect(rows(page).first()).toContainText('Xception');
	await expect(page).toHaveURL(/sort=-top1$/);
	await head('Top-1').getByRole('button').click();
	await expect(head('Top-1')).toHaveAttribute('aria-sort', 'ascending');
	await expect(page).toHaveURL(/sort=top1$/);
	// The third press is back at the order of the page, which is that of a column.
	await head('Top-1').getByRole('button').click();
	await expect(head('MACs')).toHaveAttribute('aria-sort', 'ascending');
	await expect(page).toHaveURL(/\/en\/compare$/);
	await head('MACs').getByRole('button').click();
	await expect(head('MACs')).toHaveAttribute('aria-sort', 'descending');
});

test('CSV holds the rows of the table; SVG and PNG are pictures of the chart', async ({ page }) => {
	await open(page, '/en/compare?hide=mobilenet,shufflenet,successor,reference&sort=params');
	const saved = async (format: string) =>
		(await savedBy(page.getByRole('button', { name: format, exact: true }))).bytes;
	const lines = (await saved('CSV')).toString().trim().split('\r\n');
	const shown = await rows(page).evaluateAll((list) =>
		list.map((row) =>
			[...row.children].slice(0, 5).map((cell) => cell.textContent!.trim().replaceAll(',', ''))
		)
	);
	expect(lines).toHaveLength(1 + 7);
	expect(shown).toHaveLength(7);
	lines.slice(1).forEach((line, i) => {
		const cells = line.replaceAll(/"([^"]*)"/g, (_, text: string) => text.replaceAll(',', '')).split(',');
		expect([cells[1], cells[3], cells[4], cells[5], cells[8]]).toEqual(shown[i]);
	});
	const svg = (await saved('SVG')).toString();
	expect(svg).toContain('SqueezeNet v1.0');
	expect(svg).not.toContain('var(--');
	expect([...(await saved('PNG')).subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
});

for (const [lang, width] of [
	['en', 360],
	['zh', 360],
	['en', 1280]
] as const) {
	test(`${lang}, ${width} px: labels can be read and do not overlap`, async ({ page }) => {
		await page.setViewportSize({ width, height: 740 });
		await open(page, `/${lang}/compare`);
		const boxes = await page.locator('.labels text').evaluateAll((texts) =>
			texts
				.filter((text) => getComputedStyle(text).visibility === 'visible')
				.map((text) => {
					const { left, right, top, bottom } = text.getBoundingClientRect();
					return { text: text.textContent, left, right, top: top + 2, bottom: bottom - 2 };
				})
		);
		expect(boxes.length).toBeGreaterThan(6);
		boxes.forEach((a, i) => {
			for (const b of boxes.slice(i + 1)) {
				const isOver = a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
				expect(isOver, `${a.text} over ${b.text}`).toBe(false);
			}
		});
		const sizes = await page
			.locator('.box svg text')
			.evaluateAll((texts) => texts.map((text) => parseFloat(getComputedStyle(text).fontSize)));
		expect(Math.min(...sizes)).toBeGreaterThanOrEqual(10.8);
	});
}

test('two fingers zoom on a touch screen', async ({ browser, baseURL }) => {
	const context = await browser.newContext({
		hasTouch: true,
		viewport: { width: 360, height: 740 },
		baseURL: baseURL!
	});
	const page = await context.newPage();
	await open(page, '/en/compare');
	const svg = page.locator('.box svg');
	await svg.scrollIntoViewIfNeeded();
	const box = (await svg.boundingBox())!;
	const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
	const client = await context.newCDPSession(page);
	const touch = (type: string, gap: number) =>
		client.send('Input.dispatchTouchEvent', {
			type: type as 'touchStart',
			touchPoints:
				type === 'touchEnd'
					? []
					: [
							{ x: middle.x - gap, y: middle.y, id: 1 },
							{ x: middle.x + gap, y: middle.y, id: 2 }
						]
		});
	await touch('touchStart', 20);
	for (const gap of [30, 45, 60]) await touch('touchMove', gap);
	await touch('touchEnd', 0);
	await expect(page).toHaveURL(/view=/);
	await context.close();
});
