import type { OpenedModel } from '$lib/formats';
import type { NetworkWeights } from '$lib/formats/tensors';
import {
	differenceSteps,
	GraphError,
	resolveGraph,
	type GraphDifference,
	type ResolvedGraph
} from '$lib/nets';
import { cutNames } from '$lib/viz/words/cut';
import { namesOf } from './opened';
import { graphProblem } from '$lib/viz/words/problems';

/** One of two networks that stand side by side. */
export interface Side {
	readonly net: ResolvedGraph;
	readonly weights: NetworkWeights | null;
	readonly files: string;
	/** Bytes of its files. */
	readonly bytes: number;
	readonly format: string;
}

/** A model that was opened, as a side; a sentence where it is no network. */
export function sideOf({ graph, weights, format }: OpenedModel, files: readonly File[]): Side | string {
	try {
		const names = cutNames(namesOf(files));
		const bytes = files.reduce((sum, { size }) => sum + size, 0);
		return { net: resolveGraph(graph), weights, format, files: names, bytes };
	} catch (error) {
		if (error instanceof GraphError) return graphProblem(error);
		throw error;
	}
}

/** Longest time that comparing keeps the page from answering, in milliseconds. */
const mostAtOnce = 12;

/**
 * What differs between two networks; the page goes on meanwhile: files have hundreds of megabytes of weights, which would take
 * longer to hand to a worker than to compare.
 * @returns `null` where it was ended
 */
export async function compareSides(
	[a, b]: readonly [Side, Side],
	signal: AbortSignal
): Promise<GraphDifference | null> {
	const steps = differenceSteps(a.net, b.net, [a.weights, b.weights]);
	for (let begun = performance.now(); ;) {
		const { done, value } = steps.next();
		if (done) return value;
		if (performance.now() - begun < mostAtOnce) continue;
		await new Promise((go) => setTimeout(go));
		if (signal.aborted) return null;
		begun = performance.now();
	}
}
