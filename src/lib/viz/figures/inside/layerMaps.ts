import type { GraphTensor } from '$lib/nets';
import { ownScales, scaleOf, sortMaps, summarizeMaps, type MapSummary } from '../../tensor/mapStrength';
import type { Activation, InsideSource } from './insideSource';

/** A tensor's maps, with what is said of them. */
export interface LayerMaps {
	readonly tensor: GraphTensor;
	readonly activation: Activation;
	readonly summaries: readonly MapSummary[];
	/** The value that has the strongest grey: one for all maps, and each map's own. */
	readonly largest: number;
	readonly own: readonly number[];
	/** Places of the channels by strength, from 1. */
	readonly ranks: readonly number[];
}

/** Maps that have come, by tensor, each with the source that it is of. Who looks is told of changes by others. */
export class KeptMaps {
	readonly #byRef = new Map<string, { readonly maps: LayerMaps; readonly source: InsideSource }>();

	get(tensor: GraphTensor): LayerMaps | null {
		const found = this.#byRef.get(tensor.ref);
		return found?.maps.tensor === tensor ? found.maps : null;
	}

	isOf(source: InsideSource, { ref }: GraphTensor): boolean {
		return this.#byRef.get(ref)?.source === source;
	}

	keep(maps: LayerMaps, source: InsideSource): void {
		this.#byRef.set(maps.tensor.ref, { maps, source });
	}
}

export function layerMaps(tensor: GraphTensor, activation: Activation): LayerMaps {
	const summaries = summarizeMaps(activation);
	const ranks: number[] = [];
	sortMaps(summaries, 'strength').forEach((channel, i) => (ranks[channel] = i + 1));
	return {
		...{ tensor, activation, summaries, ranks },
		largest: scaleOf(activation.data),
		own: ownScales(activation)
	};
}
