import type { KnobValues } from '$lib/nets/knobs';
import type { Photograph } from '../../tensor/photograph';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { sliceKnobs } from './knobs';
import { windowOf } from './windowOf';

/** A photograph as three slices that can be pulled apart, and a pixel of it as three numbers. */
export class PhotoSlices {
	readonly photograph: Photograph;
	readonly knobs: FigureKnobs<typeof sliceKnobs>;
	readonly pixel = $derived.by(() => ({ y: this.knobs.values.row, x: this.knobs.values.column }));
	/** The pixel in each channel. */
	readonly values = $derived.by(() => this.around(0).map(([value]) => value!));

	constructor(photograph: Photograph, given: Partial<KnobValues<typeof sliceKnobs>> = {}) {
		this.photograph = photograph;
		this.knobs = new FigureKnobs(sliceKnobs, given);
	}

	/** What is around the pixel in each channel, `reach` to each side, row by row. */
	around(reach: number): readonly (readonly (number | null)[])[] {
		return [0, 1, 2].map((channel) => windowOf(this.photograph, this.pixel, channel, reach));
	}
}
