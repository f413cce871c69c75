import type { Browser, Page } from '@playwright/test';
import { encodeGraph } from '../../src/lib/viz/address/graphText';
import { launchBrowser, openPage, smallNetwork } from '../browser';
import { serveSite } from '../siteServer';
import { escapedAddress, type KindName } from './kinds';

/** Milliseconds that a page may take to answer, on a machine that has other work too. */
const patience = 60_000;
/** Elements, and pixels across and down, that a page may have. */
const most = { elements: 60_000, width: 4000, height: 60_000 };

const upload = async (page: Page, address: string, label: string, name: string, buffer: Buffer) => {
	await openPage(page, address);
	const mimeType = 'application/octet-stream';
	await page.locator(label).first().setInputFiles({ name, mimeType, buffer });
	// Read, or refused.
	await page.locator('[role=status] progress').first().waitFor({ state: 'detached' });
};

/** How a page gets each kind. */
const give: Readonly<Record<KindName, (page: Page, url: string, what: Buffer) => Promise<unknown>>> = {
	address: (page, url, what) => page.goto(`${url}/en/${escapedAddress(what.toString())}`),
	link: (page, url, what) =>
		page.goto(`${url}/en/networks/own#graph=${encodeURIComponent(what.toString().toWellFormed())}`),
	graph: async (page, url, what) =>
		page.goto(`${url}/en/networks/own#graph=${await encodeGraph(what.toString())}`),
	block: (page, url, what) =>
		page.goto(`${url}/en/blocks?block=${encodeURIComponent(what.toString().toWellFormed())}`),
	weights: (page, url, what) =>
		upload(page, `${url}/en/playground?${smallNetwork}`, '[data-testid=weights-files]', 'model.json', what),
	model: (page, url, what) =>
		upload(page, `${url}/en/networks/own`, '[data-testid=model-files]', 'net.bin', what),
	picture: (page, url, what) =>
		upload(page, `${url}/en/playground?${smallNetwork}`, 'input[accept="image/*"]', 'fuzz.bin', what)
};

/** Pages of the built site in a real browser. */
export class Pages {
	readonly #browser: Browser;
	readonly #server: Awaited<ReturnType<typeof serveSite>>;

	private constructor(browser: Browser, server: Awaited<ReturnType<typeof serveSite>>) {
		this.#browser = browser;
		this.#server = server;
	}

	static async open(): Promise<Pages> {
		const server = await serveSite();
		return new Pages(await launchBrowser(), server);
	}

	async close(): Promise<void> {
		await this.#browser.close();
		await this.#server.close();
	}

	/** What a page makes of something that it should not: it dies, throws, hangs, or grows; `null` where all is well. */
	async faultOf(kind: KindName, what: Buffer): Promise<string | null> {
		const page = await this.#browser.newPage({ serviceWorkers: 'block' });
		page.setDefaultTimeout(patience);
		let thrown: string | null = null;
		page.on('pageerror', (error) => (thrown ??= `thrown: ${error.message.slice(0, 200)}`));
		page.on('crash', () => (thrown ??= 'the page crashed'));
		page.on('console', (message) => {
			// The host's "not found" of an address that was made up is no fault of the page.
			if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
				thrown ??= `logged: ${message.text().slice(0, 200)}`;
		});
		try {
			await give[kind](page, this.#server.url, what);
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
}
