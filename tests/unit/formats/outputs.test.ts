import { describe, expect, it } from 'vitest';
import { openFiles, type ModelFile } from '$lib/formats';
import { resolveGraph, runGraph } from '$lib/nets';
import { flatBuffer } from './flatBuffer';
import { attribute, model, node, tensor, value } from './onnxFile';

const floats = (...of: number[]) => Float32Array.from(of);
const ints = (...of: number[]) => new Uint8Array(Int32Array.from(of).buffer);
/** Small numbers as letters, which stand for the bytes of a table's field. */
const letters = (...of: number[]) => String.fromCharCode(...ints(...of));

/** A picture of 1×2 places and six channels, whose channels are transposed as two rows of three; nothing reads what comes out. */
const onnx = (order: readonly number[]) =>
	model({
		nodes: [
			node('Relu', ['x'], ['r'], [], 'relu'),
			node('Reshape', ['r', 'apart'], ['a'], []),
			node('Transpose', ['a'], ['t'], [attribute('perm', order)]),
			node('Reshape', ['t', 'together'], ['y'], [])
		],
		initializers: [tensor('apart', [5], floats(1, 2, 3, 1, 2)), tensor('together', [4], floats(1, 6, 1, 2))],
		inputs: [value('x', [1, 6, 1, 2])],
		outputs: [value('y', null)]
	});

const graphModel = (order: readonly number[]): ModelFile[] => {
	const constants = { 'i/apart': [1, 1, 2, 2, 3], 'i/order': order, 'i/together': [1, 1, 2, 6] };
	const shape = [1, 1, 2, 6].map((n) => ({ size: String(n) }));
	const json = {
		format: 'graph-model',
		modelTopology: {
			node: [
				{ name: 'x', op: 'Placeholder', attr: { shape: { shape: { dim: shape } } } },
				...Object.keys(constants).map((name) => ({ name, op: 'Const' })),
				{ name: 'r', op: 'Relu', input: ['x'] },
				{ name: 'a', op: 'Reshape', input: ['r', 'i/apart'] },
				{ name: 't', op: 'Transpose', input: ['a', 'i/order'] },
				{ name: 'y', op: 'Reshape', input: ['t', 'i/together'] }
			]
		},
		signature: { outputs: { out: { name: 'y:0' } } },
		weightsManifest: [
			{
				paths: ['w.bin'],
				weights: Object.entries(constants).map(([name, { length }]) => ({
					...{ name, shape: [length], dtype: 'int32' }
				}))
			}
		]
	};
	const bytes = Object.values(constants).flatMap((of) => [...ints(...of)]);
	return [
		{ name: 'model.json', bytes: new TextEncoder().encode(JSON.stringify(json)) },
		{ name: 'w.bin', bytes: Uint8Array.from(bytes) }
	];
};

/** ReLU is 19, RESHAPE 22 and TRANSPOSE 39; 2 says that a tensor has whole numbers. */
const tflite = (order: readonly number[]) =>
	flatBuffer('TFL3', [
		3,
		[[19], [22], [39]],
		[
			[
				[
					[[1, 1, 2, 6], 0, 0, 'x'],
					[[1, 1, 2, 6], 0, 0, 'r'],
					[[5], 2, 1, 'apart'],
					[[1, 1, 2, 2, 3], 0, 0, 'a'],
					[[5], 2, 2, 'order'],
					[[1, 1, 2, 3, 2], 0, 0, 't'],
					[[4], 2, 3, 'together'],
					[[1, 1, 2, 6], 0, 0, 'y']
				],
				[0],
				[7],
				[
					[0, [0], [1]],
					[1, [1, 2], [3]],
					[2, [3, 4], [5]],
					[1, [5, 6], [7]]
				]
			]
		],
		'',
		[[], [letters(1, 1, 2, 2, 3)], [letters(...order)], [letters(1, 1, 2, 6)]]
	]);

const channelsFirst = [0, 2, 1, 3, 4];
const channelsLast = [0, 1, 2, 4, 3];

describe.each<[string, readonly ModelFile[], readonly ModelFile[]]>([
	[
		'ONNX',
		[{ name: 'a.onnx', bytes: onnx(channelsFirst) }],
		[{ name: 'a.onnx', bytes: onnx([0, 1, 2, 3, 4]) }]
	],
	['TensorFlow.js', graphModel(channelsLast), graphModel([0, 1, 2, 3, 4])],
	[
		'TFLite',
		[{ name: 'a.tflite', bytes: tflite(channelsLast) }],
		[{ name: 'a.tflite', bytes: tflite([0, 1, 2, 3, 4]) }]
	]
])('an output of %s that no layer reads', (_, shuffled, plain) => {
	const opened = async (files: readonly ModelFile[]) => {
		const found = await openFiles(files);
		if (found.kind !== 'model') throw new Error('no model');
		return resolveGraph(found.graph);
	};
	/** Channel 0 to 5 at the first place, 10 to 15 at the second. */
	const given = {
		shape: [1, 2, 6] as const,
		data: Float64Array.from([0, 10].flatMap((n) => [0, 1, 2, 3, 4, 5].map((i) => n + i)))
	};

	it('is shuffled where its channels are', async () => {
		const graph = await opened(shuffled);
		expect(graph.nodes.map(({ op }) => op)).toEqual(['relu', 'channelShuffle']);
		const { data } = runGraph(graph, [given], {})[graph.output.index]!;
		expect([...data]).toEqual([0, 3, 1, 4, 2, 5, 10, 13, 11, 14, 12, 15]);
	});

	it('is what the layer gives where they are in order again', async () => {
		const graph = await opened(plain);
		expect(graph.nodes.map(({ op }) => op)).toEqual(['relu']);
	});
});
