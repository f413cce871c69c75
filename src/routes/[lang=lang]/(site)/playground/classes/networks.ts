import { preprocessings, type WeightSet } from '$lib/engine/client';
import { graphCost } from '$lib/nets/analyses/cost';
import { featuresOf, withHead } from '$lib/nets/backbone';
import { four, type NetworkId } from '$lib/nets/networks';
import { resolveGraph, type GraphTensor } from '$lib/nets/resolve';
import type { OpenedHere } from '$lib/running/files/opened';
import { Lane, type LaneParts } from '../lane.svelte';
import { networkParts, ownParts } from '../lanes';
import { chosenSet, knobsOf, setsFor } from '../spec';
import type { WeightKind } from './address';

/** A network that learns the reader's classes: it runs as it is, and what its classifier reads are the features. */
export interface Backbone {
	readonly id: NetworkId | 'own';
	readonly lane: Lane;
	readonly features: GraphTensor;
	/** Its weights; `null` for those of a network that was opened. */
	readonly set: WeightSet | null;
}

/**
 * The four networks with their weights, but for those that the site has no trained weights of; and the one that the reader has opened, where
 * it is a classifier of pictures. They see the whole square.
 */
export function backbones(
	sets: readonly WeightSet[],
	kind: WeightKind,
	opened: OpenedHere | null
): readonly Backbone[] {
	const known = four.flatMap((id) => {
		const set = kind === 'small' ? setsFor(id, sets).at(-1) : chosenSet(id, {}, sets);
		if (!set) return [];
		const parts = networkParts(id, knobsOf(id, set), { weights: { [id]: set.id } }, sets, undefined);
		return backboneOf(id, parts, set);
	});
	const weights = opened?.model.weights;
	if (!opened || !weights) return known;
	const { graph, preprocessing } = opened.model;
	const parts = ownParts(
		resolveGraph(graph),
		undefined,
		{
			weights: {
				kind: 'opened',
				weights,
				integers: null,
				names: opened.files.map(({ name }) => name),
				number: 0
			},
			labels: null
		},
		{ preprocessing: preprocessing ?? preprocessings.imagenet }
	);
	return [...known, ...backboneOf('own', parts, null)];
}

function backboneOf(id: Backbone['id'], parts: LaneParts, set: WeightSet | null): readonly Backbone[] {
	const lane = new Lane({ ...parts, share: 1 });
	const features = featuresOf(parts.graph);
	return features && lane.takesPictures ? [{ id, lane, features, set }] : [];
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

/** A network's colour on charts. */
export const hueOf = (id: Backbone['id']): string => `var(--net-${id === 'own' ? 'reference' : id})`;
