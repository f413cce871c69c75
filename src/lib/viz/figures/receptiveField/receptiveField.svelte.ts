import type { KnobValues } from '$lib/nets/knobs';
import { photographSize, type Photograph } from '../../tensor/photograph';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { fieldKnobs } from './knobs';
import { seenBy, stacks } from './stacks';

/** How much of a photograph a value sees, layer by layer. */
export class ReceptiveField {
	readonly photograph: Photograph;
	readonly knobs: FigureKnobs<typeof fieldKnobs>;
	readonly all = $derived.by(() => seenBy(stacks[this.knobs.values.stack], photographSize));
	/** How many layers there are: as many as were asked for, or as this stack has. */
	readonly count = $derived.by(() => Math.min(this.knobs.values.layers, this.all.length));
	readonly shown = $derived.by(() => this.all.slice(0, this.count));

	constructor(photograph: Photograph, given: Partial<KnobValues<typeof fieldKnobs>> = {}) {
		this.photograph = photograph;
		this.knobs = new FigureKnobs(fieldKnobs, given);
	}
}
