import type { WeightSet } from '$lib/engine/client';
import { graphCost } from '$lib/nets/analyses/cost';
import { featuresOf, withHead } from '$lib/nets/backbone';
import { four, type NetworkId } from '$lib/nets/networks';
import { resolveGraph, type GraphTensor } from '$lib/nets/resolve';
import { Lane } from '../lane.svelte';
import { networkParts } from '../lanes';
import { chosenSet, knobsOf, setsFor } from '../spec';

/** A network that learns the reader's classes: it runs as it is, and what its classifier reads are the features. */
export interface Backbone {
	readonly id: NetworkId;
	readonly lane: Lane;
	readonly features: GraphTensor;
	readonly set: WeightSet;
}

/** Which weights: published ones where the site has them, or the small ones that it always has. */
export const weightKinds = ['published', 'small'] as const;
export type WeightKind = (typeof weightKinds)[number];

/** The four networks with their weights; those that the site has no trained weights of are left out. They see the whole square. */
export function backbones(sets: readonly WeightSet[], kind: WeightKind): readonly Backbone[] {
	return four.flatMap((id) => {
		const set = kind === 'small' ? setsFor(id, sets).at(-1) : chosenSet(id, {}, sets);
		if (!set) return [];
		const weights = { [id]: set.id };
		const parts = networkParts(id, knobsOf(id, set), { weights }, sets, undefined);
		const lane = new Lane({ ...parts, share: 1 });
		const features = featuresOf(parts.graph);
		return features ? [{ id, lane, features, set }] : [];
	});
}

/** Whether the site has weights of which it is worth choosing. */
export const hasPublished = (sets: readonly WeightSet[]): boolean =>
	four.some((id) => setsFor(id, sets).length > 1);

/** Mean over all places of each channel: a map's features. @param values `[height, width, channels]`, row-major */
export function pooled(values: Float32Array, channels: number): Float32Array {
	const places = values.length / channels;
	const sums = new Float64Array(channels);
	for (let at = 0; at < values.length; at++) sums[at % channels]! += values[at]!;
	return Float32Array.from(sums, (sum) => sum / places);
}

/** Trainable parameters of a network up to its features and of the head, and bytes of all its weights as the file has them. */
export function sizesOf({
	backbone: { lane, features },
	classes
}: {
	readonly backbone: Backbone;
	readonly classes: readonly unknown[];
}): { readonly backbone: number; readonly head: number; readonly bytes: number } {
	const { graph } = withHead(lane.parts.graph, features, { name: '', classes: classes.length });
	const { trainable, bnStatistics } = graphCost(resolveGraph(graph)).total.params;
	const head = (features.shape[2] + 1) * classes.length;
	return { backbone: trainable - head, head, bytes: 4 * (trainable + bnStatistics) };
}
