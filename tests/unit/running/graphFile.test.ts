import { expect, it } from 'vitest';
import { formatGraph, graphLimits, networks } from '$lib/nets';
import { holdGraph } from '$lib/running/files/graphFile';

const graph = formatGraph(networks.squeezenet.build());
const file = (name: string, text: string) => new File([text], name);

it('a network of this site as JSON is told from weights by what it holds', async () => {
	expect(await holdGraph([file('graph.json', graph)])).toBe(true);
	expect(await holdGraph([file('a.bin', 'x'), file('Graph.JSON', graph)])).toBe(true);
	for (const text of ['', '[1]', '{"weightsManifest": []}', '{"nodes": []}', graph.slice(0, -9)])
		expect(await holdGraph([file('model.json', text)]), text).toBe(false);
	expect(await holdGraph([file('a.bin', graph)])).toBe(false);
	expect(await holdGraph([])).toBe(false);
});

it('a file that is longer than any network is not read', async () => {
	const long = {
		name: 'long.json',
		size: graphLimits.jsonLength + 1,
		arrayBuffer: () => Promise.reject(new Error('read'))
	};
	expect(await holdGraph([long])).toBe(false);
});
