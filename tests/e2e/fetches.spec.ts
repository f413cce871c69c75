import type { Locator, Page, Route } from '@playwright/test';
import { openAll } from './bench';
import { expect, open, reloaded, test } from './site';

/** What goes wrong on the way of a file, and what a proxy, a host or a network's sign-in page answers then. */
const faults = {
	'is not there': (route: Route) =>
		route.fulfill({ status: 404, contentType: 'text/html', body: '<h1>Not found</h1>' }),
	'meets an error of the host': (route: Route) =>
		route.fulfill({ status: 500, contentType: 'text/plain', body: 'Internal error' }),
	'is cut': (route: Route) => answer(route, (body) => body.subarray(0, body.length >> 1)),
	'is altered': (route: Route) =>
		answer(route, (body) => body.map((byte, i) => (i < 16 ? byte ^ 0x15 : byte))),
	'is a sign-in page': (route: Route) =>
		route.fulfill({ status: 200, contentType: 'text/html', body: '<!doctype html><h1>Sign in</h1>' })
} as const;
type Fault = keyof typeof faults;
const faultNames = Object.keys(faults) as Fault[];

/** The file's own answer with another body; a proxy says the length of what it sends. */
async function answer(route: Route, change: (body: Buffer) => Uint8Array): Promise<void> {
	const response = await route.fetch();
	await route.fulfill({ response, body: Buffer.from(change(await response.body())) });
}

/** A kind of file, and what a reader who needs one meets. */
interface Kind {
	readonly files: RegExp;
	/** A page on which it was not asked for yet. */
	readonly before: (page: Page) => Promise<void>;
	/** What asks for it. */
	readonly ask: (page: Page) => Promise<void>;
	/** Where what is wrong is said. */
	readonly said: (page: Page) => Locator;
	readonly sentence: RegExp | ((fault: Fault) => RegExp);
	/** What the page offers to ask for it again, where that is not to do the same again. */
	readonly again?: (page: Page) => Promise<void>;
	/** What is there once it has come. */
	readonly works: (page: Page) => Promise<void>;
	/** While it is on its way for long; not where the page stands as it was. */
	readonly waits?: (page: Page) => Promise<void>;
	/** Whether the way to try again asks for something else, so that each fault needs a page anew. */
	readonly isAnew?: boolean;
}

const small = 'network=mobilenet&weights=mobilenet:random&alpha=0.25&resolution=64&backend=wasm';
const lane = (page: Page) => page.getByTestId('lane-mobilenet');
const ready = (page: Page) => expect(lane(page)).toHaveAttribute('data-phase', 'ready');
const run = (page: Page) => page.getByRole('button', { name: /^Run/ }).click();
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();

const weights: Omit<Kind, 'files'> = {
	before: (page) => open(page, '/en/compression'),
	ask: (page) => button(page, /^Compress it/),
	said: (page) => page.getByRole('alert'),
	sentence: (fault) =>
		fault === 'is not there'
			? /could not be fetched: the site answered 404/
			: fault === 'meets an error of the host'
				? /could not be fetched: the site answered 500/
				: /what came is not the file that this site has/,
	again: (page) => button(page, 'Try again'),
	works: (page) => expect(page.getByRole('status').filter({ hasText: /kB/ })).toBeVisible(),
	waits: (page) => expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible()
};
const engine: Omit<Kind, 'files'> = {
	before: (page) => open(page, `/en/playground?${small}`),
	ask: run,
	said: (page) => page.locator('#unloaded'),
	sentence: /A part of this page could not be loaded/,
	again: async (page) => {
		await page.locator('#unloaded').getByRole('button', { name: 'Close' }).click();
		await run(page);
	},
	works: ready,
	waits: (page) => expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible()
};

const kinds: Readonly<Record<string, Kind>> = {
	'a part of a page': {
		files: /immutable\/chunks\//,
		before: (page) => open(page, '/en/ops/standard?step=7'),
		ask: (page) => page.keyboard.press('?'),
		said: (page) => page.locator('#unloaded'),
		sentence: /A part of this page could not be loaded/,
		again: async (page) => {
			await reloaded(page, () => button(page, 'Load again'));
			await expect(page).toHaveURL(/step=7/);
			await page.keyboard.press('?');
		},
		// What stands on the page at once is of these files, too.
		isAnew: true,
		works: (page) => expect(page.getByRole('dialog')).toBeVisible()
	},
	'what stands far down a page': {
		files: /immutable\/chunks\//,
		before: async (page) => {
			// Opened again from itself, it would be scrolled to where it was left.
			await page.goto('about:blank');
			await open(page, '/en/compression');
		},
		ask: (page) => page.locator('#integers ~ .integers').scrollIntoViewIfNeeded(),
		said: (page) => page.locator('#unloaded'),
		sentence: /A part of this page could not be loaded/,
		again: async (page) => {
			await reloaded(page, () => button(page, 'Load again'));
			await page.locator('#integers ~ .integers').scrollIntoViewIfNeeded();
		},
		isAnew: true,
		works: (page) =>
			expect(page.locator('.integers').getByRole('slider', { name: 'Bits of a weight' })).toBeVisible()
	},
	"a page's data": {
		files: /__data\.json/,
		before: (page) => open(page, '/en/networks'),
		ask: (page) =>
			page
				.locator('main')
				.getByRole('link', { name: /^SqueezeNet/ })
				.first()
				.click(),
		said: (page) => page.getByRole('heading', { level: 1 }),
		sentence: /This page could not be loaded/,
		again: (page) => button(page, 'Load again'),
		// The page itself has its data in it.
		isAnew: true,
		works: (page) => expect(page.getByRole('heading', { level: 1 })).toHaveText(/^SqueezeNet/)
	},
	"a figure's data": {
		files: /learn\/models\.json/,
		before: (page) => open(page, '/en/blocks'),
		ask: (page) => page.getByText('Among the published networks').click(),
		said: (page) => page.getByRole('alert'),
		sentence: /Close this fold and open it to try again/,
		again: async (page) => {
			for (let i = 0; i < 2; i++) await page.getByText('Among the published networks').click();
		},
		works: (page) => expect(page.locator('details[open] svg').first()).toBeVisible(),
		waits: (page) => expect(page.locator('details[open] .note').first()).toBeVisible()
	},
	'what is known of a set of weights': {
		files: /weights\/cifar10-mobilenet\/set\.json/,
		before: (page) => open(page, '/en/learn/convolution'),
		ask: (page) => page.locator('figure#answer-figure').scrollIntoViewIfNeeded(),
		said: (page) => page.locator('figure#answer-figure').getByRole('alert'),
		sentence: /The figure did not load/,
		again: (page) => page.locator('figure#answer-figure').getByRole('button', { name: 'Try again' }).click(),
		works: (page) => expect(page.getByRole('button', { name: /^Show it to the network/ })).toBeVisible()
	},
	'the list of a set of weights': { ...weights, files: /weights\/.*model\.json/ },
	weights: { ...weights, files: /weights\/.*\.bin/ },
	'the engine': { ...engine, files: /immutable\/workers\// },
	'what trains own classes': {
		files: /immutable\/workers\/teach/,
		before: async (page) => {
			await open(page, '/en/playground/classes');
			await button(page, 'Fill in an example');
			await expect(page.getByTestId('class-3')).toContainText('15 pictures');
		},
		ask: (page) => button(page, 'Train all four'),
		said: (page) => page.locator('#unloaded'),
		sentence: /A part of this page could not be loaded/,
		again: async (page) => {
			await page.locator('#unloaded').getByRole('button', { name: 'Close' }).click();
			await button(page, 'Train all four');
		},
		works: (page) => expect(page.getByTestId('verdict')).toBeVisible(),
		waits: (page) => expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible()
	},
	"the engine's WASM": { ...engine, files: /\.wasm/ },
	'a picture of the site': {
		files: /pictures\/coffee/,
		before: (page) => open(page, `/en/playground?${small}`),
		ask: (page) => button(page, 'A cup of espresso on a table'),
		said: (page) => page.getByRole('alert'),
		sentence: /The picture “A cup of espresso on a table” did not load/,
		works: (page) => expect(page).toHaveURL(/picture=coffee/)
	},
	'the font of a saved picture': {
		files: /\.woff2/,
		before: async (page) => {
			await openAll(page, '/en/ops/standard');
			await button(page, 'Share');
		},
		ask: (page) => button(page, 'Save SVG'),
		said: (page) => page.getByRole('dialog').getByRole('status'),
		sentence: /the font of its numbers did not load/,
		works: (page) => expect(page.getByRole('dialog').getByRole('status')).toHaveText(/^Saved as/)
	}
};

/** What browsers and libraries log of files that this test lets fail; nothing is left uncaught, or thrown. */
const expected = /^logged: (?!Uncaught).*(Failed to load (resource|module script)|MIME|wasm|Wasm|Aborted)/;

for (const [name, kind] of Object.entries(kinds))
	test(`where ${name} is late, missing, cut, altered or something else, one sentence says so, and it comes in the end`, async ({
		page,
		quiet
	}) => {
		/** Asks for it, with what a request for it is answered meanwhile. */
		const ask = async (answerWith: (route: Route) => Promise<void>, how: (page: Page) => Promise<void>) => {
			let answered = 0;
			await page.route(kind.files, async (route) => {
				await answerWith(route);
				answered++;
			});
			await how(page);
			await expect.poll(() => answered).toBeGreaterThan(0);
		};
		const again = kind.again ?? kind.ask;
		let sentence = kind.said(page);
		await kind.before(page);
		for (const [i, fault] of faultNames.entries())
			await test.step(fault, async () => {
				if (i > 0 && kind.isAnew) await kind.before(page);
				await ask(faults[fault], i === 0 || kind.isAnew ? kind.ask : again);
				const wanted = typeof kind.sentence === 'function' ? kind.sentence(fault) : kind.sentence;
				sentence = kind.said(page).filter({ hasText: wanted, visible: true });
				await expect(sentence).toHaveCount(1);
				await page.unrouteAll({ behavior: 'wait' });
			});
		await test.step('is slow', async () => {
			let release = () => {};
			const held = new Promise<void>((done) => (release = done));
			if (kind.isAnew) await again(page);
			else {
				const asked = ask((route) => held.then(() => route.continue()), again);
				await kind.waits?.(page);
				release();
				await asked;
			}
			await kind.works(page);
			await expect(sentence).toHaveCount(0);
		});
		quiet.splice(0, quiet.length, ...quiet.filter((trouble) => !expected.test(trouble)));
	});
