import { expect, it } from 'vitest';
import { exported } from '$lib/running/files/exports';
import { graphCost, resolveGraph, type Graph } from '$lib/nets';
import { writeKerasNetwork } from '$lib/viz/code/kerasNetwork';
import { writePytorchNetwork } from '$lib/viz/code/pytorchNetwork';

const conv = (id: string, input: string, more: object = {}, options: object = {}) => ({
	...{ id, op: 'conv2d', inputs: [input], ...more },
	options: { outChannels: 8, kernelSize: 3, padding: 'same', bias: false, ...options }
});
const netOf = (nodes: readonly object[], output: string, blocks: readonly object[] = []) =>
	resolveGraph({
		...{ name: 'shared', inputs: [{ id: 'input', shape: [10, 10, 8] }], nodes, output, blocks }
	} as unknown as Graph);
const relu = (id: string, input: string) => ({ id, op: 'relu', inputs: [input], options: {} });
const shared = netOf(
	[conv('one', 'input', { block: 'a' }), relu('r', 'one'), conv('two', 'r', { sharesWith: 'one' })],
	'two',
	[{ path: 'a', kind: 'residual' }]
);
const count = (text: string, of: string) => text.split(of).length - 1;

it('a layer that is used twice is made once in a program, and has its parameters once', () => {
	expect(graphCost(shared).total.params.trainable).toBe(576);
	const pytorch = writePytorchNetwork(shared);
	expect(count(pytorch, 'nn.Conv2d(')).toBe(1);
	expect(count(pytorch, 'self.one(')).toBe(2);
	const keras = writeKerasNetwork(shared);
	expect(count(keras, 'layers.Conv2D(')).toBe(1);
	expect(keras).toMatch(/^one = layers\.Conv2D\(.*\)$/m);
	expect(count(keras, 'one(x)')).toBe(2);
});

it('where its weights are used with other options, no program is written, and the reason said', () => {
	const strided = netOf(
		[conv('one', 'input'), conv('two', 'one', { sharesWith: 'one' }, { stride: 2 })],
		'two'
	);
	for (const kind of ['pytorch', 'keras'] as const)
		expect(exported(kind, strided, null, {})).toContain('two uses the weights of another layer');
});
