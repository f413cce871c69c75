import { expect, test } from '@playwright/test';
import { createServer, type ViteDevServer } from 'vite';

// One server for all.
test.describe.configure({ mode: 'default' });
let server: ViteDevServer;

test.beforeAll(async () => {
	server = await createServer({ logLevel: 'silent', server: { port: 0 } });
	await server.listen();
});
test.afterAll(() => server.close());

test('what npm start opens is alive without a build, and asks for a few hundred files at most', async ({
	page
}) => {
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	await page.goto(new URL('/zh/ops/standard', server.resolvedUrls!.local[0]).href);
	await page.locator('html[data-alive]').waitFor({ state: 'attached' });
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('标准卷积');
	expect(asked.length).toBeGreaterThan(10);
	expect(asked.length).toBeLessThan(400);
});

test('networks run there, in the threads of TensorFlow.js, under the policy that the built site has', async ({
	page
}) => {
	const troubles: string[] = [];
	page.on('pageerror', ({ message }) => troubles.push(message));
	const address =
		'/en/playground?network=mobilenet&weights=mobilenet:random&alpha=0.25&resolution=64&backend=wasm';
	await page.goto(new URL(address, server.resolvedUrls!.local[0]).href);
	await page.locator('html[data-alive]').waitFor({ state: 'attached' });
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(page.getByTestId('lane-mobilenet')).toHaveAttribute('data-phase', 'ready');
	expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
	expect(troubles).toEqual([]);
});

test('where nothing was built, the licences are those of the packages that are declared', async ({
	request
}) => {
	const address = (path: string) => new URL(path, server.resolvedUrls!.local[0]).href;
	const licences = await (await request.get(address('/en/licences'))).text();
	expect(licences).toContain('This is the development server');
	const text = /licences\/svelte-[\d.]+\.txt/.exec(licences)?.[0];
	expect(await (await request.get(address(`/${text}`))).text()).toContain('Permission is hereby granted');
});
