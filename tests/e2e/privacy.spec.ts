import { isOf, stored } from '../../src/routes/[lang=lang]/(site)/privacy/stored';
import { alone, expect, open, test } from './site';
import { askWorker } from './siteHost';

test('what the browser keeps is listed with its size, and removed: one thing, then all', async ({ page }) => {
	await open(page, '/en');
	await page.getByLabel('Theme').selectOption('dark');
	await page.getByRole('link', { name: '中文' }).click();
	await page.getByRole('link', { name: '隐私' }).click();
	await page.waitForURL('**/zh/privacy');
	await page.locator('html[data-alive]').waitFor({ state: 'attached' });
	await page.evaluate(async () => {
		const cache = await caches.open('lightnets-weights');
		await cache.put('/weights/some/model.json?1', new Response(new Uint8Array(1500)));
		sessionStorage.setItem('own-graph', '{}');
	});
	await page.reload();

	const row = (name: string) =>
		page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });
	await expect(row('主题')).toContainText('4 B');
	await expect(row('语言')).toContainText('2 B');
	await expect(row('权重')).toContainText('1.50 kB');
	await expect(row('读过的章节')).toContainText('没有');

	await page.getByRole('button', { name: '删除：权重' }).click();
	await expect(page.getByRole('status')).toHaveText('已删除：权重。');
	await expect(row('权重')).toContainText('没有');
	await expect(row('主题')).toContainText('4 B');
	const files = () =>
		page.evaluate(async () => (await (await caches.open('lightnets-weights')).keys()).length);
	expect(await files()).toBe(0);

	// The theme at the top follows at once.
	await page.getByRole('button', { name: '全部删除' }).click();
	await expect(page.getByRole('status')).toHaveText('已全部删除。');
	await expect(page.locator('html')).not.toHaveAttribute('data-theme');
	await expect(page.getByLabel('主题')).toHaveValue('system');
	await expect(page.getByRole('button', { name: '全部删除' })).toBeDisabled();
	expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
});

test('a theme chosen in one tab is that of the others', async ({ context, page }) => {
	await open(page, '/en/privacy');
	const other = await context.newPage();
	await open(other, '/en/privacy');
	await other.getByLabel('Theme').selectOption('dark');
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
	await expect(page.getByLabel('Theme')).toHaveValue('dark');
	await other.getByLabel('Theme').selectOption('system');
	await expect(page.locator('html')).not.toHaveAttribute('data-theme');
});

alone.describe('with the service worker', () => {
	alone.use({ serviceWorkers: 'allow' });

	alone('pages that are kept for use offline are listed, and removed', async ({ page }) => {
		const isStored = async () => {
			const { files } = await askWorker(page, { kind: 'state' });
			return files.some(({ path, isStored }) => isStored && path === 'en/compare.html');
		};
		await open(page, '/en/compare');
		await expect.poll(isStored).toBe(true);
		// Itself it is kept too, meanwhile.
		await open(page, '/en/privacy');
		const heading = page.getByRole('heading', { name: 'Pages', exact: true });
		const row = page.getByRole('listitem').filter({ has: heading });
		await expect(row).toContainText(/\d\s(k|M)B/);
		await page.getByRole('button', { name: 'Remove: Pages', exact: true }).click();
		await expect(page.getByRole('status')).toHaveText('Removed: Pages.');
		expect(await isStored()).toBe(false);
	});

	alone('a walk through the site keeps only what is listed, libraries included', async ({ page }) => {
		await open(page, '/en/learn/convolution');
		await page.getByLabel('Theme').selectOption('dark');
		await page.locator('footer').scrollIntoViewIfNeeded();
		await page.getByRole('banner').getByRole('link', { name: 'Networks', exact: true }).click();
		await expect(page).toHaveURL(/\/en\/networks$/);
		await page.goBack();
		await page.getByRole('banner').getByRole('link', { name: 'Playground', exact: true }).click();
		await page.getByRole('link', { name: '中文' }).click();
		await page.locator('html[data-alive][lang=zh-Hans]').waitFor({ state: 'attached' });
		const kept = await page.evaluate(async () => ({
			localStorage: Object.keys(localStorage),
			sessionStorage: Object.keys(sessionStorage),
			caches: await caches.keys(),
			databases: (await indexedDB.databases()).map(({ name }) => name),
			cookies: document.cookie
		}));
		expect(kept).toMatchObject({ databases: [], cookies: '' });
		expect(kept.localStorage).toContain('theme');
		expect(kept.sessionStorage).toContain('sveltekit:scroll');
		for (const place of ['localStorage', 'sessionStorage', 'caches'] as const)
			for (const name of kept[place])
				expect(
					stored.some((entry) => entry.place === place && isOf(entry, name)),
					`${place} ${name}`
				).toBe(true);
	});
});
