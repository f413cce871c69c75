import * as ort from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { openFiles } from '../../src/lib/formats';
import { toOnnx } from '../../src/lib/formats/onnx/write';
import { graphCost, resolveGraph, runGraph } from '../../src/lib/nets';
import { attribute, model, node, tensor, value } from '../unit/formats/onnxFile';
import { relativeDifference } from './engine/graphs';

const wave = (count: number, phase = 0) =>
	Float32Array.from({ length: count }, (_, i) => Math.sin(1.7 * i + phase));
const floats = (name: string, ...dims: number[]) =>
	tensor(
		name,
		dims,
		wave(
			dims.reduce((product, n) => product * n, 1),
			name.length
		)
	);
const integers = (name: string, ...of: number[]) =>
	tensor(name, [of.length], BigInt64Array.from(of.map(BigInt)));

/** Twelve channels of 5×4 pixels, shuffled in three groups: `s`; averaged, shuffled and flattened, they are `r`. */
const side = [5, 4] as const;
const begin = [
	node('Conv', ['x', 'w'], ['c'], [attribute('pads', [1, 1, 1, 1])]),
	node('Reshape', ['c', 'apart'], ['c1'], []),
	node('Transpose', ['c1'], ['c2'], [attribute('perm', [0, 2, 1, 3, 4])]),
	node('Reshape', ['c2', 'whole'], ['s'], []),
	node('GlobalAveragePool', ['c'], ['g'], []),
	node('Reshape', ['g', 'gApart'], ['g1'], []),
	node('Transpose', ['g1'], ['g2'], [attribute('perm', [0, 2, 1, 3, 4])]),
	node('Reshape', ['g2', 'gWhole'], ['g3'], []),
	node('Flatten', ['g3'], ['r'], [])
];
const given = [
	floats('w', 12, 3, 3, 3),
	integers('apart', 1, 3, 4, ...side),
	integers('whole', 1, 12, ...side),
	integers('gApart', 1, 3, 4, 1, 1),
	integers('gWhole', 1, 12, 1, 1)
];

interface Chain {
	readonly nodes: readonly Uint8Array[];
	readonly constants?: readonly Uint8Array[];
	/** Of `y`. */
	readonly output: readonly number[];
}
const picture = [1, 12, ...side];

/** What may stand behind a shuffle without a convolution between. */
const chains: Readonly<Record<string, Chain>> = {
	'Flatten and Softmax': { nodes: [node('Softmax', ['r'], ['y'], [attribute('axis', 1)])], output: [1, 12] },
	'Softmax over channels': {
		nodes: [node('Softmax', ['s'], ['y'], [attribute('axis', 1)])],
		output: picture
	},
	'Softmax, and then Gemm': {
		nodes: [
			node('Softmax', ['r'], ['p'], [attribute('axis', -1)]),
			node('Gemm', ['p', 'k', 'b'], ['y'], [attribute('transB', 1)])
		],
		constants: [floats('k', 7, 12), floats('b', 7)],
		output: [1, 7]
	},
	'Flatten of pixels and Gemm': {
		nodes: [node('Flatten', ['s'], ['f'], []), node('Gemm', ['f', 'k'], ['y'], [])],
		constants: [floats('k', 240, 7)],
		output: [1, 7]
	},
	'Reshape and MatMul': {
		nodes: [node('Reshape', ['s', 'row'], ['f'], []), node('MatMul', ['f', 'k'], ['y'], [])],
		constants: [floats('k', 240, 7), integers('row', 1, -1)],
		output: [1, 7]
	},
	'a factor and a summand for each channel': {
		nodes: [node('Mul', ['s', 'k'], ['m'], []), node('Add', ['m', 'b'], ['y'], [])],
		constants: [floats('k', 1, 12, 1, 1), floats('b', 12, 1, 1)],
		output: picture
	},
	'a factor for each value of a row': {
		nodes: [node('Mul', ['r', 'k'], ['y'], [])],
		constants: [floats('k', 12)],
		output: [1, 12]
	},
	'PRelu of a row': {
		nodes: [node('PRelu', ['r', 'k'], ['y'], [])],
		constants: [floats('k', 12)],
		output: [1, 12]
	},
	'BatchNormalization of a row': {
		nodes: [node('BatchNormalization', ['r', 'k', 'b', 'b', 'v'], ['y'], [])],
		constants: [
			floats('k', 12),
			floats('b', 12),
			tensor(
				'v',
				[12],
				wave(12).map((n) => 1.5 + n)
			)
		],
		output: [1, 12]
	},
	'LayerNormalization of a row': {
		nodes: [node('LayerNormalization', ['r', 'k', 'b'], ['y'], [])],
		constants: [floats('k', 12), floats('b', 12)],
		output: [1, 12]
	},
	'a row beside one that is not shuffled': {
		nodes: [node('Flatten', ['g'], ['q'], []), node('Concat', ['r', 'q'], ['y'], [attribute('axis', 1)])],
		output: [1, 24]
	},
	'a row and one that is not shuffled, added': {
		nodes: [node('Flatten', ['g'], ['q'], []), node('Add', ['r', 'q'], ['y'], [])],
		output: [1, 12]
	},
	'halves of a row': {
		nodes: [
			node('Split', ['r', 'parts'], ['a', 'b'], [attribute('axis', 1)]),
			node('Add', ['a', 'b'], ['y'], [])
		],
		constants: [integers('parts', 6, 6)],
		output: [1, 6]
	},
	'positions of two tensors in one row': {
		nodes: [
			node('MaxPool', ['s'], ['t'], [attribute('kernel_shape', [2, 2]), attribute('strides', [2, 2])]),
			node('Reshape', ['c', 'places'], ['a'], []),
			node('Reshape', ['t', 'places'], ['b'], []),
			node('Concat', ['a', 'b'], ['j'], [attribute('axis', 2)]),
			node('Transpose', ['j'], ['y'], [attribute('perm', [0, 2, 1])])
		],
		constants: [integers('places', 1, 12, -1)],
		output: [1, 24, 12]
	}
};

async function run(bytes: Uint8Array, input: Float32Array): Promise<Float32Array> {
	const session = await ort.InferenceSession.create(bytes);
	const results = await session.run({ x: new ort.Tensor('float32', input, [1, 3, ...side]) });
	const found = Object.values(results)[0]!.data as Float32Array;
	await session.release();
	return found;
}

describe('behind a shuffle that no convolution reads', () => {
	it.each(Object.entries(chains))('%s: all is known, and comes out as in onnxruntime', async (_, chain) => {
		const bytes = model({
			nodes: [...begin, ...chain.nodes],
			initializers: [...given, ...(chain.constants ?? [])],
			inputs: [value('x', [1, 3, ...side])],
			outputs: [value('y', chain.output)],
			opset: 17
		});
		const opened = await openFiles([{ name: 'net.onnx', bytes }]);
		if (opened.kind !== 'model' || !opened.weights) throw new Error('no weights');
		const net = resolveGraph(opened.graph);
		expect(net.nodes.filter(({ op }) => op === 'opaque').map(({ id }) => id)).toEqual([]);
		expect(graphCost(net).total.uncounted).toBe(0);

		const planes = wave(3 * 20, 4);
		const data = Float64Array.from({ length: 60 }, (__, i) => planes[(i % 3) * 20 + Math.floor(i / 3)]!);
		const weights = Object.fromEntries(
			Object.entries(opened.weights).map(([id, of]) => [
				id,
				Object.fromEntries(
					Object.entries(of).map(([name, { shape, data }]) => [
						name,
						{ shape, data: Float64Array.from(data) }
					])
				)
			])
		);
		const made = runGraph(net, [{ shape: [...side, 3], data }], weights)[net.output.index];
		expect(made!.shape).toEqual(net.output.shape);
		const isRows = chain.output.length === 3;
		const [height, width, channels] = made!.shape;
		const area = height * width;
		// As the file has it: channels first, or positions as rows.
		const inOrder = isRows
			? [...made!.data]
			: Array.from(made!.data, (__, i) => made!.data[(i % area) * channels + Math.floor(i / area)]!);
		expect(relativeDifference(inOrder, await run(bytes, planes))).toBeLessThan(1e-5);

		const written = await run(toOnnx(net, opened.weights), planes);
		const first = Array.from(
			made!.data,
			(__, i) => made!.data[(i % area) * channels + Math.floor(i / area)]!
		);
		expect(relativeDifference(written, first)).toBeLessThan(1e-5);
	});
});
