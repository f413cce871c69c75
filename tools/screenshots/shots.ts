import type { Page } from '@playwright/test';

/** A picture of the README: `docs/pictures/<name>.light.webp` and `.dark.webp`. */
export interface Shot {
	readonly name: string;
	/** Of the page, with its state. */
	readonly address: string;
	/** Width of the window in CSS pixels. */
	readonly width: number;
	/** What is shown: the place in the page at whose upper left corner the picture begins, and which gives its width. */
	readonly part: string;
	/** What would be another each time, or cut off. */
	readonly hidden?: string;
	/** Brings the page to what is to be seen, and waits until it is; on trial no further than shows that it could be. */
	readonly prepare?: (page: Page, isTrial: boolean) => Promise<void>;
}

/** They stand side by side, so all have the same shape. */
export const shots: readonly Shot[] = [
	{
		name: 'networks',
		address: '/en/networks/mobilenet?open=separable2',
		width: 900,
		part: 'section[aria-labelledby=diagram] div.frame',
		hidden: '.diagram > :not(div.frame)'
	},
	{
		name: 'compare',
		address: '/en/compare',
		width: 900,
		part: 'figure .plot',
		hidden: 'figure .plot [role=group][aria-label*=oom]'
	},
	{
		name: 'playground',
		address: '/en/playground?backend=wasm',
		width: 1000,
		part: 'main > .stage',
		// How long it took, which is another each time; what would be cut off.
		hidden: '.head .verdict .time, .head button',
		async prepare(page) {
			// It has run so often by then that nothing is drawn anew.
			await page.getByText(/^Median of 5 runs/).waitFor();
		}
	},
	{
		name: 'learn',
		address: '/en/learn/shufflenet',
		width: 900,
		part: '#flow > .stage',
		hidden: '#flow .modes',
		async prepare(page) {
			await page.locator('#flow').scrollIntoViewIfNeeded();
			await page.getByRole('radio', { name: 'Groups with shuffle' }).check();
		}
	},
	{
		name: 'train',
		address: '/en/train',
		width: 1000,
		part: '.race',
		// What would be cut off.
		hidden: '.race > dl, .race ~ *',
		async prepare(page, isTrial) {
			const step = page.getByRole('button', { name: 'One step' });
			// Far enough for all that can learn it to have done so; the seed is the page's own.
			for (let taken = 1; taken <= (isTrial ? 3 : 125); taken++) {
				await step.click();
				await page.waitForFunction(
					(taken) => document.querySelector('.count')!.firstChild!.textContent === `Step ${taken}`,
					taken
				);
			}
		}
	},
	{
		name: 'classes',
		address: '/en/playground/classes',
		width: 900,
		part: '.matrices',
		hidden: 'section[aria-labelledby=classes-try]',
		async prepare(page) {
			await page.getByRole('button', { name: 'Fill in an example' }).click();
			await page.getByRole('button', { name: 'Train all four' }).click();
			await page.locator('.matrices').waitFor();
		}
	}
];

/** The moving picture: a whole separable convolution, one output value after the other. */
export const loop = {
	name: 'separable',
	address: '/en/embed/ops/separable?in=4x4x2',
	/** Step that it begins with: what is seen where pictures do not move. The last leads to the first and on to this one. */
	first: 5,
	width: 860,
	/** What is shown begins where the page does, and ends below these. */
	last: '.words',
	/** What a reader would press, and what is below. */
	hidden: '.bench .status, .bench .timeline, .bench .worked, .source'
} as const;
