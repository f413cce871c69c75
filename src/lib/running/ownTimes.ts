import type { Graph } from '$lib/nets';
import type { Spread } from '$lib/nets/times/spread';

/** How long networks of the reader's own took, until the page is loaded anew. */
const times = new Map<string, Spread>();

const keyOf = ({ inputs, nodes }: Graph) => JSON.stringify([inputs, nodes]);

export function keepOwnTime(graph: Graph, spread: Spread): void {
	times.set(keyOf(graph), spread);
}

export const ownTimeOf = (graph: Graph): Spread | null => times.get(keyOf(graph)) ?? null;
