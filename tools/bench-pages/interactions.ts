import type { Browser, Page } from '@playwright/test';
import { median } from 'd3-array';
import { openPage } from '../browser';

/** Milliseconds from what a reader does to the next picture, as browsers report it: in steps of 8, and 16 where it took less. */
export interface InteractionCost {
	readonly interactions: number;
	readonly median: number;
	readonly worst: number;
}

/** What is done at each place; the budget is 100 ms. */
const places: Readonly<Record<string, { readonly address: string; act(page: Page): Promise<void> }>> = {
	'first screen': {
		address: '/en',
		async act(page) {
			const handle = page.getByRole('slider').first();
			await handle.focus();
			for (let i = 0; i < 12; i++) await page.keyboard.press(i % 4 === 3 ? 'PageUp' : 'ArrowRight');
			await page.getByRole('button', { name: '512' }).click();
			await page.getByRole('button', { name: '32', exact: true }).click();
		}
	},
	bench: {
		address: '/en/ops/standard?in=12x12x12&f=12&step=600',
		async act(page) {
			for (const name of [
				'One step forward',
				'One step forward',
				'One step back',
				'To the end',
				'To the start'
			])
				await page.getByRole('button', { name }).first().click();
			for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
		}
	},
	network: {
		address: '/en/networks/xception',
		async act(page) {
			for (const name of ['Open all', 'Close all', 'Zoom in', 'Zoom out'])
				await page.getByRole('button', { name, exact: true }).first().click();
			const knob = page.locator('.knobs input[type=range]').first();
			await knob.focus();
			for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
		}
	},
	chart: {
		address: '/en/compare',
		async act(page) {
			const knob = page.locator('input[type=range]').first();
			await knob.focus();
			for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowRight');
			await page.getByRole('button', { name: /^Heavier networks/ }).click();
		}
	},
	playground: {
		address: '/en/playground',
		async act(page) {
			await page.locator('[data-testid=lane-mobilenet][data-phase=ready]').waitFor();
			for (let i = 0; i < 3; i++) await page.getByRole('button', { name: /Go in/ }).click();
			for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
			await page.getByRole('button', { name: /Back out/ }).click();
		}
	},
	chapter: {
		address: '/en/learn/convolution',
		async act(page) {
			const phrases = page.locator('a[data-figure]');
			for (let i = 0; i < Math.min(6, await phrases.count()); i++) await phrases.nth(i).click();
		}
	}
};

declare global {
	interface Window {
		interactions: Map<number, number>;
	}
}

/** Does all of it as soon as a page is there, and asks the browser how long each took. */
export async function interactionCosts(
	browser: Browser,
	site: string
): Promise<Record<string, InteractionCost>> {
	const costs: Record<string, InteractionCost> = {};
	for (const [name, { address, act }] of Object.entries(places)) {
		const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
		await page.addInitScript(() => {
			window.interactions = new Map();
			new PerformanceObserver((list) => {
				for (const { interactionId, duration } of list.getEntries() as PerformanceEventTiming[])
					if (interactionId)
						window.interactions.set(
							interactionId,
							Math.max(duration, window.interactions.get(interactionId) ?? 0)
						);
			}).observe({ type: 'event', durationThreshold: 16, buffered: true });
		});
		await openPage(page, site + address);
		await act(page);
		// What is observed is told in a task of its own, after the picture.
		const times = await page.evaluate(
			() =>
				new Promise<number[]>((done) => {
					requestAnimationFrame(() => setTimeout(() => done([...window.interactions.values()]), 200));
				})
		);
		await page.close();
		costs[name] = {
			interactions: times.length,
			median: median(times) ?? 0,
			worst: Math.max(0, ...times)
		};
	}
	return costs;
}
