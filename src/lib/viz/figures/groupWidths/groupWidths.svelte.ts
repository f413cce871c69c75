import type { KnobValues } from '$lib/nets/knobs';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { groupWidthsKnobs } from './knobs';
import { groupWidths } from './widths';

/** ShuffleNets of one budget by their number of groups. */
export class GroupWidthsState {
	readonly knobs: FigureKnobs<typeof groupWidthsKnobs>;
	readonly scale = $derived.by(() => this.knobs.values.scale);
	readonly rows = $derived.by(() => groupWidths(this.scale));

	constructor(given: Partial<KnobValues<typeof groupWidthsKnobs>> = {}) {
		this.knobs = new FigureKnobs(groupWidthsKnobs, given);
	}
}
