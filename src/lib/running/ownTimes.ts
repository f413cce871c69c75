import type { Graph } from '$lib/nets';
import type { Spread } from '$lib/nets/times/spread';

/** How long networks of the reader's own took, until the page is loaded anew. */
const times = new Map<string, Spread>();

/** The same for the same network, whether it comes from a file or from its text, which have the fields in other orders. */
const keyOf = ({ inputs, nodes }: Graph) =>
	JSON.stringify([
		inputs.map(({ id, shape }) => [id, shape]),
		nodes.map(({ id, op, inputs, options }) => [
			...[id, op, inputs],
			Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))
		])
	]);

export function keepOwnTime(graph: Graph, spread: Spread): void {
	times.set(keyOf(graph), spread);
}

export const ownTimeOf = (graph: Graph): Spread | null => times.get(keyOf(graph)) ?? null;
