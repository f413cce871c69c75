import type { Sample } from '$lib/running/picture/samples';

/** The picture on the page. */
export interface Shown {
	/** Pixels, as it was. */
	readonly width: number;
	readonly height: number;
	/** What it is, for those who do not see it. */
	readonly name: string;
	/** A picture of the site, */
	readonly sample: Sample | null;
	/** or the reader's own. */
	readonly canvas: HTMLCanvasElement | null;
}
