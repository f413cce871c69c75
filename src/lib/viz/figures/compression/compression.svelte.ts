import { compressLayer, sharedValues } from '$lib/nets/compression/layer';
import type { KnobValues } from '$lib/nets/knobs';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { compressionKnobs } from './knobs';
import type { LayerWeights } from './weights';

/** A layer's weights that the reader prunes, shares and codes. */
export class Compression {
	readonly weights: LayerWeights;
	readonly knobs: FigureKnobs<typeof compressionKnobs>;
	readonly layer = $derived.by(() => {
		const { prune, bits } = this.knobs.values;
		return compressLayer(this.weights.values, { prune: prune / 100, bits });
	});
	/** The weights that are left of it all. */
	readonly values = $derived.by(() => sharedValues(this.layer));

	constructor(weights: LayerWeights, given: Partial<KnobValues<typeof compressionKnobs>> = {}) {
		this.weights = weights;
		this.knobs = new FigureKnobs(compressionKnobs, given);
	}
}
