import { readdirSync, readFileSync } from 'node:fs';
import axe from 'axe-core';
import { expect, test as base, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { languages, locales, type Locale } from '../../src/lib/i18n/languages';
import { openPage as open } from '../../tools/browser';

const inLanguage = new RegExp(`^/(${locales.join('|')})\\b`);
/** The language that an address is in. */
export const localeOf = (address: string) => inLanguage.exec(address)![1] as Locale;

/** Every prerendered page, as an address: `/en`, `/zh/ops/standard`, … (the start page and the 404 page have tests of their own). */
export const pages: readonly string[] = readdirSync('build', { recursive: true, encoding: 'utf8' })
	.map((file) => `/${file.replaceAll('\\', '/')}`)
	// The same pages once more, for addresses that end with a slash, lie in folders.
	.filter((file) => inLanguage.test(file) && file.endsWith('.html') && !file.endsWith('/index.html'))
	.map((file) => file.replace(/\.html$/, ''))
	.sort();

/** Whether an address is that of a chapter: `/en/learn/convolution`. */
export const isChapter = (address: string) => /^\/[^/]+\/learn\/./.test(address);

/** Whether an address is that of a figure of the gallery: `/en/gallery/bench-figure`. */
export const isStory = (address: string) => /^\/[^/]+\/gallery\/./.test(address);

/** What no page may do: throw, log an error (the security policy reports there), or ask another host. Grows as it happens. */
function troublesOf(page: Page, baseURL: string | undefined): string[] {
	const troubles: string[] = [];
	page.on('pageerror', (error) => troubles.push(`thrown: ${error.message}`));
	page.on('console', (message) => {
		if (message.type() === 'error') troubles.push(`logged: ${message.text()} (${message.location().url})`);
	});
	page.on('request', (request) => {
		const url = request.url();
		if (!url.startsWith(`${baseURL}/`) && !/^(data|blob):/.test(url))
			troubles.push(`asked another host: ${url}`);
	});
	return troubles;
}

interface Troubled {
	/** Troubles of the page; a test that asks for some takes them out. */
	readonly quiet: string[];
}

interface WorkerFixtures {
	/** Where the tests of a worker open their pages, one after another: what a page is made of is fetched and compiled once. */
	readonly shared: BrowserContext;
}

/** Tests that need a browser as it is at the first visit, or other options than the rest, or that put scripts into it. */
export const alone = base.extend<Troubled>({
	quiet: [
		async ({ page, baseURL }, use) => {
			const troubles = troublesOf(page, baseURL);
			await use(troubles);
			expect(troubles).toEqual([]);
		},
		{ auto: true }
	]
});

/** All others: those of a worker share a browser and its tab, which takes a third of the time. What they keep there is removed. */
export const test = alone.extend<object, WorkerFixtures>({
	shared: [
		async ({ browser }, use, { project }) => {
			const { baseURL, viewport } = project.use;
			const context = await browser.newContext({
				...{ baseURL: baseURL!, viewport: viewport!, serviceWorkers: 'block' }
			});
			await use(context);
			await context.close();
		},
		{ scope: 'worker' }
	],
	context: async ({ shared }, use) => {
		await use(shared);
	},
	page: async ({ context, viewport }, use) => {
		const page = context.pages()[0] ?? (await context.newPage());
		// It would stay for all tests that follow.
		page.addInitScript = () =>
			Promise.reject(new Error('a test that puts scripts into the browser is one of alone'));
		await use(page);
		await reset(context, page, viewport!);
	}
});

/** Takes back what a test has done to the browser: what the site keeps in it, permissions, sizes and preferences. */
async function reset(
	context: BrowserContext,
	page: Page,
	size: { readonly width: number; readonly height: number }
) {
	page.removeAllListeners();
	for (const other of context.pages()) if (other !== page) await other.close();
	await context.clearPermissions();
	await page.unrouteAll();
	// A file of the site that has no script: nothing is kept behind its back.
	await page.goto('/icon.svg');
	await page.evaluate(async () => {
		localStorage.clear();
		sessionStorage.clear();
		for (const name of await caches.keys()) await caches.delete(name);
	});
	await page.mouse.move(0, 0);
	await page.emulateMedia({ media: null, colorScheme: null, reducedMotion: null, forcedColors: null });
	await page.setViewportSize(size);
}

/** The script of a part that comes late, which the build names by its content. */
export const scriptOf = (part: string) =>
	(
		JSON.parse(readFileSync('.svelte-kit/output/client/.vite/manifest.json', 'utf8')) as Readonly<
			Record<string, { readonly file: string }>
		>
	)[part]!.file;

/** Does what loads the page anew, and waits until the new one is alive: the old one is so until then. */
export async function reloaded(page: Page, act: () => Promise<unknown>): Promise<void> {
	await Promise.all([page.waitForEvent('load'), act()]);
	await page.locator('html[data-alive]').waitFor({ state: 'attached' });
}

/** Whether the browser asks again for a script that did not load: Chromium of 2025 keeps the failure until the page is loaded anew. */
export async function asksAgain(page: Page): Promise<boolean> {
	let asked = 0;
	const script = '**/asked-twice.js';
	await page.route(script, (route) =>
		asked++ === 0 ? route.abort() : route.fulfill({ contentType: 'text/javascript', body: '' })
	);
	const load = () =>
		page.evaluate(
			(url) =>
				import(url).then(
					() => true,
					() => false
				),
			'/asked-twice.js'
		);
	await load();
	const does = await load();
	await page.unroute(script);
	return does;
}

/** Opens a figure of the gallery in one of its states: `inside-inside-layer` is on the page `inside-inside`. */
export async function openStory(page: Page, story: string): Promise<Locator> {
	const figure = pages.find((address) => story.startsWith(`${address.replace('/en/gallery/', '')}-`));
	await open(page, figure!);
	return page.locator(`[data-story="${story}"]`);
}

/** Of axe's rules, those that look at colours: they alone tell light from dark, and both languages have the same. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/**
 * No serious finding of axe in a page, or in a part of it, as it stands; of its colours, in light and in dark. axe is called
 * itself, and not through its package for Playwright, which sends half a megabyte anew for each run: that takes thrice as long.
 */
export async function expectAccessible(page: Page, { colours = true, part = 'html' } = {}) {
	await page.evaluate(axe.source);
	const findings = async (options: axe.RunOptions, scheme?: 'light' | 'dark') => {
		if (scheme) await page.emulateMedia({ colorScheme: scheme });
		// What passed need not be listed, nor where a finding stands, since its HTML says it.
		const quick: axe.RunOptions = { ...options, resultTypes: ['violations'], selectors: false };
		const run = ([part, options]: [string, axe.RunOptions]) =>
			// Numbers in drawings: axe takes `color` for their fill, and a path for its box. `colours.test.ts` holds them to their cells.
			(window as unknown as { axe: typeof axe }).axe.run(
				{ include: [part], exclude: ['svg .numbers'] },
				options
			);
		const { violations } = await page.evaluate(run, [part, quick] as [string, axe.RunOptions]);
		return violations
			.filter(({ impact }) => impact === 'serious' || impact === 'critical')
			.map(
				({ id, nodes }) =>
					`${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`
			);
	};
	if (!colours) {
		const rules = Object.fromEntries(colourRules.map((rule) => [rule, { enabled: false }]));
		return expect(await findings({ rules })).toEqual([]);
	}
	expect(await findings({}, 'light'), 'light').toEqual([]);
	expect(await findings({ runOnly: colourRules }, 'dark'), 'dark').toEqual([]);
}

/** The file that a press of a button saves. */
export async function savedBy(button: Locator): Promise<{ name: string; path: string; bytes: Buffer }> {
	const [download] = await Promise.all([button.page().waitForEvent('download'), button.click()]);
	const path = await download.path();
	return { name: download.suggestedFilename(), path, bytes: readFileSync(path) };
}

/** Pixels that the page can be scrolled sideways by. */
export const sideways = (page: Page) =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What every page has: its language, one heading, and no sideways scroll. */
export async function expectWhole(page: Page, address: string) {
	await expect(page.locator('html')).toHaveAttribute('lang', languages[localeOf(address)].tag);
	await expect(page.locator('h1')).toHaveCount(1);
	expect(await sideways(page)).toBe(0);
}

export { expect, open };
