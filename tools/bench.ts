/**
 * Measures what the budgets and aims speak of, in a real browser, and prints it as JSON. Nothing here passes or fails.
 *
 *     npm run build && npm run bench -- [--only lighthouse|pages|training|analyses|networks|winograd] [--networks A,B] [--threads 1,2] [--rounds N]
 *         [--runs N] [--visits N]
 *
 * `lighthouse`: its scores, as on a phone, of a page of each kind: median of five visits; aims are 95.
 * `pages`: script of the built site's pages, what a move of a slider costs, what a frame of a figure that plays does, how long the next picture
 *     waits for what a reader does, and how long the main thread is held up while networks run.
 * `training`: how often the curves of `/train` are drawn while seven networks learn, and when the standard one has learned.
 * `analyses`: how long all analyses of Xception take; the budget is 20 ms.
 * `winograd`: 3×3 convolutions, and 7×7 ones at stride 2, directly and by Winograd's method, and how well the engine chooses; on one thread.
 * `networks`: each network at full size here and in onnxruntime-web, each on 32-bit numbers and on 8-bit integers, and as plain layers of
 *     TensorFlow.js, in fresh pages that take turns.
 *
 *     npm run bench -- --record FILE
 *
 * times each unit of the networks instead, on one thread, for the figure of the lessons.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { median } from 'd3-array';
import type { Browser, Page } from '@playwright/test';
import { networkIds } from '../src/lib/nets';
import { readArguments, readChoices, readNumber, readNumbers } from './arguments';
import { CommandError, refuse, runCommand } from './streams';
import { analysesTimes } from './bench-networks/analyses';
import { inChromium } from './bench-kernels/chromium';
import { judge } from './bench-kernels/judge';
import { winogradLayers } from './bench-kernels/winograd';
import { benchedNetworks, benchNetworks, recordedNetworks, recordUnits } from './bench-networks/bench';
import { frameCosts } from './bench-pages/frames';
import { interactionCosts } from './bench-pages/interactions';
import { lighthouseScores, type Scores } from './bench-pages/lighthouse';
import { mainThread } from './bench-pages/mainThread';
import { trainingPace } from './bench-pages/training';
import { openPage } from './browser';
import { onSite } from './onSite';
import { scriptBytes } from './scriptBytes';

/** Pages whose script is weighed; budgets are in `tests/e2e/sizes.spec.ts`. */
const weighed = () => [
	'/en',
	'/en/ops/standard',
	'/en/ops/shuffle',
	'/en/embed/ops/standard',
	'/en/networks/mobilenet',
	'/en/networks/xception',
	'/en/compare',
	'/en/playground',
	'/en/learn',
	...readdirSync('build/en/learn')
		.filter((file) => file.endsWith('.html'))
		.map((file) => `/en/learn/${file.slice(0, -'.html'.length)}`)
];

/** Sliders that are moved: budgets are 4 ms of script a step of the bench's largest layer, 16 ms in all MobileNet, 50 ms Xception. */
const moved = {
	'bench, 5×5×2 → 3×3×3, step': { address: '/en/ops/standard', slider: '.bar input[type=range]', moves: 60 },
	'bench, 12×12×12 → 12×12×12, multiplication': {
		address: '/en/ops/standard?in=12x12x12&f=12&p=same&grain=multiply',
		slider: '.bar input[type=range]',
		moves: 60
	},
	'MobileNet, alpha': { address: '/en/networks/mobilenet', slider: '.knobs input[type=range]', moves: 30 },
	'Xception, width': { address: '/en/networks/xception', slider: '.knobs input[type=range]', moves: 30 },
	'chart, MobileNet alpha': { address: '/en/compare', slider: 'input[type=range]', moves: 30 }
};

const round = (value: number) => Math.round(value * 100) / 100;

async function open(browser: Browser, address: string): Promise<Page> {
	const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
	await openPage(page, address, { waitUntil: 'networkidle' });
	return page;
}

/** Kilobytes of script that a page takes, each file gzipped. */
async function scriptSize(browser: Browser, address: string): Promise<number> {
	const page = await browser.newPage();
	const bytes = await scriptBytes(page, address);
	await page.close();
	return round(bytes / 1024);
}

interface Cost {
	readonly median: number;
	readonly worst: number;
}

const costOf = (times: readonly number[]): Cost => ({
	median: round(median(times)!),
	worst: round(Math.max(...times))
});

/**
 * Milliseconds that each move of a range input costs, up to the next frame, by the browser's own account: script (its event,
 * Svelte's updates and what they cause), and all that the main thread does, layout and painting too.
 */
async function moveCost(page: Page, selector: string, moves: number): Promise<{ script: Cost; all: Cost }> {
	const client = await page.context().newCDPSession(page);
	await client.send('Performance.enable');
	const spent = async () => {
		const { metrics } = await client.send('Performance.getMetrics');
		const of = (wanted: string) => (metrics.find(({ name }) => name === wanted)?.value ?? 0) * 1000;
		return { script: of('ScriptDuration'), all: of('TaskDuration') };
	};
	const slider = page.locator(selector).first();
	const move = (fraction: number) =>
		slider.evaluate((input: HTMLInputElement, at) => {
			const [min, max] = [Number(input.min), Number(input.max)];
			// Of one that stands anywhere, places between two steps.
			const step = Number(input.step) || 0.37;
			input.value = String(min + Math.round(((max - min) * at) / step) * step);
			input.dispatchEvent(new Event('input', { bubbles: true }));
			return new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
		}, fraction);
	const costs: { script: number; all: number }[] = [];
	for (let i = 0; i < moves + 5; i++) {
		const before = await spent();
		await move(((i * 7919) % 1000) / 1000);
		const after = await spent();
		// The first moves compile and warm up.
		if (i >= 5) costs.push({ script: after.script - before.script, all: after.all - before.all });
	}
	return { script: costOf(costs.map(({ script }) => script)), all: costOf(costs.map(({ all }) => all)) };
}

const { values: given } = readArguments('bench', {
	options: {
		only: { type: 'string' },
		networks: { type: 'string' },
		threads: { type: 'string', default: [...new Set([1, availableParallelism()])].join(',') },
		rounds: { type: 'string', default: '3' },
		runs: { type: 'string', default: '10' },
		visits: { type: 'string', default: '5' },
		record: { type: 'string' }
	}
});
const networks =
	given.networks === undefined
		? given.record === undefined
			? benchedNetworks
			: recordedNetworks
		: readChoices('bench', 'networks', given.networks, networkIds);

const benchPages = () =>
	onSite(
		async (browser, site) => {
			const scriptKilobytes: Record<string, number> = {};
			for (const address of weighed()) scriptKilobytes[address] = await scriptSize(browser, site + address);
			const moveMilliseconds: Record<string, { script: Cost; all: Cost }> = {};
			for (const [name, { address, slider, moves }] of Object.entries(moved)) {
				const page = await open(browser, site + address);
				moveMilliseconds[name] = await moveCost(page, slider, moves);
				await page.close();
			}
			return {
				scriptKilobytes,
				moveMilliseconds,
				frameMilliseconds: await frameCosts(browser, site),
				interactionMilliseconds: await interactionCosts(browser, site),
				longestTasks: await mainThread(browser, site)
			};
		},
		'--use-fake-device-for-media-stream',
		'--use-fake-ui-for-media-stream'
	);

/** One page of each kind. */
const rated = [
	'/en',
	'/en/ops/standard',
	'/en/networks/mobilenet',
	'/en/compare',
	'/en/playground',
	'/en/learn/convolution'
];

function benchLighthouse(visits: number) {
	// Lighthouse drives the browser itself, and wants to know where.
	const debugging = 9222 + (process.pid % 1000);
	return onSite(async (_, site) => {
		const scores: Record<string, Scores> = {};
		for (const address of rated) scores[address] = await lighthouseScores(site + address, debugging, visits);
		return { lighthouse: scores };
	}, `--remote-debugging-port=${debugging}`);
}

async function main(): Promise<void> {
	const whole = { min: 1, max: 1e6, isWhole: true };
	const numbers = {
		threads: readNumbers('bench', 'threads', given.threads, { ...whole, max: 256 }),
		rounds: readNumber('bench', 'rounds', given.rounds, whole),
		runs: readNumber('bench', 'runs', given.runs, whole)
	};
	const visits = readNumber('bench', 'visits', given.visits, whole);
	if (given.record !== undefined) {
		// Known before it measures for minutes.
		if (!existsSync(dirname(given.record))) throw new CommandError(`${dirname(given.record)} is not there`);
		writeFileSync(
			given.record,
			`${JSON.stringify(await recordUnits({ networks, ...numbers, threads: 1 }))}\n`
		);
		return;
	}
	const parts: Readonly<Record<string, () => Promise<object> | object>> = {
		lighthouse: () => benchLighthouse(visits),
		pages: benchPages,
		training: async () => ({ training: await onSite(trainingPace) }),
		analyses: () => {
			const [first = 0, ...later] = analysesTimes('xception');
			return { analysesMilliseconds: { xception: { first: round(first), ...costOf(later) } } };
		},
		winograd: async () => ({
			winograd: judge(
				await inChromium('winograd', 'measureWinograd', winogradLayers, {
					threads: 1,
					rounds: 10 * numbers.rounds
				})
			)
		}),
		networks: async () => ({ networks: await benchNetworks({ networks, ...numbers }) })
	};
	const names = Object.keys(parts).filter((name) => given.only === undefined || given.only === name);
	if (names.length === 0) refuse('bench', `--only ${given.only}: expected ${Object.keys(parts).join(', ')}`);
	const figures = {};
	for (const name of names) Object.assign(figures, await parts[name]!());
	// What the command is for: JSON on standard output.
	console.log(JSON.stringify(figures, null, '\t'));
}

await runCommand('bench', main);
