import type { KnobValues } from '$lib/nets/knobs';
import { FigureKnobs } from '../figureKnobs.svelte';
import { seenKnobs, seenLayers } from './knobs';
import { seenCase } from './layers';

/** Which layer the reader looks at, and what its output maps have seen of the input's. */
export class Seen {
	readonly knobs: FigureKnobs<typeof seenKnobs>;
	readonly layer = $derived.by(() => this.knobs.values.layer);
	readonly groups = $derived.by(() => this.knobs.values.groups);
	readonly shown = $derived.by(() => seenCase(this.layer, this.groups));
	/** Those that it is compared with, itself among them: other layers, or other numbers of groups. */
	readonly rows = $derived.by(() =>
		this.layer === 'group'
			? seenKnobs.groups.choices.map((groups) => ({
					layer: this.layer,
					groups,
					isShown: groups === this.groups,
					...seenCase('group', groups)
				}))
			: seenLayers
					.filter((layer) => layer !== 'group')
					.map((layer) => ({ layer, groups: 1, isShown: layer === this.layer, ...seenCase(layer, 1) }))
	);

	constructor(given: Partial<KnobValues<typeof seenKnobs>> = {}) {
		this.knobs = new FigureKnobs(seenKnobs, given);
	}
}
