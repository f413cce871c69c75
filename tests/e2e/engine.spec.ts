import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import sirv from 'sirv';
import { build } from 'vite';
import { isolationHeaders } from '../../src/lib/engine/isolate';
import { threadedWasm } from '../../tools/vite-engine';
import type {} from './engine/main';

test.describe.configure({ mode: 'default' });

/** A page of its own, since what is tested is the engine in a minified build, with and without isolation. */
const folder = mkdtempSync(join(tmpdir(), 'lightnets-engine-'));
let server: Server;
let address: string;

test.beforeAll(async () => {
	test.setTimeout(120_000);
	await build({
		configFile: false,
		root: 'tests/e2e/engine',
		base: './',
		logLevel: 'error',
		plugins: [threadedWasm()],
		worker: { format: 'es', plugins: () => [threadedWasm()] },
		build: { outDir: folder, emptyOutDir: true }
	});
	const options = { dev: false, etag: true };
	const plain = sirv(folder, options);
	const isolated = sirv(folder, {
		...options,
		setHeaders: (response) => {
			for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value);
		}
	});
	server = createServer((request, response) => {
		const [, kind] = /^\/(plain|isolated)\//.exec(request.url ?? '') ?? [];
		request.url = (request.url ?? '').replace(/^\/(plain|isolated)/, '');
		const files = kind === 'isolated' ? isolated : plain;
		files(request, response, () => void response.writeHead(404).end());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
test.afterAll(() => void server.close());

async function open(page: Page, kind: 'plain' | 'isolated'): Promise<void> {
	await page.goto(`${address}/${kind}/index.html`);
	await page.locator('html[data-alive]').waitFor({ state: 'attached' });
}

/** Runs a small ShuffleNet on a grey picture, on the backend chosen. */
function runSmall(page: Page, choice: 'wasm' | 'webgl' | 'auto') {
	return page.evaluate(async (choice) => {
		const { Engine, networks, preprocessings } = window.parts;
		const engine = new Engine();
		const started = await engine.start(choice);
		const graph = networks.shufflenet.build({ scale: 0.5, resolution: 64, classes: 7 });
		const { id, units } = await engine.load(graph, { kind: 'random', seed: 3 });
		const picture = { width: 80, height: 70, data: new Uint8ClampedArray(80 * 70 * 4).fill(200) };
		const input = { kind: 'picture', picture, preprocessing: preprocessings.imagenet } as const;
		const { output, watched, backend } = await engine.run(id, input, { watch: ['stage2/unit2/shuffle'] });
		engine.close();
		return {
			...{ started, backend, units: units.length },
			output: [...output.data],
			watched: watched['stage2/unit2/shuffle']!.shape
		};
	}, choice);
}

test('runs with several threads in a minified build, where the page is isolated', async ({ page }) => {
	await open(page, 'isolated');
	const { started, output, watched } = await runSmall(page, 'wasm');
	expect(started.notices).toEqual([]);
	expect(started.backend.name).toBe('wasm');
	expect(started.backend.kernels).not.toBeNull();
	expect(started.backend.threads).toBe(await page.evaluate(() => navigator.hardwareConcurrency));
	expect(output.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
	expect(watched).toEqual([8, 8, 30]);
});

test('runs with one thread where the page is not isolated, says so, and computes the same', async ({
	page
}) => {
	await open(page, 'isolated');
	const threaded = await runSmall(page, 'wasm');
	await open(page, 'plain');
	const { started, output } = await runSmall(page, 'wasm');
	expect(started.notices.map(({ code }) => code)).toEqual(['oneThread']);
	expect(started.backend.threads).toBe(1);
	output.forEach((value, i) => expect(value).toBeCloseTo(threaded.output[i]!, 5));
});

test('falls back to WASM where a GPU is not to be had or only software, and says so', async ({ page }) => {
	await open(page, 'isolated');
	const { started, backend } = await runSmall(page, 'auto');
	expect(backend).toBe('wasm');
	expect(started.measured.map(({ name }) => name)).toEqual(['wasm']);
	expect(started.notices.map(({ code, params }) => [code, params['backend']])).toEqual([
		['unavailable', 'webgpu'],
		['unavailable', 'webgl']
	]);
});

test('a run that is cancelled rejects, and the engine goes on', async ({ page }) => {
	await open(page, 'isolated');
	const codes = await page.evaluate(async () => {
		const { Engine, networks } = window.parts;
		const engine = new Engine();
		const graph = networks.mobilenet.build({ alpha: 0.25, resolution: 64, classes: 3 });
		const { id } = await engine.load(graph, { kind: 'random', seed: 3 });
		const codeOf = async (promise: Promise<unknown>) =>
			promise.then(
				() => 'done',
				(error: unknown) => (error as { code: string }).code
			);
		const values = [new Float32Array(64 * 64 * 3)];
		const cancel = new AbortController();
		const bench = engine.benchmark(id, {
			rounds: 10000,
			signal: cancel.signal,
			progress: () => cancel.abort()
		});
		const codes = [
			await codeOf(bench),
			await codeOf(engine.run(id, { kind: 'values', values })),
			await codeOf(engine.run(id + 1, { kind: 'values', values })),
			await codeOf(engine.run(id, { kind: 'values', values }, { signal: AbortSignal.abort() }))
		];
		const last = codeOf(engine.benchmark(id, { rounds: 10000 }));
		engine.close();
		return [...codes, await last];
	});
	expect(codes).toEqual(['cancelled', 'done', 'unloaded', 'cancelled', 'cancelled']);
});
