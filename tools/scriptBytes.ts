import { gzipSync } from 'node:zlib';
import type { Page, Request, Response } from '@playwright/test';
import { openPage } from './browser';

/** How long a figure may take, in milliseconds: no figure takes as long, and one that never comes is to be named. */
const longest = 120_000;

/**
 * Scrolls from the top to the end, half a screen at a time, and waits for the figures of a lesson that are in view.
 * @throws with their names, where they do not come
 */
const scrollThrough = (page: Page) =>
	page.evaluate(async (longest) => {
		// What comes makes the page longer, so its end is looked for again.
		for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
			scrollTo(0, y);
			// No function has a name here: what runs this outside of a test would wrap it in a helper that the page does not have.
			const seen = [...document.querySelectorAll('figure[aria-busy=true]')].filter((figure) => {
				const { top, bottom } = figure.getBoundingClientRect();
				return top < innerHeight && bottom > 0;
			});
			const since = performance.now();
			let waiting: Element[];
			do {
				await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
				waiting = seen.filter((figure) => figure.getAttribute('aria-busy') === 'true');
				if (performance.now() - since > longest)
					throw new Error(`at ${y} px: ${waiting.map(({ id }) => id).join(', ')} did not come`);
			} while (waiting.length > 0);
		}
	}, longest);

/**
 * Bytes of script that a page takes, each file gzipped: what it begins with, and what comes by the reader's first move, the first
 * key and scrolling through it, until scrolling brings no more: what comes may bring more when it is seen itself.
 */
export async function scriptBytes(page: Page, address: string): Promise<number> {
	const bodies: Promise<Buffer>[] = [];
	const inFlight = new Set<Request>();
	const isScript = (of: Request | Response) => new URL(of.url()).pathname.endsWith('.js');
	// Scripts alone: of a font or of a worker that is ended while it is fetched, no end may be told.
	const begin = (request: Request) => void (isScript(request) && inFlight.add(request));
	const end = (request: Request) => void inFlight.delete(request);
	const count = (response: Response) => {
		if (isScript(response)) bodies.push(response.body());
	};
	// The engine, with TensorFlow.js in it, is not the page's: who saves data is asked before it comes.
	await page.addInitScript(() =>
		Object.defineProperty(navigator, 'connection', { value: { saveData: true } })
	);
	page.on('request', begin).on('requestfinished', end).on('requestfailed', end).on('response', count);
	await openPage(page, address);
	await page.mouse.move(10, 10);
	await page.keyboard.press('Tab');
	let before = -1;
	while (bodies.length > before) {
		before = bodies.length;
		await scrollThrough(page);
		while (inFlight.size > 0) await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
		await Promise.all(bodies);
	}
	page.off('request', begin).off('requestfinished', end).off('requestfailed', end).off('response', count);
	return (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0);
}
