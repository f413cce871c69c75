import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import * as h5wasm from 'h5wasm/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFiles } from '$lib/formats';
import { fitWeights } from '$lib/formats/fit';
import { matchWeights } from '$lib/formats/match';
import { resolveGraph } from '$lib/nets';

const folder = mkdtempSync(join(tmpdir(), 'lightnets-keras-'));
beforeAll(() => h5wasm.ready);
afterAll(() => rmSync(folder, { recursive: true }));

/** Variables of a layer, by shape; its own name, or the layers of a model within the model. */
interface Saved {
	readonly name: string;
	readonly vars?: readonly (readonly number[])[];
	readonly layers?: Readonly<Record<string, Saved>>;
}

/** `model.weights.h5` as Keras 3 writes it: layers by their classes, their own names as attributes. Values count up from `1`. */
function weightsFile(layers: Readonly<Record<string, Saved>>): Uint8Array {
	const path = join(folder, 'weights.h5');
	const file = new h5wasm.File(path, 'w');
	let value = 0;
	const write = (group: h5wasm.Group, of: Readonly<Record<string, Saved>>): void => {
		const inner = group.create_group('layers');
		for (const [key, { name, vars = [], layers }] of Object.entries(of)) {
			const layer = inner.create_group(key);
			const own = layer.create_group('vars');
			own.create_attribute('name', name);
			vars.forEach((shape, i) => {
				const length = shape.reduce((product, n) => product * n, 1);
				own.create_dataset({
					...{ name: String(i), shape: [...shape] },
					data: Float32Array.from({ length }, () => ++value)
				});
			});
			if (layers) write(layer, layers);
		}
	};
	write(file, layers);
	const optimizer = file.create_group('optimizer').create_group('vars');
	optimizer.create_dataset({ name: '0', data: Float32Array.of(9), shape: [1] });
	file.close();
	return new Uint8Array(readFileSync(path));
}

type Layer = readonly [type: string, config: object];

const sequential = (name: string, shape: readonly number[], layers: readonly Layer[]) => ({
	class_name: 'Sequential',
	config: {
		name,
		layers: [
			{ class_name: 'InputLayer', config: { name: `${name}_in`, batch_shape: [null, ...shape] } },
			...layers.map(([class_name, config]) => ({ class_name, config }))
		]
	}
});

async function open(model: object, saved: Readonly<Record<string, Saved>> | null = null) {
	const utf8 = (text: string) => new TextEncoder().encode(text);
	const bytes = zipSync({
		'config.json': utf8(JSON.stringify(model)),
		'metadata.json': utf8('{"keras_version": "3.15.1"}'),
		...(saved && { 'model.weights.h5': weightsFile(saved) })
	});
	const opened = await openFiles([{ name: 'net.keras', bytes }]);
	if (opened.kind !== 'model') throw new Error('no model');
	return opened;
}

const opsOf = async (layers: readonly Layer[], shape: readonly number[] = [8, 8, 3]) =>
	(await open(sequential('net', shape, layers))).graph.nodes.map(({ op }) => op);

describe('a .keras file of Keras 3', () => {
	it('has the weights of layers that hold one by its place: PReLU’s, and ConvNeXt’s scale', async () => {
		const layers: Layer[] = [
			['PReLU', { name: 'p', shared_axes: [1, 2] }],
			['LayerScale', { name: 's', projection_dim: 3 }]
		];
		const { weights, graph } = await open(sequential('net', [4, 4, 3], layers), {
			p_re_lu: { name: 'p', vars: [[1, 1, 3]] },
			layer_scale: { name: 's', vars: [[3]] }
		});
		expect(graph.nodes.map(({ op }) => op)).toEqual(['prelu', 'scale']);
		expect([...weights!['p']!['alpha']!.data]).toEqual([1, 2, 3]);
		expect([...weights!['s']!['gamma']!.data]).toEqual([4, 5, 6]);
	});

	it('scales each channel by its own, as EfficientNet does before its published weights', async () => {
		const scale = [0.5, 2, 4];
		const { graph, weights } = await open(
			sequential('net', [8, 8, 3], [['Rescaling', { name: 'r', scale, offset: 1 }]]),
			{}
		);
		expect(graph.nodes.map(({ op }) => op)).toEqual(['scale']);
		expect(weights).toMatchObject({
			r: { gamma: { data: Float32Array.from(scale) }, beta: { data: Float32Array.of(1, 1, 1) } }
		});
		// As many as there are channels, or it is not known what it does.
		expect(await opsOf([['Rescaling', { name: 'r', scale: [1, 2], offset: 0 }]])).toEqual(['opaque']);
	});

	it.each(['RandomFlip', 'RandomColorJitter', 'RandomErasing', 'MixUp', 'StochasticDepth'])(
		'%s alters pictures in training alone',
		async (type) => {
			expect(
				await opsOf([
					[type, { name: 'a' }],
					['ReLU', { name: 'r' }]
				])
			).toEqual(['relu']);
		}
	);

	it('cuts are not computed, and known by their shape, so that all after them fits', async () => {
		const { graph } = await open(
			sequential(
				'net',
				[8, 8, 3],
				[
					[
						'Cropping2D',
						{
							name: 'c',
							cropping: [
								[1, 0],
								[2, 1]
							]
						}
					],
					['Conv2D', { name: 'k', filters: 2, kernel_size: [3, 3], strides: [1, 1], padding: 'valid' }]
				]
			)
		);
		expect(resolveGraph(graph).output.shape).toEqual([5, 3, 2]);
	});
});

it('a structure that to_json wrote opens without weights', async () => {
	const { module, ...model } = {
		module: 'keras',
		...sequential('net', [8, 8, 3], [['ReLU', { name: 'r' }]])
	};
	const text = JSON.stringify({ module, ...model, registered_name: 'Sequential' });
	const opened = await openFiles([{ name: 'net.json', bytes: new TextEncoder().encode(text) }]);
	expect(opened).toMatchObject({ kind: 'model', format: 'Keras', weights: null });
	expect(opened.notes.map(({ code }) => code)).toContain('noWeights');
});

describe('weights that save_weights of Keras 3 wrote', () => {
	const convolution = (name: string, filters: number): Layer => [
		'Conv2D',
		{ name, filters, kernel_size: [1, 1], strides: [1, 1], padding: 'valid' }
	];
	const inner = sequential(
		'base',
		[4, 4, 3],
		[
			convolution('first', 3),
			[
				'DepthwiseConv2D',
				{ name: 'deep', kernel_size: [3, 3], strides: [1, 1], padding: 'same', use_bias: false }
			],
			['BatchNormalization', { name: 'norm' }]
		]
	);
	const model = {
		...sequential('whole', [4, 4, 3], []),
		config: {
			name: 'whole',
			layers: [
				{ class_name: 'InputLayer', config: { name: 'in', batch_shape: [null, 4, 4, 3] } },
				inner,
				{ class_name: 'Conv2D', config: convolution('head', 2)[1] }
			]
		}
	};
	const saved = {
		conv2d: { name: 'head', vars: [[1, 1, 3, 2], [2]] },
		sequential: {
			name: 'base',
			layers: {
				conv2d: { name: 'first', vars: [[1, 1, 3, 3], [3]] },
				depthwise_conv2d: { name: 'deep', vars: [[3, 3, 3, 1]] },
				batch_normalization: { name: 'norm', vars: [[3], [3], [3], [3]] }
			}
		}
	};

	it('have the layers’ own names, with those of the models around them, and fit the network that they are of', async () => {
		const opened = await openFiles([{ name: 'net.weights.h5', bytes: weightsFile(saved) }]);
		if (opened.kind !== 'weights') throw new Error('no weights');
		expect(opened.tensors.map(({ name, shape }) => [name, ...shape])).toEqual(
			[
				['head/kernel', 1, 1, 3, 2],
				['head/bias', 2],
				...['gamma', 'beta', 'moving_mean', 'moving_variance'].map((role) => [`base.norm/${role}`, 3]),
				['base.first/kernel', 1, 1, 3, 3],
				['base.first/bias', 3],
				['base.deep/depthwise_kernel', 3, 3, 3, 1]
			].sort(([a], [b]) => order.indexOf(String(a)) - order.indexOf(String(b)))
		);
		const { graph, weights } = await open(model, saved);
		const matched = matchWeights(resolveGraph(graph), opened.tensors);
		expect(matched.problems).toEqual([]);
		expect(matched.weights).toEqual(weights);
	});
	const order = [
		...['head/kernel', 'head/bias'],
		...['gamma', 'beta', 'moving_mean', 'moving_variance'].map((role) => `base.norm/${role}`),
		...['base.first/kernel', 'base.first/bias', 'base.deep/depthwise_kernel']
	];

	it('are refused where they are cut off, by the length that they say they have', async () => {
		const bytes = weightsFile(saved);
		for (const length of [bytes.length - 1, bytes.length >> 1])
			await expect(
				openFiles([{ name: 'net.weights.h5', bytes: bytes.subarray(0, length) }])
			).rejects.toMatchObject({
				code: 'broken',
				reason: { code: 'cut', params: { actual: length, expected: bytes.length } }
			});
	});

	it('are refused where groups hold themselves, which makes layers without end', async () => {
		const path = join(folder, 'loop.h5');
		const loop = new h5wasm.File(path, 'w');
		const inner = loop.create_group('layers');
		for (let i = 0; i < 6; i++) inner.create_hard_link('/', `functional_${i}`);
		loop.close();
		const bytes = new Uint8Array(readFileSync(path));
		await expect(openFiles([{ name: 'loop.weights.h5', bytes }])).rejects.toMatchObject({ code: 'tooLarge' });
	});

	it('of ten layers and more of a class stand in the order in which they were made, which HDF5 sorts as texts', async () => {
		const names = Array.from({ length: 12 }, (_, i) => (i === 0 ? 'conv2d' : `conv2d_${i}`));
		const bytes = weightsFile(
			Object.fromEntries(names.map((key, i) => [key, { name: `mine ${i}`, vars: [[1, 1, 3, 3], [3]] }]))
		);
		const opened = await openFiles([{ name: 'net.weights.h5', bytes }]);
		if (opened.kind !== 'weights') throw new Error('no weights');
		const layers = names.map((_, i) => convolution(`theirs_${i}`, 3));
		const { graph } = await open(sequential('net', [4, 4, 3], layers));
		const fit = fitWeights(resolveGraph(graph), opened.tensors)!;
		expect(fit.rows.map(({ layer, from }) => [layer, from])).toEqual(
			names.map((_, i) => [`theirs_${i}`, `mine ${i}`])
		);
	});

	it('find a layer by its name where an opened network has made a block and a layer of it', async () => {
		const layers = ['block_1_expand', 'block_1_project'].map((name) => convolution(name, 3));
		const { graph } = await open(sequential('net', [4, 4, 3], layers));
		expect(graph.nodes.map(({ id }) => id)).toEqual(['block_1.expand', 'block_1.project']);
		// The other way round, so that order would lead astray.
		const bytes = weightsFile({
			conv2d: { name: 'block_1_project', vars: [[1, 1, 3, 3], [3]] },
			conv2d_1: { name: 'block_1_expand', vars: [[1, 1, 3, 3], [3]] },
			conv2d_2: { name: 'other', vars: [[1, 1, 3, 4], [4]] }
		});
		const opened = await openFiles([{ name: 'net.weights.h5', bytes }]);
		if (opened.kind !== 'weights') throw new Error('no weights');
		const more = await open(sequential('net', [4, 4, 3], [...layers, convolution('own', 4)]));
		expect(
			fitWeights(resolveGraph(more.graph), opened.tensors)!.rows.map(({ from, way }) => [from, way])
		).toEqual([
			['block_1_expand', 'name'],
			['block_1_project', 'name'],
			['other', 'only']
		]);
	});
});

describe('how pictures are prepared is guessed', () => {
	const guess = async (name: string, layers: readonly Layer[]) =>
		(await open(sequential(name, [8, 8, 3], layers))).preprocessing;
	const relu: Layer = ['ReLU', { name: 'r' }];

	it.each([
		['net', { order: 'rgb', mean: [127.5, 127.5, 127.5] }],
		['resnet50v2', { order: 'rgb', mean: [127.5, 127.5, 127.5] }],
		['resnet50', { order: 'bgr', deviation: [1, 1, 1] }],
		['vgg16', { order: 'bgr', deviation: [1, 1, 1] }],
		['densenet121', { order: 'rgb', mean: [123.675, 116.28, 103.53] }]
	])('by the family: %s', async (name, wanted) => expect(await guess(name, [relu])).toMatchObject(wanted));

	it('as it is, where the network scales it itself: from 0 to 255, or from 0 to 1', async () => {
		const scaled = (scale: number) => guess('net', [['Rescaling', { name: 's', scale, offset: -1 }], relu]);
		expect(await scaled(1 / 127.5)).toMatchObject({ mean: [0, 0, 0], deviation: [1, 1, 1] });
		expect(await scaled(2)).toMatchObject({ mean: [0, 0, 0], deviation: [255, 255, 255] });
		const normal: Layer = [
			'Normalization',
			{ name: 'n', mean: [120, 120, 120], variance: [3600, 3600, 3600] }
		];
		// Its factors are weights, which come with the others.
		expect((await open(sequential('net', [8, 8, 3], [normal, relu]), {})).preprocessing).toMatchObject({
			deviation: [1, 1, 1]
		});
	});
});
