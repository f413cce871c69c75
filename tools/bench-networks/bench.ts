import { median, min } from 'd3-array';
import type { Browser } from '@playwright/test';
import sirv from 'sirv';
import type { ViteDevServer } from 'vite';
import { randomNetworkWeights } from '../../src/lib/engine/program/weights';
import { toOnnx } from '../../src/lib/formats/onnx/write';
import { runners, seed, upToLogits, type Job, type Outcome, type RunnerName } from './job';
import { benchPage } from '../benchPage';
import { launchBrowser } from '../browser';

/** The four whose units are recorded for the lessons. */
export const recordedNetworks = ['squeezenet', 'mobilenet', 'shufflenet', 'xception'] as const;

/** Those, and one of 3×3 convolutions throughout. */
export const benchedNetworks = [...recordedNetworks, 'resnet18'] as const;

export interface NetworksOptions {
	readonly networks: readonly string[];
	/** One entry for each number of threads that is measured. */
	readonly threads: readonly number[];
	/** Fresh pages for each network and runner, which take turns. */
	readonly rounds: number;
	/** Runs that are counted in each page. */
	readonly runs: number;
}

type RecordOptions = Omit<NetworksOptions, 'threads'> & { readonly threads: number };

/** Milliseconds of a network by runner, and the engine's over the others'. */
export interface NetworkTimes {
	readonly network: string;
	readonly threads: number;
	/** Median of each page's median. */
	readonly milliseconds: Readonly<Record<RunnerName, number>>;
	/** The fastest run of all, which a busy machine disturbs least. */
	readonly best: Readonly<Record<RunnerName, number>>;
	/** Engine over the others, and over itself on integers: of the medians, and of the fastest runs. */
	readonly ratios: Readonly<
		Record<Exclude<RunnerName, 'own'>, { readonly median: number; readonly best: number }>
	>;
	/** Largest difference of an output from the engine's, over the largest output: all have run the same network. */
	readonly difference: number;
	/** That of integers, which round, here and in onnxruntime-web. */
	readonly integerDifference: number;
}

const round = (value: number, digits = 2) => Number(value.toFixed(digits));

/** Measures each network at full size, here and in onnxruntime-web, each on float32 and on integers, and as plain layers of TensorFlow.js. */
export async function benchNetworks(options: NetworksOptions): Promise<readonly NetworkTimes[]> {
	return withPages(async (runIn) => {
		const results: NetworkTimes[] = [];
		for (const threads of options.threads)
			for (const network of options.networks) {
				const outcomes: Record<RunnerName, Outcome[]> = {
					...{ own: [], integers: [], onnxruntime: [], onnxruntimeIntegers: [], layers: [] }
				};
				for (let i = 0; i < options.rounds; i++)
					for (const runner of runners)
						outcomes[runner].push(
							await runIn({ runner, network, threads, runs: options.runs, units: false })
						);
				results.push(summary(network, threads, outcomes));
			}
		return results;
	});
}

/** Times each unit of the networks by the engine, in the least disturbed of several pages: what the figure in the lessons shows to begin with. */
export async function recordUnits({ networks, threads, rounds, runs }: RecordOptions) {
	return withPages(async (runIn) => {
		const recorded: Record<string, unknown> = {};
		for (const network of networks) {
			const pages: Outcome[] = [];
			for (let i = 0; i < rounds; i++)
				pages.push(await runIn({ runner: 'own', network, threads, runs, units: true }));
			const { milliseconds, units } = leastDisturbed(pages);
			recorded[network] = {
				on: { backend: 'wasm', threads },
				runs: milliseconds.map((ms) => round(ms, 2)),
				units: units!.map((unit) => ({
					nodes: unit.nodes,
					milliseconds: unit.milliseconds.map((ms) => round(ms, 3))
				}))
			};
		}
		return recorded;
	});
}

/** Times whole runs of the networks by the engine, each in the least disturbed of several pages, which take turns. */
export async function timeNetworks(
	jobs: readonly Pick<Job, 'network' | 'knobs'>[],
	{ threads, rounds, runs, warmUps }: Omit<RecordOptions, 'networks'> & Pick<Required<Job>, 'warmUps'>
) {
	return withPages(async (runIn) => {
		const pages: Outcome[][] = jobs.map(() => []);
		for (let i = 0; i < rounds; i++)
			for (const [at, job] of jobs.entries())
				pages[at]!.push(await runIn({ ...job, runner: 'own', threads, runs, warmUps, units: false }));
		const milliseconds = pages.map((of) => leastDisturbed(of).milliseconds.map((ms) => round(ms, 3)));
		return { on: { backend: 'wasm' as const, threads }, milliseconds };
	});
}

/** Of pages that ran the same, the one with the shortest median. */
function leastDisturbed(pages: readonly Outcome[]): Outcome {
	return pages.toSorted((a, b) => median(a.milliseconds)! - median(b.milliseconds)!)[0]!;
}

async function withPages<T>(use: (runIn: (job: Job) => Promise<Outcome>) => Promise<T>): Promise<T> {
	const server = await serve();
	const browser = await launchBrowser();
	try {
		return await use((job) => runInPage(browser, server, job));
	} finally {
		await browser.close();
		await server.close();
	}
}

async function runInPage(browser: Browser, server: ViteDevServer, job: Job): Promise<Outcome> {
	const page = await browser.newPage();
	try {
		await page.goto(new URL('bench', server.resolvedUrls!.local[0]).href);
		return await page.evaluate(async (of) => {
			const module = '/tools/bench-networks/page.ts';
			const { measure } = (await import(/* @vite-ignore */ module)) as {
				measure: (job: Job) => Promise<Outcome>;
			};
			return measure(of);
		}, job);
	} finally {
		await page.close();
	}
}

/** Serves this repository's sources, onnxruntime's files as they are, and the models, which are made when they are asked for. */
async function serve(): Promise<ViteDevServer> {
	const { createServer } = await import('vite');
	const server = await createServer({
		configFile: false,
		logLevel: 'error',
		root: new URL('../..', import.meta.url).pathname,
		server: { port: 0, hmr: false },
		appType: 'custom',
		plugins: [
			benchPage(),
			{
				name: 'bench-files',
				configureServer: ({ middlewares }) => {
					middlewares.use('/onnxruntime', sirv('node_modules/onnxruntime-web/dist', { dev: true }));
					middlewares.use('/models', (request, response) => {
						const id = request.url!.slice(1, -'.onnx'.length);
						const resolved = upToLogits(id);
						response.end(toOnnx(resolved, randomNetworkWeights(resolved, seed)));
					});
				}
			}
		],
		optimizeDeps: {
			include: [
				'@tensorflow/tfjs-core',
				'@tensorflow/tfjs-backend-wasm',
				'@tensorflow/tfjs-layers',
				'd3-array',
				'valibot'
			],
			noDiscovery: true
		},
		cacheDir: 'node_modules/.vite-bench'
	});
	return server.listen();
}

function summary(
	network: string,
	threads: number,
	outcomes: Readonly<Record<RunnerName, readonly Outcome[]>>
): NetworkTimes {
	const of = (take: (outcomes: readonly Outcome[]) => number) =>
		Object.fromEntries(runners.map((runner) => [runner, round(take(outcomes[runner]))])) as Record<
			RunnerName,
			number
		>;
	const milliseconds = of((pages) => median(pages, (page) => median(page.milliseconds))!);
	const best = of((pages) => min(pages, (page) => min(page.milliseconds))!);
	const ratio = (other: Exclude<RunnerName, 'own'>) => ({
		median: round(milliseconds.own / milliseconds[other]),
		best: round(best.own / best[other])
	});
	const own = outcomes.own[0]!.output;
	const largest = Math.max(...own.map(Math.abs));
	const difference = (other: RunnerName) =>
		Math.max(...outcomes[other][0]!.output.map((value, i) => Math.abs(value - own[i]!))) / largest;
	return {
		...{ network, threads, milliseconds, best },
		ratios: {
			integers: ratio('integers'),
			onnxruntime: ratio('onnxruntime'),
			onnxruntimeIntegers: ratio('onnxruntimeIntegers'),
			layers: ratio('layers')
		},
		difference: Math.max(difference('onnxruntime'), difference('layers')),
		integerDifference: Math.max(difference('integers'), difference('onnxruntimeIntegers'))
	};
}
