/**
 * Gives pages what no one would write, in a real browser, and says what they made of it:
 *
 *     npm run build && npm run fuzz:pages -- --minutes 10 [--seed 7]
 *
 * Addresses, graphs, blocks, files of weights and pictures are altered at random. A page has to stay alive, throw nothing and stay of a
 * size that a person reads. What breaks one is made smaller while it still does, and written as a line of JSON; the last line has the
 * counts. Exit code 1 where anything was found.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type Page } from '@playwright/test';
import { formatGraph, networks } from '../src/lib/nets/index';
import { presets, writeBlock } from '../src/lib/nets/blocks';
import { encodeGraph } from '../src/lib/viz/address/graphText';
import { browserArguments, findBrowser } from './browser';
import { randomNumbers } from '../src/lib/nets/run';
import { alter, smaller } from './fuzz/alter';
import { serveSite } from './siteServer';

/** Milliseconds that a page may take to answer. */
const patience = 15_000;
/** Elements, and pixels across and down, that a page may have. */
const most = { elements: 60_000, width: 4000, height: 60_000 };

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
const minutes = Number(values.minutes ?? 1);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
if (!(minutes > 0) || !Number.isInteger(seed)) {
	process.stderr.write('fuzz:pages: --minutes takes a number above 0, --seed a whole number\n');
	process.exit(2);
}
const next = randomNumbers(String(seed));

/** A kind of thing that a page is given: those to begin with, and how the page gets one. */
interface Kind {
	readonly first: readonly Buffer[];
	give(page: Page, url: string, what: Buffer): Promise<unknown>;
}

const text = (words: readonly string[]) => words.map((word) => Buffer.from(word));
const file = (path: string) => readFileSync(path);
const small = 'network=mobilenet&weights=mobilenet:random&alpha=0.25&resolution=64';
const upload = async (page: Page, url: string, label: string, name: string, buffer: Buffer) => {
	await page.goto(`${url}/en/playground?${small}`);
	await page.locator('html[data-alive]').waitFor({ state: 'attached' });
	const mimeType = 'application/octet-stream';
	await page.locator(label).first().setInputFiles({ name, mimeType, buffer });
};

const kinds: Readonly<Record<string, Kind>> = {
	address: {
		first: text([
			'ops/standard?in=5x5x2&k=3&s=2&p=same&step=12&e=x5:77',
			'ops/transposed?in=4x4x1&k=3&s=2',
			'networks/squeezenet?open=fire2&at=conv1&flow=fire2&zoom=2',
			'compare?x=params&y=top1&hide=successor&view=1e7:1e9,50:75&net=shufflenet&groups=8',
			'compression?prune=40&bits=4',
			'convolutions?x=time',
			'blocks?block=1.pwx1/8.relu.cat(pwx1/2.relu_std3x1/2.relu)',
			'playground?network=all&picture=rocket&layer=conv1&map=2&pixel=3,4'
		]),
		give: (page, url, what) => page.goto(`${url}/en/${escaped(what.toString())}`)
	},
	graph: {
		first: [
			networks['fire-module'].build(),
			networks['shuffle-unit'].build(),
			networks.mobilenet.build()
		].map((graph) => Buffer.from(formatGraph(graph))),
		give: async (page, url, what) =>
			page.goto(`${url}/en/networks/own#graph=${await encodeGraph(what.toString())}`)
	},
	block: {
		first: text(Object.values(presets).map(({ spec }) => writeBlock(spec))),
		give: (page, url, what) => page.goto(`${url}/en/blocks?block=${encodeURIComponent(what.toString())}`)
	},
	weights: {
		first: [file('static/weights/cifar10-mobilenet/model.json')],
		give: (page, url, what) => upload(page, url, '[data-testid=weights-files]', 'model.json', what)
	},
	picture: {
		first: [
			file('static/pictures/cat.webp'),
			file('static/icons/192.png'),
			file('static/icon.svg'),
			Buffer.from('<svg viewBox="0 0 9 9"><g id="a"><rect/></g><use href="#a"/><use href="#a"/></svg>')
		],
		give: (page, url, what) => upload(page, url, 'input[accept="image/*"]', 'fuzz.bin', what)
	}
};

/** A path and a search that a browser takes, and no other page's. */
function escaped(address: string): string {
	const [path, ...rest] = address.split('?');
	const place = /^[\w/-]+$/.test(path!) ? path! : 'ops/standard';
	return rest.length === 0
		? place
		: `${place}?${encodeURI(rest.join('?').toWellFormed()).replaceAll('#', '%23')}`;
}

/** What a page makes of it; `null` where all is well. */
async function faultOf(browser: Browser, url: string, kind: Kind, what: Buffer): Promise<string | null> {
	const page = await browser.newPage({ serviceWorkers: 'block' });
	page.setDefaultTimeout(patience);
	let thrown: string | null = null;
	page.on('pageerror', (error) => (thrown ??= `thrown: ${error.message.slice(0, 200)}`));
	page.on('crash', () => (thrown ??= 'the page crashed'));
	try {
		await kind.give(page, url, what);
		await page.locator('html[data-alive]').waitFor({ state: 'attached' });
		// Parts below the first screen come when they are near.
		const size = await page.evaluate(async () => {
			scrollTo(0, document.documentElement.scrollHeight);
			await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
			const { scrollWidth: width, scrollHeight: height } = document.documentElement;
			return { elements: document.querySelectorAll('*').length, width, height };
		});
		for (const [name, value] of Object.entries(size))
			if (value > most[name as keyof typeof most]) thrown ??= `${name}: ${value}`;
		return thrown;
	} catch (error) {
		return thrown ?? `no answer: ${(error as Error).message.split('\n')[0]!.slice(0, 200)}`;
	} finally {
		await page.close();
	}
}

const server = await serveSite();
const browser = await chromium.launch({ executablePath: findBrowser(), args: browserArguments });
const counts: Record<string, number> = {};
let found = 0;
const end = Date.now() + minutes * 60_000;
try {
	while (Date.now() < end) {
		const names = Object.keys(kinds);
		const name = names[Math.floor(next() * names.length)]!;
		const kind = kinds[name]!;
		const what = alter(kind.first[Math.floor(next() * kind.first.length)]!, next);
		counts[name] = (counts[name] ?? 0) + 1;
		const fault = await faultOf(browser, server.url, kind, what);
		if (fault === null) continue;
		found++;
		const least = await smaller(
			what,
			async (part) => (await faultOf(browser, server.url, kind, part)) !== null
		);
		const isText = least.equals(Buffer.from(least.toString()));
		process.stdout.write(
			`${JSON.stringify({ kind: name, fault, ...(isText ? { text: least.toString() } : { base64: least.toString('base64') }) })}\n`
		);
	}
} finally {
	await browser.close();
	await server.close();
}
process.stdout.write(`${JSON.stringify({ seed, minutes, counts, found })}\n`);
process.exitCode = found === 0 ? 0 : 1;
