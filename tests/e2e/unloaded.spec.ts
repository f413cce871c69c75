import { expect, test, type Page } from '@playwright/test';
import { smallNetwork } from '../../tools/browser';
import { asksAgain, open, reloaded, scriptOf } from './site';

/** Answers nothing to what an address matches, until it is let through again. */
async function cut(page: Page, address: RegExp | string): Promise<{ mend(): void }> {
	let isCut = true;
	await page.route(address, (route) => (isCut ? route.abort() : route.continue()));
	return { mend: () => (isCut = false) };
}

const notice = (page: Page) => page.locator('#unloaded');

test('a part that does not load says so, comes when it is asked for again, and a reload keeps the state', async ({
	page
}) => {
	// Before the page asks for it: other parts come as they like.
	const help = await cut(page, `**/${scriptOf('src/lib/viz/figures/bench/Help.svelte')}`);
	await open(page, '/en/ops/standard?step=7');
	await expect(notice(page)).toBeHidden();
	await page.keyboard.press('?');
	await expect(notice(page)).toContainText('A part of this page could not be loaded');
	await notice(page).getByRole('button', { name: 'Close' }).click();
	await expect(notice(page)).toBeHidden();
	await page.keyboard.press('?');
	await expect(notice(page)).toBeVisible();
	help.mend();
	const seesHelp = async () => {
		await page.keyboard.press('?');
		await expect(page.getByRole('dialog')).toBeVisible();
		await page.keyboard.press('Escape');
	};
	if (await asksAgain(page)) await seesHelp();
	await reloaded(page, () => notice(page).getByRole('button', { name: 'Load again' }).click());
	await expect(notice(page)).toBeHidden();
	await expect(page).toHaveURL(/step=7/);
	await seesHelp();
});

test('so does what a button loads, and the part of a page that comes by itself', async ({ page }) => {
	await open(page, '/zh/networks');
	const chunks = await cut(page, /immutable\/chunks\//);
	await page.getByRole('button', { name: '填入示例' }).click();
	await expect(notice(page)).toContainText('页面有一部分没能载入');
	chunks.mend();
	await open(page, '/en/networks/squeezenet');
	await cut(page, /immutable\/chunks\//);
	await page.getByRole('heading', { name: 'Layer by layer' }).scrollIntoViewIfNeeded();
	await expect(notice(page)).toBeVisible();
});

test('and a page whose own script does not load, which cannot say it itself', async ({ page }) => {
	const start = await cut(page, /immutable\/entry\/start\./);
	await page.goto('/en/learn');
	await expect(notice(page)).toBeVisible();
	await expect(page.locator('html')).not.toHaveAttribute('data-alive');
	start.mend();
	await notice(page).getByRole('button', { name: 'Load again' }).click();
	await expect(page.locator('html')).toHaveAttribute('data-alive');
	await expect(notice(page)).toBeHidden();
});

test('and each worker, in one sentence', async ({ page }) => {
	await open(page, '/en/playground?network=mobilenet&weights=mobilenet:random&alpha=0.25&resolution=64');
	const workers = await cut(page, /immutable\/workers\//);
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(notice(page)).toBeVisible();
	// One sentence, and what was pressed can be pressed again.
	await expect(page.getByRole('alert')).toHaveCount(1);
	workers.mend();
	await notice(page).getByRole('button', { name: 'Close' }).click();
	await page.getByRole('button', { name: /^Run/ }).click();
	await expect(page.getByTestId('lane-mobilenet')).toHaveAttribute('data-phase', 'ready');

	await open(page, '/en/networks/own');
	await cut(page, /immutable\/workers\//);
	const net = { name: 'net.onnx', mimeType: 'application/octet-stream', buffer: Buffer.from('net') };
	await page.getByTestId('model-files').setInputFiles(net);
	await expect(notice(page)).toBeVisible();
	await expect(page.getByRole('alert')).toHaveCount(1);
	await expect(page.getByRole('progressbar')).toHaveCount(0);
});

test("weights in whose place a network's sign-in page comes are not kept, and come once it is gone", async ({
	page
}) => {
	let portal = 0;
	await page.route(/weights\/cifar10-mobilenet\/.*bin/, (route) =>
		portal++ < 2
			? route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Sign in</h1>' })
			: route.continue()
	);
	await open(page, '/en/playground?backend=wasm');
	await expect(page.getByText('what came is not the file that this site has')).toBeVisible();
	await page.getByRole('button', { name: /^(Run|Load)/ }).click();
	const lane = page.getByTestId('lane-mobilenet');
	await expect(lane).toHaveAttribute('data-phase', 'ready');
	// What goes bad while it is kept is fetched again, and the reader is told.
	await page.evaluate(async () => {
		const cache = await caches.open('lightnets-weights');
		for (const request of await cache.keys())
			if (request.url.includes('.bin')) await cache.put(request, new Response(new Uint8Array(9)));
	});
	await page.reload();
	await expect(lane).toHaveAttribute('data-phase', 'ready');
	await expect(lane).toContainText('Weights kept on this device had gone bad; they were fetched again.');
});

test('where storage is blocked, every page works, and says once that nothing is kept', async ({ page }) => {
	await page.addInitScript(() => {
		const refuse = () => {
			throw new DOMException('The operation is insecure.', 'SecurityError');
		};
		for (const name of ['localStorage', 'sessionStorage', 'caches', 'indexedDB'])
			Object.defineProperty(window, name, { get: refuse });
	});
	const thrown: string[] = [];
	page.on('pageerror', ({ message }) => thrown.push(message));
	await open(page, '/en/networks');
	await page.getByRole('button', { name: 'Fill in an example' }).click();
	await expect(page.getByLabel('Graph as JSON')).not.toHaveValue('');
	await page.getByRole('button', { name: 'Show it' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Fire module');
	const said = page.getByText('This browser keeps nothing for the site, or has no room left.');
	await expect(said).toBeVisible();
	await page.locator('.notice', { has: said }).getByRole('button', { name: 'Close' }).click();
	await page.getByLabel('Theme').selectOption('dark');
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
	await expect(said).toBeHidden();
	await open(page, '/en/offline');
	await expect(page.getByText('This browser keeps nothing here')).toBeVisible();
	await open(page, `/en/playground?${smallNetwork}`);
	await page.getByText('Weights kept in this browser').click();
	await expect(page.getByText('None: this browser keeps no files for the site')).toBeVisible();
	expect(thrown).toEqual([]);
});

test('where there is no room, networks run, and it is said once and in the list that their weights were not kept', async ({
	page,
	baseURL
}) => {
	const client = await page.context().newCDPSession(page);
	const quota = { origin: baseURL! };
	await client.send('Storage.overrideQuotaForOrigin', { ...quota, quotaSize: 1 });
	try {
		await open(page, '/en/playground?backend=wasm');
		await expect(page.getByTestId('lane-mobilenet')).toHaveAttribute('data-phase', 'ready');
		await expect(page.getByText('What was fetched could not be kept')).toHaveCount(1);
		await page.getByText('Weights kept in this browser').click();
		await expect(page.getByText('What was fetched last could not be kept, for lack of room')).toBeVisible();
	} finally {
		await client.send('Storage.overrideQuotaForOrigin', quota);
	}
});
