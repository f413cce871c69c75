import type { Browser } from '@playwright/test';
import { openPage } from '../browser';

/** What a reader sees of a training. */
export interface TrainingPace {
	/** Frames a second in which a curve was longer than in the one before; the aim is 10. */
	readonly drawnPerSecond: number;
	/** Seconds until the standard convolution had 99%; the aim is 10. */
	readonly standardSeconds: number;
	readonly longestGapMilliseconds: number;
	readonly steps: number;
}

/** Plays the first training of `/train`, all seven ways, until the standard convolution has learned, and counts frames that show more of a curve. */
export async function trainingPace(browser: Browser, site: string): Promise<TrainingPace> {
	const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
	// tsx wraps functions in a call by which they keep their names; pages do not know it.
	await page.addInitScript('globalThis.__name = (of) => of');
	await openPage(page, `${site}/en/train`, { waitUntil: 'networkidle' });
	const pace = await page.evaluate(async () => {
		const button = document.querySelector<HTMLButtonElement>('figure .play')!;
		const curves = () =>
			[...document.querySelectorAll('figure path.smooth')].map((path) => path.getAttribute('d')).join();
		const hasLearned = () => /99%/.test(document.querySelector('figure li .words')?.textContent ?? '');
		const drawn: number[] = [];
		let before = curves();
		button.click();
		const start = performance.now();
		while (!hasLearned() && performance.now() - start < 60_000) {
			const now = await new Promise<number>((done) => requestAnimationFrame(done));
			const shown = curves();
			if (shown !== before) drawn.push(now);
			before = shown;
		}
		const gaps = drawn.slice(1).map((at, i) => at - drawn[i]!);
		return {
			drawnPerSecond: (1000 * gaps.length) / (drawn.at(-1)! - drawn[0]!),
			standardSeconds: (performance.now() - start) / 1000,
			longestGapMilliseconds: Math.max(...gaps),
			// Pictures are counted right behind.
			steps: Number(/\d+/.exec(document.querySelector('figure .count')?.firstChild?.textContent ?? '')?.[0])
		};
	});
	await page.close();
	const round = (value: number) => Math.round(value * 10) / 10;
	return {
		drawnPerSecond: round(pace.drawnPerSecond),
		standardSeconds: round(pace.standardSeconds),
		longestGapMilliseconds: Math.round(pace.longestGapMilliseconds),
		steps: pace.steps
	};
}
