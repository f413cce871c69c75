import { preprocessings, type Preprocessing, type WeightSet } from '$lib/engine/client';
import { computablePart } from '$lib/nets/computable';
import type { Family } from '$lib/nets/networks/network';
import type { KnobValues } from '$lib/nets/knobs';
import { networkById, type NetworkId } from '$lib/nets/networks';
import { resolveGraph, type ResolvedGraph } from '$lib/nets/resolve';
import { weightSpecs } from '$lib/nets/run';
import { titleOf } from '$lib/viz/words/networkTitles';
import type { OptionsOf } from '$lib/ops';
import { usualPreprocessing, type LaneParts, type LaneWeights, type Stop } from './lane.svelte';
import { chosenSet, knobsOf, setsFor, type PlaygroundSpec } from './spec';

/** Files that the reader dropped, that a network runs with. */
export type FileWeights = Extract<LaneWeights, { kind: 'files' }>;

/** What a network runs with these knobs. @throws KnobError, GraphError where they give no graph */
export function networkParts(
	id: NetworkId,
	knobs: KnobValues,
	{ weights }: Pick<PlaygroundSpec, 'weights'>,
	sets: readonly WeightSet[],
	files: FileWeights | undefined
): LaneParts {
	const network = networkById(id);
	const { family, build } = network;
	const graph = resolveGraph(build(knobs));
	const usual = usualFor(family, files);
	const base = { id, title: titleOf(network), family, graph, preprocessing: usual };
	if (files) {
		const { classes = classesOf(graph), preprocessing = usual, share } = files.set ?? {};
		return { ...base, weights: files, classes, preprocessing, ...(share !== undefined && { share }) };
	}
	const set = chosenSet(id, weights, sets);
	if (!set) {
		const reason = setsFor(id, sets).length === 0 ? 'none' : 'chosen';
		return { ...base, weights: { kind: 'random', reason }, classes: null };
	}
	if (!fits(set, graph)) return { ...base, weights: { kind: 'random', reason: 'changed' }, classes: null };
	return { ...base, weights: { kind: 'set', set }, classes: set.classes, preprocessing: set.preprocessing };
}

/** How pictures are prepared for weights of a family; for files with PyTorch's names, as torchvision has it. */
export function usualFor(family: Family, files: FileWeights | undefined): Preprocessing {
	const isPytorch = Object.keys(files?.names ?? {}).some((name) => name.endsWith('.weight'));
	return preprocessings[isPytorch ? 'imagenet' : usualPreprocessing[family]];
}

/** What came with the reader's own graph, where it was opened from files. */
export interface Opened {
	readonly weights: Extract<LaneWeights, { kind: 'opened' }> | null;
	readonly labels: readonly string[] | null;
}

/** How the reader wants pictures prepared for the own graph. */
export interface Preparation {
	readonly preprocessing: Preprocessing;
	readonly share?: number;
}

/** What the reader's own graph runs: what of it can be computed. */
export function ownParts(
	own: ResolvedGraph,
	files: FileWeights | undefined,
	opened: Opened | null,
	preparation: Preparation
): LaneParts {
	const graph = computablePart(own) ?? own;
	const weights = files ?? opened?.weights ?? null;
	const stop = stopOf(own, graph);
	return {
		id: 'own',
		title: graph.graph.name,
		family: 'reference',
		graph,
		...preparation,
		weights: weights ?? { kind: 'random', reason: 'none' },
		// What comes out half way answers nothing.
		classes: weights && !stop?.last ? (fittingLabels(opened, graph) ?? classesOf(graph)) : null,
		...(stop && { stop })
	};
}

/** Where a run ends of which only a part can be computed; `null` where all of it can, or nothing. */
export function stopOf(own: ResolvedGraph, part: ResolvedGraph): Stop | null {
	if (part === own) return null;
	const reads = own.nodes.find(
		({ op, inputs }) =>
			op === 'opaque' && inputs.every(({ producer }) => !producer || part.byId.has(producer.id))
	);
	const found = reads ?? own.nodes.find(({ op }) => op === 'opaque');
	if (!found) return null;
	const { type } = found.node.options as OptionsOf<'opaque'>;
	const isAnswered = part.output.ref === own.output.ref;
	return { node: found.id, type, last: isAnswered ? null : (part.output.producer?.id ?? null) };
}

const fittingLabels = (opened: Opened | null, { output }: ResolvedGraph) =>
	opened?.labels?.length === output.shape[2] ? opened.labels : null;

/** Files do not say what their classes are; a thousand are ImageNet's as good as always. */
function classesOf({ output }: ResolvedGraph): LaneParts['classes'] {
	return output.shape[2] === 1000 ? 'imagenet' : null;
}

/** Whether weights have a graph's shapes: knobs such as the picture's size change none of them. */
function fits(set: WeightSet, graph: ResolvedGraph): boolean {
	const trained = resolveGraph(networkById(set.network).build(knobsOf(set.network, set)));
	return JSON.stringify(shapesOf(trained)) === JSON.stringify(shapesOf(graph));
}

const shapesOf = (graph: ResolvedGraph) =>
	weightSpecs(graph).map(({ id, specs }) => [id, specs.map(({ name, shape }) => [name, shape])]);
