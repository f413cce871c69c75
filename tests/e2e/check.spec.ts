import { openAll } from './bench';
import { alone, expect, test } from './site';

alone('TensorFlow.js is loaded when it is asked for, and not before', async ({ page }) => {
	const scripts: { url: string; size: number }[] = [];
	page.on('response', async (response) => {
		if (response.request().resourceType() !== 'script') return;
		scripts.push({ url: response.url(), size: (await response.body().catch(() => '')).length });
	});
	await openAll(page, '/en/ops/standard');
	await page.waitForLoadState('networkidle');
	expect(scripts.length).toBeGreaterThan(0);
	expect(scripts.filter(({ url, size }) => /tfjs|tensorflow|check/.test(url) || size > 250_000)).toEqual([]);

	const script = page.waitForRequest(/check\.worker/);
	await page.getByRole('button', { name: 'Check against TensorFlow.js' }).click();
	await script;
	await expect(page.getByText('TensorFlow.js agrees: largest difference 0 over 27 values')).toBeVisible();
	// Its worker does not stay.
	await expect.poll(() => page.workers().length).toBe(0);
});

// That it agrees for each operation is held without a browser, in parity/bench.
test('a chain of three layers, with the shuffle between, goes to the worker and back', async ({ page }) => {
	await openAll(page, '/en/ops/shuffle?seed=5');
	await page.getByRole('button', { name: 'Check against TensorFlow.js' }).click();
	await expect(page.getByText(/TensorFlow\.js agrees: largest difference/)).toBeVisible();
});

test('what was found of other numbers is taken back', async ({ page }) => {
	await openAll(page, '/en/ops/standard');
	await page.getByRole('button', { name: 'Check against TensorFlow.js' }).click();
	await expect(page.getByText(/TensorFlow\.js agrees/)).toBeVisible();
	await page.getByRole('button', { name: 'New numbers' }).click();
	await expect(page.getByText(/TensorFlow\.js agrees/)).toHaveCount(0);
});

test('where TensorFlow.js cannot be loaded, one sentence says so', async ({ page, quiet }) => {
	await page.route(/check\.worker/, (route) => route.abort());
	await openAll(page, '/zh/ops/standard');
	const check = page.getByRole('button', { name: '用 TensorFlow.js 核对' });
	await check.click();
	await expect(page.locator('#unloaded')).toBeVisible();
	await expect(page.getByText(/TensorFlow\.js 无法在此设备上完成计算/)).toHaveCount(0);
	await expect(check).toBeEnabled();
	// The browser logs what this test has kept from it.
	quiet.splice(0, quiet.length, ...quiet.filter((trouble) => !/ERR_FAILED|Failed to load/.test(trouble)));
});

test('a check that hangs is cancelled, and can be asked for again', async ({ page }) => {
	const script = /check\.worker/;
	const check = page.getByRole('button', { name: 'Check against TensorFlow.js' });
	await page.route(script, () => {});
	await openAll(page, '/en/ops/standard');
	await check.click();
	await expect(page.getByText('Loading TensorFlow.js and computing')).toBeVisible();
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(check).toBeFocused();
	await expect(page.getByText('Loading TensorFlow.js and computing')).toHaveCount(0);
	await expect.poll(() => page.workers().length).toBe(0);
	await page.unroute(script);
	await check.click();
	await expect(page.getByText(/TensorFlow\.js agrees/)).toBeVisible();
});
