import { expect, it } from 'vitest';
import { openFiles, type ModelFile } from '$lib/formats';
import { graphCost, resolveGraph } from '$lib/nets';
import { flatBuffer } from './flatBuffer';

const utf8 = (text: string) => new TextEncoder().encode(text);

async function counted(...files: ModelFile[]) {
	const opened = await openFiles(files);
	if (opened.kind !== 'model') throw new Error('no model');
	const shared = opened.graph.nodes.flatMap(({ id, sharesWith }) => (sharesWith ? [[id, sharesWith]] : []));
	return {
		params: graphCost(resolveGraph(opened.graph)).total.params.trainable,
		shared,
		notes: opened.notes
	};
}

/** Two layers of 4 to 4 channels, of one name for their parameters or of two. */
const caffe = (second: string) => ({
	name: 'net.prototxt',
	bytes: utf8(`input: "data"
input_dim: 1 input_dim: 4 input_dim: 8 input_dim: 8
${['one', second]
	.map(
		(name, i) => `layer { name: "c${i}" type: "Convolution" bottom: "${i === 0 ? 'data' : 'c0'}" top: "c${i}"
param { name: "${name}_w" lr_mult: 1 } param { name: "${name}_b" } convolution_param { num_output: 4 kernel_size: 1 } }`
	)
	.join('\n')}`)
});

it('Caffe’s parameters of one name are counted once', async () => {
	const { params, shared, notes } = await counted(caffe('one'));
	expect([params, shared]).toEqual([20, [['c1', 'c0']]]);
	expect(notes).toContainEqual({ code: 'shared', params: { count: 1, layer: 'c1', owner: 'c0' } });
	expect((await counted(caffe('two'))).params).toBe(40);
});

/** Two dense layers of 2 to 2, which read the same tensors or others. FULLY_CONNECTED is 9; letters are the bytes of numbers. */
const tflite = (second: readonly number[]) => ({
	name: 'net.tflite',
	bytes: flatBuffer('TFL3', [
		3,
		[[9]],
		[
			[
				[
					[[1, 2], 0, 0, 'x'],
					[[2, 2], 0, 1, 'w'],
					[[2], 0, 2, 'b'],
					[[2, 2], 0, 1, 'w2'],
					[[2], 0, 2, 'b2'],
					[[1, 2], 0, 0, 'y'],
					[[1, 2], 0, 0, 'z']
				],
				[0],
				[6],
				[
					[0, [0, 1, 2], [5]],
					[0, [5, ...second], [6]]
				]
			]
		],
		'',
		[[], ['\0\0\0@'.repeat(4)], ['\0\0\0@'.repeat(2)]]
	])
});

it('tensors of TFLite that two operators read are counted once', async () => {
	expect(await counted(tflite([1, 2]))).toMatchObject({ params: 6, shared: [['z', 'y']] });
	expect(await counted(tflite([3, 4]))).toMatchObject({ params: 12, shared: [] });
	// The same kernel with another bias is another layer.
	expect(await counted(tflite([1, 4]))).toMatchObject({ params: 12, shared: [] });
});

/** Two pointwise convolutions of 2 to 2 channels, each with a bias behind it, through nodes that lead weights on. */
function graphModel(kernel: string, bias: string): ModelFile[] {
	const weights = { k: [1, 1, 2, 2], b: [2], k2: [1, 1, 2, 2], b2: [2] };
	const dims = [1, 4, 4, 2].map((n) => ({ size: String(n) }));
	const conv = (name: string, x: string, k: string) => ({
		...{ name, op: 'Conv2D', input: [x, k] },
		attr: { strides: { list: { i: ['1', '1', '1', '1'] } }, padding: { s: btoa('SAME') } }
	});
	const node = [
		{ name: 'x', op: 'Placeholder', attr: { shape: { shape: { dim: dims } } } },
		...Object.keys(weights).map((name) => ({ name, op: 'Const' })),
		{ name: 'read', op: 'Identity', input: [kernel] },
		conv('first', 'x', 'k'),
		{ name: 'firstBias', op: 'BiasAdd', input: ['first', 'b'] },
		conv('second', 'firstBias', 'read'),
		{ name: 'secondBias', op: 'BiasAdd', input: ['second', bias] }
	];
	const json = {
		...{ format: 'graph-model', modelTopology: { node } },
		signature: { outputs: { out: { name: 'secondBias:0' } } },
		weightsManifest: [
			{
				paths: ['w.bin'],
				weights: Object.entries(weights).map(([name, shape]) => ({ name, shape, dtype: 'float32' }))
			}
		]
	};
	return [
		{ name: 'model.json', bytes: utf8(JSON.stringify(json)) },
		{ name: 'w.bin', bytes: new Uint8Array(4 * 12) }
	];
}

it('weights of TensorFlow.js that two nodes read are counted once', async () => {
	expect(await counted(...graphModel('k', 'b'))).toMatchObject({ params: 6, shared: [['second', 'first']] });
	expect(await counted(...graphModel('k2', 'b2'))).toMatchObject({ params: 12, shared: [] });
	expect(await counted(...graphModel('k', 'b2'))).toMatchObject({ params: 12, shared: [] });
});
