import type { OpenedModel } from '$lib/formats';
import type { NetworkWeights } from '$lib/formats/tensors';
import { GraphError, resolveGraph, type ResolvedGraph } from '$lib/nets';
import { cutNames } from '$lib/viz/words/cut';
import { namesOf } from './opened';
import { graphProblem } from '$lib/viz/words/problems';

/** One of two networks that stand side by side. */
export interface Side {
	readonly net: ResolvedGraph;
	readonly weights: NetworkWeights | null;
	readonly files: string;
	readonly format: string;
}

/** A model that was opened, as a side; a sentence where it is no network. */
export function sideOf({ graph, weights, format }: OpenedModel, files: readonly File[]): Side | string {
	try {
		const names = cutNames(namesOf(files));
		return { net: resolveGraph(graph), weights, format, files: names };
	} catch (error) {
		if (error instanceof GraphError) return graphProblem(error);
		throw error;
	}
}
