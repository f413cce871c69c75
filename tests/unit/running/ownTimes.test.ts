import { expect, it } from 'vitest';
import { networkById, parseGraph, formatGraph, type Graph } from '$lib/nets';
import { keepOwnTime, ownTimeOf } from '$lib/running/ownTimes';

const spread = { median: 42, low: 38, high: 43, runs: 5 } as unknown as Parameters<typeof keepOwnTime>[1];

it('the time of a network is found by it, as its file gave it or read from its address, and by no other', () => {
	const graph = networkById('squeezenet').build();
	// As readers of files make them.
	const read = (of: Graph): Graph => ({
		...of,
		nodes: of.nodes.map(({ options, ...node }) => ({
			options: Object.fromEntries(Object.entries(options).reverse()),
			...node
		})) as Graph['nodes']
	});
	keepOwnTime(read(graph), spread);
	expect(ownTimeOf(parseGraph(formatGraph(graph)))).toBe(spread);
	expect(ownTimeOf(networkById('squeezenet').build({ resolution: 128 }))).toBe(null);
	expect(ownTimeOf(networkById('squeezenet').build({ bypass: 'simple' }))).toBe(null);
});
