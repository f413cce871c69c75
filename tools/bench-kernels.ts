/**
 * Measures each convolution of the four networks: the library's operator and our kernel, in turn. Prints JSON.
 *
 *     npx tsx tools/bench-kernels.ts [--browser] [--threads N] [--rounds N] [--plain] [--only TEXT]
 *
 * In Node, which has one thread (TensorFlow.js gives it no more), or in Chromium (--browser).
 * `libraryThreads` in the report is what TensorFlow.js itself got; compare the two only where it is `threads`.
 */
import v8 from 'node:v8';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { readArguments } from './arguments';
import { layers } from './bench-kernels/layers';
import { measure, type Report, type Settings } from './bench-kernels/measure';
import { findBrowser } from './browser';

const { values } = readArguments('bench-kernels', {
	options: {
		browser: { type: 'boolean', default: false },
		threads: { type: 'string', default: '1' },
		rounds: { type: 'string', default: '15' },
		plain: { type: 'boolean', default: false },
		only: { type: 'string', default: '' }
	}
});
const settings: Settings = {
	threads: Number(values.threads),
	rounds: Number(values.rounds),
	...(values.plain && { relaxed: false })
};
const chosen = layers.filter(({ network }) => network.includes(values.only));

async function inChromium(): Promise<Report> {
	const server = await createServer({
		configFile: false,
		logLevel: 'error',
		root: new URL('..', import.meta.url).pathname,
		server: { port: 0 },
		appType: 'custom',
		plugins: [
			{
				name: 'bench-page',
				configureServer: ({ middlewares }) => {
					middlewares.use((_request, response, next) => {
						// Shared memory, so threads, only in isolated pages, which also have the finer clock.
						response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
						response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
						next();
					});
					middlewares.use('/bench', (_request, response) => {
						response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>bench</title>');
					});
				}
			}
		],
		optimizeDeps: { include: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm'], noDiscovery: true },
		cacheDir: 'node_modules/.vite-bench'
	});
	await server.listen();
	const browser = await chromium.launch({
		executablePath: findBrowser(),
		args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking']
	});
	try {
		const page = await browser.newPage();
		page.on('console', (message) => console.error(message.text()));
		await page.goto(new URL('bench', server.resolvedUrls!.local[0]).href);
		return await page.evaluate(
			async ([layers, settings]) => {
				const module = '/tools/bench-kernels/measure.ts';
				const { measure } = (await import(/* @vite-ignore */ module)) as { measure: typeof measure };
				return measure(layers, settings);
			},
			[chosen, { ...settings, wasm: '/node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/' }] as const
		);
	} finally {
		await browser.close();
		await server.close();
	}
}

async function inNode(): Promise<Report> {
	// Node 20 has it behind a flag.
	v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
	return measure(chosen, { ...settings, threads: 1 });
}

const report = values.browser ? await inChromium() : await inNode();
const networks = [...new Set(chosen.map(({ network }) => network))].map((network) => {
	const rows = report.rows.filter((row) => row.network === network);
	const sum = (of: 'library' | 'own' | 'libraryBest' | 'ownBest') =>
		rows.reduce((ms, row) => ms + row.count * row[of], 0);
	const [libraryBest, ownBest] = [sum('libraryBest'), sum('ownBest')];
	return {
		...{ network, library: sum('library'), own: sum('own'), libraryBest, ownBest },
		ratio: libraryBest / ownBest
	};
});
console.log(JSON.stringify({ ...report, networks }, null, '\t'));
