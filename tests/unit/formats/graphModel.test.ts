import { describe, expect, it } from 'vitest';
import { FormatError, openFiles } from '$lib/formats';
import { graphCost, resolveGraph } from '$lib/nets';

const text = (value: string) => ({ s: btoa(value) });
const ints = (list: readonly number[]) => ({ list: { i: list.map(String) } });
const shape = (dims: readonly number[]) => ({ shape: { dim: dims.map((n) => ({ size: String(n) })) } });

interface Node {
	readonly name: string;
	readonly op: string;
	readonly input?: readonly string[];
	readonly attr?: object;
}

const place: Node = { name: 'x', op: 'Placeholder', attr: { shape: shape([-1, 8, 8, 3]) } };
const constant = (name: string): Node => ({ name, op: 'Const' });
const convolution = (op: string, name: string, input: readonly string[], attr: object = {}): Node => ({
	...{ name, op, input },
	attr: { strides: ints([1, 2, 2, 1]), padding: text('SAME'), dilations: ints([1, 1, 1, 1]), ...attr }
});

/** A model of these nodes, and of these weights, the values of which count up. */
function model(
	nodes: readonly Node[],
	weights: Readonly<Record<string, readonly number[]>>,
	outputs: string
) {
	const count = (dims: readonly number[]) => dims.reduce((product, n) => product * n, 1);
	const specs = Object.entries(weights).map(([name, dims]) => {
		const isWhole = name.startsWith('i/');
		return { name, shape: isWhole ? [dims.length] : dims, dtype: isWhole ? 'int32' : 'float32' };
	});
	const parts = Object.entries(weights).map(([name, dims]) =>
		name.startsWith('i/')
			? new Uint8Array(Int32Array.from(dims).buffer)
			: new Uint8Array(Float32Array.from({ length: count(dims) }, (_, i) => i / 8).buffer)
	);
	const json = {
		...{ format: 'graph-model', generatedBy: '2.4.0', modelTopology: { node: nodes } },
		signature: { outputs: { out: { name: `${outputs}:0` } } },
		weightsManifest: [{ paths: ['w.bin'], weights: specs }]
	};
	return [
		{ name: 'model.json', bytes: new TextEncoder().encode(JSON.stringify(json)) },
		{ name: 'w.bin', bytes: Uint8Array.from(parts.flatMap((part) => [...part])) }
	];
}

async function opened(files: Parameters<typeof openFiles>[0]) {
	const found = await openFiles(files);
	if (found.kind !== 'model') throw new Error('no model');
	return { ...found, resolved: resolveGraph(found.graph) };
}

const fused = { fused_ops: { list: { s: [btoa('BiasAdd'), btoa('Relu6')] } } };
const nodes: readonly Node[] = [
	// Behind what reads it: nodes stand in any order.
	convolution('_FusedConv2D', 'StatefulPartitionedCall/model/conv/Relu6', ['x', 'k', 'b'], fused),
	place,
	...['k', 'b', 'd', 'm', 'i/axes', 'f', 'i/to'].map(constant),
	convolution('DepthwiseConv2dNative', 'dw', ['StatefulPartitionedCall/model/conv/Relu6', 'd']),
	{ name: 'norm', op: 'Mul', input: ['dw', 'm'] },
	{ name: 'shift', op: 'AddV2', input: ['norm', 'm'] },
	{ name: 'mean', op: 'Mean', input: ['shift', 'i/axes'], attr: { keep_dims: { b: false } } },
	{ name: 'flat', op: 'Reshape', input: ['mean', 'i/to', '^norm'] },
	{ name: 'fc', op: 'MatMul', input: ['flat', 'f'] },
	{ name: 'Identity', op: 'Identity', input: ['fc'] }
];
const weights = {
	k: [3, 3, 3, 4],
	b: [4],
	d: [3, 3, 4, 2],
	m: [8],
	f: [8, 5],
	'i/axes': [1, 2],
	'i/to': [-1, 8]
};

describe('a graph model of TensorFlow.js', () => {
	it('opens with its layers, costs and weights, whatever the order of its nodes', async () => {
		const { resolved, weights: found, notes } = await opened(model(nodes, weights, 'Identity'));
		expect(resolved.nodes.map(({ id, op }) => [id, op])).toEqual([
			['conv.Relu6', 'conv2d'],
			['conv.Relu6.Relu6', 'relu6'],
			['dw', 'conv2d'],
			['norm', 'scale'],
			['shift', 'scale'],
			['mean', 'globalAvgPool'],
			['fc', 'dense']
		]);
		const { macs, params, uncounted } = graphCost(resolved).total;
		expect([macs, uncounted]).toEqual([16 * 4 * 27 + 4 * 8 * 9 + 40, 0]);
		expect(params.trainable).toBe(112 + 72 + 8 + 8 + 40);
		// [kh, kw, in, multiplier] lies as [kh, kw, 1, in × multiplier].
		expect(found!['dw']!['kernel']!.shape).toEqual([3, 3, 1, 8]);
		expect(found!['dw']!['kernel']!.data[9]).toBe(9 / 8);
		expect(notes).toEqual([{ code: 'from', params: { producer: '2.4.0' } }]);
	});

	it('opens as structure alone where its shards are not there; what needs them is not counted', async () => {
		const [json] = model(nodes, weights, 'Identity');
		const { weights: found, notes, resolved } = await opened([json!]);
		expect(found).toBeNull();
		expect(notes.map(({ code }) => code)).toContain('missingShards');
		expect(graphCost(resolved).total.macs).toBeGreaterThanOrEqual(16 * 4 * 27 + 4 * 8 * 9);
	});

	it('puts on channels of zeros, as a shortcut needs', async () => {
		const padded = [place, constant('i/pads'), { name: 'pad', op: 'Pad', input: ['x', 'i/pads'] }];
		const { resolved } = await opened(model(padded, { 'i/pads': [0, 0, 0, 0, 0, 0, 0, 2] }, 'pad'));
		// The pads are a table of four by two there, and a list of eight is read alike.
		expect(resolved.output.shape).toEqual([8, 8, 5]);
		expect(resolved.nodes.map(({ op }) => op)).toEqual(['split', 'rescale', 'concat']);
	});

	it('leaves what it does not know uncounted', async () => {
		const strange = [
			place,
			{ name: 'y', op: 'Einsum', input: ['x'] },
			{ name: 'z', op: 'Relu', input: ['y'] }
		];
		const { notes, resolved } = await opened(model(strange, {}, 'z'));
		expect(notes).toContainEqual({ code: 'opaque', params: { count: 1, types: 'Einsum' } });
		expect(resolved.output.shape).toEqual([8, 8, 3]);
	});

	it.each([
		[
			'nodes that read each other',
			[place, { name: 'a', op: 'Relu', input: ['b'] }, { name: 'b', op: 'Relu', input: ['a'] }]
		],
		['a node that reads what is not there', [place, { name: 'a', op: 'Relu', input: ['c'] }]],
		[
			'two nodes of one name',
			[place, { name: 'a', op: 'Relu', input: ['x'] }, { name: 'a', op: 'Relu', input: ['x'] }]
		],
		['a node without a name', [place, { op: 'Relu', input: ['x'] } as unknown as Node]],
		[
			'an input without a shape',
			[
				{ name: 'x', op: 'Placeholder' },
				{ name: 'a', op: 'Relu', input: ['x'] }
			]
		]
	])('refuses %s with a sentence', async (_, of) => {
		const found = await openFiles(model(of, {}, 'a')).catch((error: unknown) => error);
		expect(found).toBeInstanceOf(FormatError);
		expect((found as FormatError).code).toBe('broken');
	});
});
