import type { Page } from '@playwright/test';
import { expect, open, savedBy, sideways, test } from './site';

const frame = (page: Page) => page.locator('.table-frame').filter({ hasText: /of 69 networks|69 个网络/ });
const scroller = (page: Page) => frame(page).locator('.data-table');
const box = async (page: Page, selector: string) =>
	(await frame(page).locator(selector).first().boundingBox())!;
const firstNames = async (page: Page) =>
	(await frame(page).locator('tbody th').allInnerTexts()).slice(0, 2).map((text) => text.trim());

test('heads sort by keyboard and stay focused', async ({ page }) => {
	await open(page, '/en/convolutions');
	const table = page.getByRole('table', { name: 'Seven ways of convolving in numbers' });
	const head = table.getByRole('columnheader', { name: 'Parameters' });
	const counts = () => table.locator('tbody tr td:nth-child(2)').allInnerTexts();
	const own = await counts();
	await head.getByRole('button').focus();
	await page.keyboard.press('Enter');
	await expect(head).toHaveAttribute('aria-sort', 'descending');
	expect((await counts())[0]).toBe('289k');
	await page.keyboard.press('Space');
	await expect(head).toHaveAttribute('aria-sort', 'ascending');
	expect((await counts())[0]).toBe('6.79k');
	await page.keyboard.press('Enter');
	await expect(head).toHaveAttribute('aria-sort', 'none');
	expect(await counts()).toEqual(own);
	await expect(head.getByRole('button')).toBeFocused();
});

for (const width of [360, 1280]) {
	test(`${width} px: heads stay above what scrolls, names beside it, and the page stays where it is`, async ({
		page
	}) => {
		await page.setViewportSize({ width, height: 740 });
		await open(page, '/en/compare');
		await scroller(page).scrollIntoViewIfNeeded();
		await scroller(page).evaluate((element) => element.scrollBy(160, 400));
		const [around, head, name] = [
			await box(page, '.data-table'),
			await box(page, 'thead th'),
			await box(page, 'tbody th')
		];
		expect(await scroller(page).evaluate((element) => element.scrollTop)).toBe(400);
		expect(Math.abs(head.y - around.y)).toBeLessThanOrEqual(1);
		expect(name.y).toBeLessThan(around.y);
		if (width === 360) {
			expect(await scroller(page).evaluate((element) => element.scrollLeft)).toBe(160);
			expect(Math.abs(name.x - around.x)).toBeLessThanOrEqual(1);
			expect(name.width).toBeLessThan(around.width / 2);
		}
		expect(await sideways(page)).toBe(0);
	});
}

test('what scrolls is reached by keyboard, and what does not is no stop', async ({ page }) => {
	await open(page, '/en/compare');
	await expect(scroller(page)).toHaveAttribute('tabindex', '0');
	await expect(scroller(page)).toHaveRole('region');
	await open(page, '/en/convolutions');
	await expect(page.locator('.data-table')).not.toHaveAttribute('tabindex');
});

test('what is copied are the rows as they stand, between tabs, numbers in full', async ({
	page,
	context
}) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await open(page, '/zh/compare?sort=-params');
	await frame(page).getByRole('button', { name: '复制', exact: true }).click();
	await expect(frame(page).getByRole('status')).toHaveText('已复制');
	const text = await page.evaluate(() => navigator.clipboard.readText());
	const [titles, ...lines] = text.trimEnd().split('\n');
	expect(titles?.split('\t').slice(0, 2)).toEqual(['id', 'name']);
	expect(lines).toHaveLength(69);
	expect(lines.slice(0, 2).map((line) => line.split('\t')[1])).toEqual(await firstNames(page));
	expect(lines[0]?.split('\t')[5]).toBe('138357544');
});

test('where copying is forbidden, it says so', async ({ page }) => {
	await open(page, '/en/convolutions');
	await page.evaluate(() => {
		Object.defineProperty(navigator, 'clipboard', {
			value: { writeText: () => Promise.reject(new Error()) }
		});
	});
	await page.getByRole('button', { name: 'Copy', exact: true }).click();
	await expect(page.locator('.table-frame').getByRole('status')).toHaveText(
		'The browser does not let the page copy; take the file instead.'
	);
});

test('a CSV file says how it is written, so that × is × in a spreadsheet', async ({ page }) => {
	await open(page, '/en/compare');
	const { name, bytes } = await savedBy(frame(page).getByRole('button', { name: 'CSV', exact: true }));
	expect(name).toBe('lightnets-compare.csv');
	expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
	expect(bytes.toString()).toContain('"ShuffleNet v1, 0.25×, g = 1"');
});

test('on paper a table is whole and has no buttons', async ({ page }) => {
	await open(page, '/en/compare');
	const hidden = () => scroller(page).evaluate((element) => element.scrollHeight - element.clientHeight);
	expect(await hidden()).toBeGreaterThan(500);
	await page.emulateMedia({ media: 'print' });
	expect((await scroller(page).boundingBox())!.height).toBeGreaterThan(1500);
	await expect(frame(page).getByRole('button', { name: 'CSV' })).toBeHidden();
	expect(
		await frame(page)
			.locator('thead th')
			.first()
			.evaluate((th) => getComputedStyle(th).position)
	).toBe('static');
});
