import type { KnobValues } from '$lib/nets/knobs';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { ratioKnobs } from './knobs';
import { layerMacs, savingOf, shareOf } from './saving';

/** The saving of a depthwise-separable layer: N, k, and what follows. */
export class Ratio {
	readonly knobs: FigureKnobs<typeof ratioKnobs>;
	readonly layer = $derived.by(() => this.knobs.values);
	readonly saving = $derived.by(() => savingOf(this.layer));
	readonly share = $derived.by(() => shareOf(this.layer));
	readonly macs = $derived.by(() => layerMacs(this.layer));

	constructor(given: Partial<KnobValues<typeof ratioKnobs>> = {}) {
		this.knobs = new FigureKnobs(ratioKnobs, given);
	}
}
