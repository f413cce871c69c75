/**
 * Uses the built site for longer than anyone does, in a real browser, and prints what memory it took, as JSON:
 *
 *     npm run build && npm run endure -- [--quick] [--only runs|switches|trainings|teachings|pages]
 *
 * 10,000 runs of a network, 100 changes from network to network, 50 trainings, 50 teachings of own classes, 100 pages in one tab; with
 * `--quick` 500, 20, 15, 15 and 30, in a few minutes.
 * Between, garbage is collected and memory is read: megabytes of script, megabytes of the whole process that shows the page (its workers
 * and their WASM too, on Linux), nodes of documents and listeners. Each must level off: exit code 1 where the last third of the readings
 * lies higher than the middle third by more than `slack` allows.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type Browser, type CDPSession, type Page } from '@playwright/test';
import { readArguments } from './arguments';
import { refuse, runCommand } from './streams';
import { openPage } from './browser';
import { settled } from './endure/settled';
import { onSite } from './onSite';

const { values } = readArguments('endure', {
	options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } }
});

/** What is read each time, and by how much it may lie higher: a share of it, and some more. */
const slack = {
	scriptMegabytes: { share: 0.05, more: 0.5 },
	processMegabytes: { share: 0.1, more: 30 },
	nodes: { share: 0.1, more: 500 },
	listeners: { share: 0, more: 8 }
} as const;
type Reading = Record<keyof typeof slack, number>;

/** Readings of one scene. */
const readings = 12;

/** A network that is small enough to answer many times a second, and others of its size. */
const small =
	'weights=mobilenet:random,squeezenet:random,shufflenet:random,xception:random&alpha=0.25&resolution=64';

/** Megabytes of the process that shows the page. */
async function processMegabytes(browser: CDPSession): Promise<number> {
	const { processInfo } = (await browser.send('SystemInfo.getProcessInfo')) as {
		processInfo: readonly { readonly type: string; readonly id: number }[];
	};
	const sizes = processInfo
		.filter(({ type, id }) => type === 'renderer' && existsSync(`/proc/${id}/status`))
		.map(({ id }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0));
	return Math.max(0, ...sizes) / 1024;
}

async function read(page: CDPSession, browser: CDPSession): Promise<Reading> {
	// Twice: what a finalizer lets go of is garbage only then.
	for (let i = 0; i < 2; i++) await page.send('HeapProfiler.collectGarbage');
	const { usedSize } = await page.send('Runtime.getHeapUsage');
	const { nodes, jsEventListeners } = await page.send('Memory.getDOMCounters');
	return {
		scriptMegabytes: usedSize / 2 ** 20,
		processMegabytes: await processMegabytes(browser),
		nodes,
		listeners: jsEventListeners
	};
}

interface Scene {
	readonly times: number;
	/** With `--quick`. */
	readonly few: number;
	/** What is done before anything is read, so that all is loaded that stays loaded. */
	readonly warmUp: number;
	open(page: Page, url: string): Promise<void>;
	/** Does it once. @returns how often it was done by that */
	act(page: Page, turn: number): Promise<number>;
	/** Goes where it is read, so that readings are of the same page. */
	rest?(page: Page): Promise<void>;
}

/** Pictures of the site, as files of a reader's. */
const samples = readdirSync('static/pictures').map((name) => `static/pictures/${name}`);

const openPlayground = async (page: Page, url: string) => {
	await openPage(page, `${url}/en/playground?network=mobilenet&backend=wasm&${small}`);
	await page.evaluate(settled, '.stage > .head button:last-child');
};

const scenes: Readonly<Record<string, Scene>> = {
	runs: {
		...{ times: 10_000, few: 500, warmUp: 5 },
		open: openPlayground,
		act: (page) => page.evaluate(settled, '.stage > .head button:last-child')
	},
	switches: {
		...{ times: 100, few: 20, warmUp: 10 },
		open: openPlayground,
		// Each of the four, and all of them side by side.
		act: async (page, turn) => {
			await page.evaluate(settled, `.choice button:nth-of-type(${1 + (turn % 5)})`);
			return 1;
		}
	},
	trainings: {
		// As many as the page remembers where they stood are no growth.
		...{ times: 50, few: 15, warmUp: 8 },
		open: async (page, url) => {
			await openPage(page, `${url}/en/train?batch=16`);
		},
		// Each begins anew with another seed, and is left in the middle.
		act: async (page, turn) => {
			await page
				.getByText('Change the experiment')
				.evaluate((of) => ((of.parentElement as HTMLDetailsElement).open = true));
			await page.getByLabel('Seed').fill(String(turn + 1));
			await page.getByLabel('Seed').blur();
			await page.getByRole('button', { name: 'Play' }).click();
			await page.getByText(/^Step [1-9]\d/).waitFor();
			return 1;
		},
		// One that goes on holds more the longer it goes on.
		rest: async (page) => {
			await page.getByRole('button', { name: 'Reset' }).click();
			await page.getByText(/^Step 0/).waitFor();
		}
	},
	teachings: {
		...{ times: 50, few: 15, warmUp: 5 },
		open: async (page, url) => {
			await openPage(page, `${url}/en/playground/classes`);
			await page.getByRole('button', { name: 'Fill in an example' }).click();
			await page.getByText('15 pictures').first().waitFor();
			await page.getByTestId('class-1').getByRole('button', { name: /^More/ }).click();
		},
		// A class gets other pictures, all four learn again, answer, and one is made a file.
		act: async (page, turn) => {
			const first = page.getByTestId('class-1');
			await first.getByRole('button', { name: 'Remove all its pictures' }).click();
			const names = [...samples, ...samples].slice(turn % samples.length).slice(0, 4);
			await first.locator('input[type=file]').setInputFiles(names);
			await first.getByText('4 pictures', { exact: true }).waitFor();
			await page.getByRole('button', { name: /^Train/ }).click();
			await page.getByRole('link', { name: 'See which network is best' }).waitFor();
			await page.getByTestId('try-file').setInputFiles(names[0]!);
			await page.getByTestId('answers').locator('dt.top').nth(3).waitFor();
			const saved = page.waitForEvent('download');
			await page.getByRole('button', { name: /^Save MobileNet/ }).click();
			await (await saved).delete();
			return 1;
		}
	},
	pages: {
		...{ times: 100, few: 30, warmUp: 15 },
		open: async (page, url) => {
			await openPage(page, `${url}/en`);
		},
		act: async (page, turn) => {
			const links = page.locator('footer a[href*="/en/"]:not([href$="/gallery"])');
			await links.nth(turn % (await links.count())).click();
			await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
			return 1;
		},
		rest: async (page) => {
			await page.locator('header a.name').click();
			await page.waitForURL(/\/en$/);
			await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
		}
	}
};

/** Readings that rose where they should have levelled off. */
function rising(all: readonly Reading[]): string[] {
	const third = Math.floor(all.length / 3);
	const middle = (of: readonly Reading[], name: keyof Reading) =>
		of.map((reading) => reading[name]).sort((a, b) => a - b)[of.length >> 1]!;
	return (Object.keys(slack) as (keyof Reading)[]).filter((name) => {
		const [before, after] = [middle(all.slice(third, 2 * third), name), middle(all.slice(-third), name)];
		return after > (1 + slack[name].share) * before + slack[name].more;
	});
}

async function endure(browser: Browser, url: string, scene: Scene) {
	const { times, few, warmUp, open, act, rest } = scene;
	const page = await browser.newPage({ serviceWorkers: 'block' });
	page.setDefaultTimeout(120_000);
	// tsx wraps functions in a call by which they keep their names; pages do not know it.
	await page.addInitScript('globalThis.__name = (of) => of');
	const troubles: string[] = [];
	page.on('pageerror', (error) => troubles.push(error.message));
	const [ofPage, ofBrowser] = [
		await page.context().newCDPSession(page),
		await browser.newBrowserCDPSession()
	];
	await open(page, url);
	const wanted = values.quick ? few : times;
	const all: Reading[] = [];
	let done = 0;
	for (let turn = 0; done < wanted; turn++) {
		const count = await act(page, turn);
		if (turn < warmUp) continue;
		done += count;
		if (done < ((all.length + 1) * wanted) / readings) continue;
		await rest?.(page);
		while (done >= ((all.length + 1) * wanted) / readings) all.push(await read(ofPage, ofBrowser));
	}
	await page.close();
	const rounded = Object.fromEntries(
		(Object.keys(slack) as (keyof Reading)[]).map((name) => [
			name,
			all.map((of) => Math.round(10 * of[name]) / 10)
		])
	);
	return { done, ...rounded, rising: rising(all), troubles: troubles.slice(0, 5) };
}

const asked = Object.entries(scenes).filter(([name]) => values.only === undefined || values.only === name);
if (asked.length === 0) refuse('endure', `--only ${values.only}: expected ${Object.keys(scenes).join(', ')}`);

await runCommand('endure', () =>
	onSite(async (browser, site) => {
		const results: Record<string, Awaited<ReturnType<typeof endure>>> = {};
		for (const [name, scene] of asked) results[name] = await endure(browser, site, scene);
		process.stdout.write(`${JSON.stringify(results, null, '\t')}\n`);
		const isWell = Object.values(results).every(
			({ rising, troubles }) => rising.length + troubles.length === 0
		);
		process.exitCode = isWell ? 0 : 1;
	})
);
