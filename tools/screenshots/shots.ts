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
	/** Brings the page to what is to be seen, and waits until it is. */
	readonly prepare?: (page: Page) => Promise<void>;
}

/** They stand side by side, so all have the same shape. */
export const shots: readonly Shot[] = [
	{
		name: 'networks',
		address: '/en/networks/mobilenet?open=separable2',
		width: 900,
		part: 'section[aria-labelledby=diagram] div.frame',
		hidden: 'section[aria-labelledby=diagram] > :not(div.frame)'
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
		part: '.stage',
		// How long it took; what is below the samples.
		hidden: '.lanes .time, .ways .note, .panel > figure, .panel > .private',
		async prepare(page) {
			await page.getByRole('button', { name: /run$/ }).click();
			await page.locator('[data-testid=lane-mobilenet][data-phase=ready]').waitFor();
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
