import type { Browser } from '@playwright/test';
import { median, quantile } from 'd3-array';
import { openPage } from '../browser';

/** Milliseconds of script in a frame while a figure plays, and how many frames a second there are. */
export interface FrameCost {
	readonly frames: number;
	readonly perSecond: number;
	readonly median: number;
	readonly p95: number;
	readonly worst: number;
}

/** What is played: the budget is 8 ms of script in 95 of 100 frames of the first screen and the largest bench. */
const played = {
	'first screen': '/en',
	'bench, 5×5×2 → 3×3×3': '/en/ops/standard',
	'bench, 12×12×12 → 10×10×12': '/en/ops/standard?in=12x12x12&f=12&step=600',
	'bench, shuffle': '/en/ops/shuffle?step=22'
};

/** That are measured of each. */
const seconds = 8;

declare global {
	interface Window {
		frameTimes: number[];
	}
}

/** Plays each for some seconds and times every frame's callback, with all that Svelte does because of it. */
export async function frameCosts(browser: Browser, site: string): Promise<Record<string, FrameCost>> {
	const costs: Record<string, FrameCost> = {};
	for (const [name, address] of Object.entries(played)) {
		const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
		await page.addInitScript(() => {
			window.frameTimes = [];
			const request = window.requestAnimationFrame.bind(window);
			window.requestAnimationFrame = (draw) =>
				request((now) => {
					const start = performance.now();
					draw(now);
					// After the microtask in which Svelte updates the page, which was asked for before this one.
					void Promise.resolve().then(() => window.frameTimes.push(performance.now() - start));
				});
		});
		await openPage(page, site + address, { waitUntil: 'networkidle' });
		await page.getByRole('button', { name: 'Play', exact: true }).click();
		// The first second compiles and warms up.
		await page.waitForTimeout(1000);
		await page.evaluate(() => (window.frameTimes.length = 0));
		// The stretch of play that is measured.
		await page.waitForTimeout(seconds * 1000);
		const times = await page.evaluate(() => window.frameTimes);
		await page.close();
		const round = (value: number | undefined) => Math.round((value ?? 0) * 100) / 100;
		costs[name] = {
			frames: times.length,
			perSecond: round(times.length / seconds),
			median: round(median(times)),
			p95: round(quantile(times, 0.95)),
			worst: round(Math.max(...times))
		};
	}
	return costs;
}
