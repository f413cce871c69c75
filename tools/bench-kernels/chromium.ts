import { benchPage } from '../benchPage';
import { launchBrowser } from '../browser';
import type * as measuring from './measure';
import type * as winograd from './winograd';

interface Modules {
	readonly measure: typeof measuring;
	readonly winograd: typeof winograd;
}

/** Calls a function of a module in this folder, which takes layers and settings, in an isolated page of Chromium. */
export async function inChromium<
	M extends keyof Modules,
	F extends keyof Modules[M],
	Measure extends Modules[M][F] & ((layers: never, settings: never) => Promise<unknown>)
>(
	module: M,
	name: F,
	layers: Parameters<Measure>[0],
	settings: measuring.Settings
): Promise<Awaited<ReturnType<Measure>>> {
	const { createServer } = await import('vite');
	const server = await createServer({
		configFile: false,
		logLevel: 'error',
		root: new URL('../..', import.meta.url).pathname,
		server: { port: 0 },
		appType: 'custom',
		plugins: [benchPage()],
		optimizeDeps: {
			include: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-wasm', 'd3-array'],
			noDiscovery: true
		},
		cacheDir: 'node_modules/.vite-bench'
	});
	await server.listen();
	const browser = await launchBrowser();
	try {
		const page = await browser.newPage();
		page.on('console', (message) => console.error(message.text()));
		await page.goto(new URL('bench', server.resolvedUrls!.local[0]).href);
		return (await page.evaluate(
			async ([module, name, layers, settings]) => {
				const path = `/tools/bench-kernels/${module}.ts`;
				const all = (await import(/* @vite-ignore */ path)) as Record<string, (...of: unknown[]) => unknown>;
				return all[name]!(layers, settings);
			},
			[
				module,
				name as string,
				layers as unknown,
				{ ...settings, wasm: '/node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/' }
			] as const
		)) as Awaited<ReturnType<Measure>>;
	} finally {
		await browser.close();
		await server.close();
	}
}
