import type { GraphTensor } from '$lib/nets';
import { ownScales, scaleOf, summarizeMaps, type MapSummary } from './layout/mapStrength';
import type { Activation } from './insideSource';

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

export function layerMaps(tensor: GraphTensor, activation: Activation): LayerMaps {
	const summaries = summarizeMaps(activation);
	const ranks: number[] = [];
	summaries
		.map((_, channel) => channel)
		.sort((a, b) => summaries[b]!.strength - summaries[a]!.strength || a - b)
		.forEach((channel, i) => (ranks[channel] = i + 1));
	return {
		...{ tensor, activation, summaries, ranks },
		largest: scaleOf(activation.data),
		own: ownScales(activation)
	};
}
