import type { Browser, Page } from '@playwright/test';
import { openPage, smallNetwork } from '../browser';

const untrained = 'squeezenet:random,mobilenet:random,shufflenet:random,xception:random';

const ready = (page: Page, count: number) =>
	page.waitForFunction(
		(lanes) => document.querySelectorAll('[data-testid^=lane-][data-phase=ready]').length === lanes,
		count,
		{ timeout: 120_000 }
	);
const run = async (page: Page, lanes: number) => {
	await page.locator('.stage > .head button').last().click();
	await ready(page, lanes);
};

/** What is done in the playground, by name. */
const scenes: Readonly<Record<string, { readonly search: string; act(page: Page): Promise<void> }>> = {
	'four networks': {
		search: `network=all&weights=${untrained}`,
		act: (page) => run(page, 4)
	},
	'a large picture': {
		search: smallNetwork,
		async act(page) {
			await run(page, 1);
			await page.evaluate(async () => {
				const canvas = new OffscreenCanvas(6000, 4000);
				const context = canvas.getContext('2d')!;
				for (let i = 0; i < 400; i++) {
					context.fillStyle = `hsl(${i * 37} 70% 50%)`;
					context.fillRect((i * 977) % 6000, (i * 631) % 4000, 600, 400);
				}
				const file = new File([await canvas.convertToBlob({ type: 'image/jpeg' })], 'large.jpg', {
					type: 'image/jpeg'
				});
				const data = new DataTransfer();
				data.items.add(file);
				// Making the file is no part of what the page does.
				Object.assign(window, { countedFrom: performance.now() });
				const drop = new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
				// Over the page, as a reader lets it go: what is let go beside it opens as a network.
				document.querySelector('main h1')!.dispatchEvent(drop);
			});
			await page.getByText('6000×4000').or(page.locator('[aria-label="large.jpg"]')).first().waitFor();
			await ready(page, 1);
		}
	},
	camera: {
		search: smallNetwork,
		async act(page) {
			await run(page, 1);
			await page.getByRole('button', { name: 'Camera', exact: true }).click();
			await page.getByText(/frames a second/).waitFor();
			// Nothing ends this scene: what is looked for are long tasks in so many seconds of frames.
			await page.waitForTimeout(5000);
		}
	},
	'look inside': {
		search: `${smallNetwork}&layer=conv_pw_1_relu`,
		async act(page) {
			await run(page, 1);
			await page.locator('.inside[aria-busy=false]').waitFor();
			const screen = page.getByRole('application');
			await screen.focus();
			for (const key of ['Enter', 'Enter', 'Escape', 'Escape', 'Escape']) {
				await page.keyboard.press(key);
				await page.locator('.screen[data-moving=false]').waitFor();
			}
		}
	},
	'time every layer': {
		search: smallNetwork,
		async act(page) {
			await run(page, 1);
			await page.getByTestId('latency').scrollIntoViewIfNeeded();
			await page.getByRole('button', { name: 'Time every layer' }).click();
			await page.getByTestId('latency-total').waitFor();
		}
	}
};

/** Milliseconds of the longest tasks of the main thread in each scene, from the first click or drop on; none is listed below 50. */
export async function mainThread(browser: Browser, site: string): Promise<Record<string, readonly number[]>> {
	const longest: Record<string, readonly number[]> = {};
	for (const [name, { search, act }] of Object.entries(scenes)) {
		const page = await browser.newPage();
		await openPage(page, `${site}/en/playground?${search}`, { waitUntil: 'networkidle' });
		await page.evaluate(() => {
			const tasks: PerformanceEntry[] = [];
			Object.assign(window, { tasks, countedFrom: 0 });
			new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: 'longtask' });
		});
		await act(page);
		const tasks = await page.evaluate(() => {
			const { tasks, countedFrom } = window as unknown as { tasks: PerformanceEntry[]; countedFrom: number };
			return tasks.filter(({ startTime }) => startTime >= countedFrom).map(({ duration }) => duration);
		});
		longest[name] = tasks.toSorted((a, b) => b - a).slice(0, 3);
		await page.close();
	}
	return longest;
}
