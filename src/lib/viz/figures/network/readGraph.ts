import { GraphError, parseGraph, resolveGraph, type ResolvedGraph } from '$lib/nets';
import { graphProblem } from '../../words/problems';

/** The graph that a text holds, or a sentence on why there is none. */
export function readGraph(text: string): ResolvedGraph | string {
	try {
		return resolveGraph(parseGraph(text));
	} catch (error) {
		if (!(error instanceof GraphError)) throw error;
		return graphProblem(error);
	}
}
