import { describe, expect, it } from 'vitest';
import { differenceOf, GraphBuilder, resolveGraph } from '$lib/nets';
import { defaultConventions } from '$lib/viz/figures/network/conventions';
import { itemSentence } from '$lib/viz/figures/network/labels';
import { layerFileColumns } from '$lib/viz/figures/network/layerText';
import { layerTable } from '$lib/viz/figures/network/layerTable';
import { shapesText } from '$lib/viz/words/layers';

/** A convolution, an operator that nobody says the shape of, and a convolution behind it. */
function net(guessed: boolean) {
	const made = new GraphBuilder('Guess', [8, 8, 3]);
	const first = made.conv2d('block/first', made.input, { outChannels: 4, kernelSize: 1, bias: false });
	const odd = made.op('opaque', 'block/odd', first, {
		...{ type: 'Mystery', shapes: [[8, 8, 4]], parameters: 0 },
		...(guessed && { guessed })
	});
	return resolveGraph(made.build(made.conv2d('last', odd, { outChannels: 2, kernelSize: 1, bias: false })));
}

describe('what stands behind a guess', () => {
	it('has shapes with a question mark, in words and in the table’s file', () => {
		const graph = net(true);
		expect(graph.tensors.map(({ isGuess }) => isGuess)).toEqual([false, false, true, true]);
		expect(shapesText(graph.tensors)).toBe('8×8×3 + 8×8×4 + 8×8×4? + 8×8×2?');
		expect(shapesText(net(false).tensors)).not.toContain('?');
		const [last] = graph.nodes.slice(-1);
		const item = { kind: 'node', key: last!.id, node: last!, outputs: last!.outputs } as const;
		expect(itemSentence(item, undefined, 0)).toContain('8×8×2?');
		const { rows } = layerTable(graph, defaultConventions);
		const row = rows.find(({ id }) => id === 'last')!;
		const cells = layerFileColumns(defaultConventions).map(({ value }) => value(row));
		expect(cells).toContain('8×8×2?');
		// What is not known is no 0.
		expect(cells).not.toContain(0);
	});

	it('is left out of the table’s sums, which say so', () => {
		const { unsized, uncounted, params, rows } = layerTable(net(true), defaultConventions);
		expect({ unsized, uncounted, params }).toEqual({ unsized: 1, uncounted: 2, params: 12 });
		const last = rows.find(({ id }) => id === 'last')!;
		expect(last).toMatchObject({ unsized: 1, guesses: 1, memory: 0, params: 0 });
		const known = layerTable(net(false), defaultConventions);
		expect([known.unsized, known.params]).toEqual([0, 20]);
	});

	it('differs from what is known', () => {
		const row = differenceOf(net(false), net(true)).rows.at(-1)!;
		expect(row.differs).toEqual(['params', 'macs']);
		expect([row.a?.isUnsized, row.b?.isUnsized]).toEqual([false, true]);
	});
});
