import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { FormatError, formats, openFiles } from '$lib/formats';
import type { OpenedModel } from '$lib/formats/format';
import { WeightsError } from '$lib/formats/tensors';
import { formatGraph, graphCost, GraphBuilder, resolveGraph } from '$lib/nets';
import { alter, edits } from '../../../tools/fuzz/alter';
import { flatBuffer } from './flatBuffer';
import { attribute, model, node, tensor, value } from './onnxFile';

const utf8 = (text: string) => new TextEncoder().encode(text);
const opened = async (bytes: Uint8Array, name = 'file') => openFiles([{ name, bytes }]);

async function refused(bytes: Uint8Array): Promise<FormatError> {
	try {
		await opened(bytes);
	} catch (error) {
		if (error instanceof FormatError) return error;
		throw error;
	}
	throw new Error('it was opened');
}

/** A convolution of 3×3 to two channels, of a picture of 8×8, and ReLU. */
const small = model({
	nodes: [
		node(
			'Conv',
			['x', 'w'],
			['y'],
			[attribute('kernel_shape', [3, 3]), attribute('pads', [1, 1, 1, 1])],
			'/features/0/Conv'
		),
		node('Relu', ['y'], ['z'], [], '/features/1/Relu')
	],
	initializers: [
		tensor(
			'w',
			[2, 3, 3, 3],
			Float32Array.from({ length: 54 }, (_, i) => i / 54)
		)
	],
	inputs: [value('x', [1, 3, 8, 8])],
	outputs: [value('z', [1, 2, 8, 8])]
});

const caffe = `name: "net" input: "data" input_dim: 1 input_dim: 3 input_dim: 8 input_dim: 8
layer { name: "conv1" type: "Convolution" bottom: "data" top: "conv1" convolution_param { num_output: 4 kernel_size: 3 } }
layer { name: "pool1" type: "Pooling" bottom: "conv1" top: "pool1" pooling_param { pool: MAX kernel_size: 3 stride: 2 } }`;

const kerasConfig = {
	class_name: 'Sequential',
	config: {
		name: 'little',
		layers: [
			{ class_name: 'InputLayer', config: { name: 'in', batch_shape: [null, 8, 8, 3] } },
			{
				class_name: 'Conv2D',
				config: {
					name: 'c',
					filters: 4,
					kernel_size: [3, 3],
					strides: [1, 1],
					padding: 'same',
					activation: 'relu'
				}
			},
			{ class_name: 'GlobalAveragePooling2D', config: { name: 'g' } },
			{ class_name: 'Dense', config: { name: 'd', units: 2, activation: 'softmax' } }
		]
	}
};

/** ReLU (19) of a picture of 8×8. */
const tflite = flatBuffer('TFL3', [
	3,
	[[19]],
	[
		[
			[
				[[1, 8, 8, 3], 0, 0, 'in'],
				[[1, 8, 8, 3], 0, 0, 'out']
			],
			[0],
			[1],
			[[0, [0], [1]]]
		]
	],
	'',
	[[]]
]);

const header = utf8('{"w": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}');
const ownGraph = () => {
	const net = new GraphBuilder('little', [8, 8, 3]);
	return net.build(net.conv2d('c', net.input, { outChannels: 4, kernelSize: 3 }));
};

/** A small file of each format, by its name. */
const smallFiles: Readonly<Record<string, Uint8Array>> = {
	ONNX: small,
	Caffe: utf8(caffe),
	Keras: zipSync({ 'config.json': utf8(JSON.stringify(kerasConfig)) }),
	'TensorFlow.js': utf8(
		JSON.stringify({ modelTopology: { keras_version: '2.4.0', model_config: kerasConfig } })
	),
	TFLite: tflite,
	safetensors: Uint8Array.from([
		header.length,
		...Array<number>(7).fill(0),
		...header,
		...Array<number>(8).fill(0)
	]),
	Lightnets: utf8(formatGraph(ownGraph()))
};

describe('openFiles(files)', () => {
	it('opens ONNX', async () => {
		const found = await opened(small);
		if (found.kind !== 'model') throw new Error('no model');
		const resolved = resolveGraph(found.graph);
		expect(resolved.nodes.map(({ id, op }) => [id, op])).toEqual([
			['features.0', 'conv2d'],
			['features.1', 'relu']
		]);
		expect(graphCost(resolved).total.macs).toBe(8 * 8 * 2 * 27);
		// [out, in, kh, kw] becomes [kh, kw, in, out].
		const { data, shape } = found.weights!['features.0']!['kernel']!;
		expect(shape).toEqual([3, 3, 3, 2]);
		expect(data[1]).toBeCloseTo(27 / 54, 6);
	});

	it('opens Caffe, whose pools round up', async () => {
		const found = await opened(utf8(caffe));
		if (found.kind !== 'model') throw new Error('no model');
		const resolved = resolveGraph(found.graph);
		expect(resolved.output.shape).toEqual([3, 3, 4]);
		expect(found.notes.map(({ code }) => code)).toEqual(['noWeights']);
	});

	it('opens a .keras file without weights, told by what is in the zip', async () => {
		const bytes = zipSync({
			'metadata.json': utf8('{"keras_version": "3.5.0"}'),
			'config.json': utf8(JSON.stringify(kerasConfig))
		});
		const found = await opened(bytes, 'something.bin');
		if (found.kind !== 'model') throw new Error('no model');
		const { total } = graphCost(resolveGraph(found.graph));
		expect([total.params.trainable, total.macs]).toEqual([4 * 28 + 2 * 5, 64 * 4 * 27 + 8]);
		expect(found.graph.nodes.map(({ op }) => op)).toEqual([
			'conv2d',
			'relu',
			'globalAvgPool',
			'dense',
			'softmax'
		]);
	});

	it('opens a layers model of TensorFlow.js with its shard', async () => {
		const weights = [
			{ name: 'c/kernel', shape: [3, 3, 3, 4], dtype: 'float32' },
			{ name: 'c/bias', shape: [4], dtype: 'float32' },
			{ name: 'd/kernel', shape: [4, 2], dtype: 'float32' },
			{ name: 'd/bias', shape: [2], dtype: 'float32' }
		];
		const json = {
			modelTopology: { keras_version: '2.4.0', model_config: kerasConfig },
			weightsManifest: [{ paths: ['a.bin'], weights }]
		};
		const found = await openFiles([
			{ name: 'a.bin', bytes: new Uint8Array(4 * (108 + 4 + 8 + 2)) },
			{ name: 'model.json', bytes: utf8(JSON.stringify(json)) },
			{ name: 'metadata.json', bytes: utf8('{"labels": ["cat", "<b>dog</b>"]}') }
		]);
		expect(found).toMatchObject({ kind: 'model', labels: ['cat', '<b>dog</b>'] });
	});

	it.each(['Functional', 'Model', 'Sequential'])(
		'opens a sequence that begins with a sequence that begins with a %s, as Teachable Machine writes them',
		async (kind) => {
			const [input, conv, pool, dense] = kerasConfig.config.layers;
			const inbound = (from: string) => [[[from, 0, 0, {}]]];
			const backbone =
				kind === 'Sequential'
					? { name: 'backbone', layers: [input, conv] }
					: {
							name: 'backbone',
							layers: [
								{ ...input!, name: 'in', inbound_nodes: [] },
								{ ...conv!, name: 'c', inbound_nodes: inbound('in') }
							],
							input_layers: [['in', 0, 0]],
							output_layers: [['c', 0, 0]]
						};
			const sequence = (name: string, layers: readonly unknown[]) => ({
				class_name: 'Sequential',
				config: { name, layers }
			});
			const whole = sequence('sequential_4', [
				sequence('sequential_1', [{ class_name: kind, config: backbone }, pool]),
				sequence('sequential_3', [dense])
			]);
			const weights = [
				{ name: 'c/kernel', shape: [3, 3, 3, 4], dtype: 'float32' },
				{ name: 'c/bias', shape: [4], dtype: 'float32' },
				{ name: 'd/kernel', shape: [4, 2], dtype: 'float32' },
				{ name: 'd/bias', shape: [2], dtype: 'float32' }
			];
			const values = Float32Array.from({ length: 122 }, (_, i) => Math.sin(i));
			const filesOf = (model_config: unknown) => [
				{
					name: 'model.json',
					bytes: utf8(
						JSON.stringify({
							modelTopology: { keras_version: 'tfjs-layers 1.3.1', model_config },
							weightsManifest: [{ paths: ['weights.bin'], weights }]
						})
					)
				},
				{ name: 'weights.bin', bytes: new Uint8Array(values.buffer) },
				{ name: 'metadata.json', bytes: utf8('{"labels": ["cat", "dog"], "imageSize": 8}') }
			];
			const found = (await openFiles(filesOf(whole))) as OpenedModel;
			const flat = (await openFiles(filesOf(kerasConfig))) as OpenedModel;
			expect(found.labels).toEqual(['cat', 'dog']);
			expect(found.graph.inputs).toEqual(flat.graph.inputs);
			expect(found.graph.nodes.map(({ op }) => op)).toEqual(flat.graph.nodes.map(({ op }) => op));
			expect(Object.values(found.weights!)).toEqual(Object.values(flat.weights!));
		}
	);

	it('says of a sequence that begins with nothing that it has no layers', async () => {
		let model: unknown = { class_name: 'Sequential', config: { name: 'none', layers: [] } };
		for (let depth = 0; depth < 12; depth++)
			model = { class_name: 'Sequential', config: { name: 'in', layers: [model] } };
		for (const nested of [
			model,
			{ class_name: 'Sequential', config: { name: 's', layers: [{ class_name: 'Functional', config: {} }] } }
		])
			expect((await refused(utf8(JSON.stringify(nested)))).code).toBe('broken');
	});

	it('says of weights of 16 bits that they are such', async () => {
		const bytes = model({
			nodes: [node('Conv', ['x', 'w'], ['y'], [])],
			initializers: [tensor('w', [2, 3, 1, 1], new Uint16Array(6).fill(0x3c00))],
			inputs: [value('x', [1, 3, 4, 4])],
			outputs: [value('y', null)]
		});
		const { notes, weights } = (await opened(bytes)) as OpenedModel;
		expect(notes).toContainEqual({ code: 'half', params: { type: 'float16' } });
		expect([...Object.values(weights!)[0]!['kernel']!.data]).toEqual([1, 1, 1, 1, 1, 1]);
		expect(((await opened(small)) as OpenedModel).notes.map(({ code }) => code)).not.toContain('half');
	});

	it.each([
		['Lightnets', 'Lightnets'],
		['TensorFlow.js tfjs-layers v4.22.0', 'TensorFlow.js tfjs-layers v4.22.0'],
		['keras v2.15.0', 'Keras 2.15.0'],
		[undefined, 'Keras 2.15.0']
	])(
		'says of a layers model that is generated by %s that it was written by %s',
		async (generatedBy, producer) => {
			const modelTopology = { keras_version: '2.15.0', model_config: kerasConfig };
			const json = utf8(JSON.stringify({ generatedBy, modelTopology }));
			const found = (await openFiles([{ name: 'model.json', bytes: json }])) as OpenedModel;
			expect(found.notes[0]).toEqual({ code: 'from', params: { producer } });
		}
	);

	it('says what can be read, where it knows none of the files', async () => {
		expect(await refused(utf8('hello'))).toMatchObject({ code: 'unknown', params: { files: 'file' } });
	});

	it('tells a SavedModel of TensorFlow from ONNX, which begins alike', async () => {
		const saved = Uint8Array.of(8, 1, 0x12, 0x80, 2, 0x0a, 0xfe, 1, ...new Uint8Array(254));
		const found = await refused(saved);
		expect([found.code, found.params['kind']]).toEqual(['mistaken', 'savedModel']);
		// The first version of ONNX, with who wrote it.
		const first = Uint8Array.of(8, 1, 0x12, 4, ...utf8('test'), ...small.subarray(8));
		expect((await opened(first)).format).toBe('ONNX');
	});

	it('counts what it cannot compute as not counted, and says so', async () => {
		const bytes = model({
			nodes: [node('Conv', ['x', 'w'], ['y'], []), node('Mystery', ['y', 'v'], ['z'], [])],
			initializers: [
				tensor('w', [2, 3, 1, 1], new Float32Array(6)),
				tensor('v', [2, 5], new Float32Array(10))
			],
			inputs: [value('x', [1, 3, 4, 4])],
			outputs: [value('z', [1, 7])]
		});
		const found = await opened(bytes);
		if (found.kind !== 'model') throw new Error('no model');
		const { total } = graphCost(resolveGraph(found.graph));
		expect([total.macs, total.uncounted, total.params.trainable]).toEqual([16 * 6, 1, 16]);
		expect(found.notes).toContainEqual({ code: 'opaque', params: { count: 1, types: 'Mystery' } });
	});

	it.each([
		[
			'a kernel of more values than are there',
			model({
				nodes: [node('Conv', ['x', 'w'], ['y'], [])],
				initializers: [tensor('w', [2, 3, 99, 99], new Float32Array(6))],
				inputs: [value('x', [1, 3, 4, 4])],
				outputs: [value('y', null)]
			})
		],
		[
			'a billion channels',
			model({
				nodes: [node('Conv', ['x', 'w'], ['y'], [])],
				initializers: [tensor('w', [1e9, 3, 1, 1], new Float32Array(0))],
				inputs: [value('x', [1, 3, 4, 4])],
				outputs: [value('y', null)]
			})
		],
		[
			'nodes that read each other',
			model({
				nodes: [node('Relu', ['b'], ['a'], []), node('Relu', ['a'], ['b'], [])],
				initializers: [],
				inputs: [value('x', [1, 3, 4, 4])],
				outputs: [value('b', null)]
			})
		],
		['a layer deeper than a page can take', utf8(caffe.replace('num_output: 4', 'num_output: 1000000000'))],
		['braces a thousand deep', utf8(`layer { ${'a { '.repeat(1000)}`)],
		[
			'channels first',
			zipSync({
				'config.json': utf8(
					JSON.stringify(kerasConfig).replace('"padding":"same"', '"data_format":"channels_first"')
				)
			})
		]
	])('refuses %s with a sentence', async (_, bytes) => {
		const { code, message } = await refused(bytes);
		expect(['broken', 'tooLarge', 'unsupported']).toContain(code);
		expect(message).toContain('file');
	});

	const twin = (index: number) => ({ ...kerasConfig.config.layers[index]!, class_name: 'Dense' });
	it.each([
		[
			'ONNX',
			model({
				nodes: [
					node('Relu', ['x'], ['a'], []),
					node('Sigmoid', ['x'], ['a'], []),
					node('Relu', ['a'], ['b'], [])
				],
				initializers: [],
				inputs: [value('x', [1, 3, 4, 4])],
				outputs: [value('b', null)]
			}),
			'a is given twice'
		],
		[
			'ONNX, over its input',
			model({
				nodes: [node('Relu', ['x'], ['x'], [])],
				initializers: [],
				inputs: [value('x', [1, 3, 4, 4])],
				outputs: [value('x', null)]
			}),
			'x is given twice'
		],
		[
			'TFLite',
			flatBuffer('TFL3', [
				3,
				[[19]],
				[
					[
						[
							[[1, 8, 8, 3], 0, 0, 'in'],
							[[1, 8, 8, 3], 0, 0, 'out']
						],
						[0],
						[1],
						[
							[0, [0], [1]],
							[0, [0], [1]]
						]
					]
				],
				'',
				[[]]
			]),
			'out is given twice'
		],
		[
			'Caffe',
			utf8(
				`${caffe} layer { name: "pool2" type: "Pooling" bottom: "data" top: "conv1" pooling_param { kernel_size: 2 } }`
			),
			'conv1 is given twice'
		],
		[
			'Keras',
			utf8(
				JSON.stringify({
					...kerasConfig,
					config: { ...kerasConfig.config, layers: [...kerasConfig.config.layers, twin(3)] }
				})
			),
			'two nodes have one name'
		]
	])('refuses %s that gives one thing twice', async (_, bytes, sentence) => {
		expect((await refused(bytes)).message).toContain(sentence);
	});

	it('lets a layer of Caffe write over what it reads', async () => {
		const over = utf8(`${caffe} layer { name: "relu" type: "ReLU" bottom: "pool1" top: "pool1" }`);
		expect((await opened(over)).kind).toBe('model');
	});

	/** A row of ReLUs on a picture. */
	const row = (count: number) =>
		model({
			nodes: Array.from({ length: count }, (_, i) => node('Relu', [`t${i}`], [`t${i + 1}`], [], `n${i}`)),
			initializers: [],
			inputs: [value('t0', [1, 3, 4, 4])],
			outputs: [value(`t${count}`, null)]
		});
	it('opens as many layers as a graph may have, and says of more that they are too many', async () => {
		expect(((await opened(row(9999))) as OpenedModel).graph.nodes).toHaveLength(9999);
		for (const count of [10_000, 60_000]) {
			const { code, params } = await refused(row(count));
			expect([code, params['what'], params['max']]).toEqual(['tooLarge', 'layers', 10_000]);
		}
	});

	it('asks once of each layer whether it may be negative, however many ways lead to it', async () => {
		const sums = Array.from({ length: 64 }, (_, i) => node('Add', [`t${i}`, `t${i}`], [`t${i + 1}`], []));
		const bytes = model({
			nodes: [
				node('Relu', ['x'], ['t0'], []),
				...sums,
				node('QuantizeLinear', ['t64', 's', 'z'], ['q'], []),
				node('DequantizeLinear', ['q', 's', 'z'], ['y'], [])
			],
			initializers: [tensor('s', [], Float32Array.of(0.1)), tensor('z', [], Uint8Array.of(0))],
			inputs: [value('x', [1, 3, 4, 4])],
			outputs: [value('y', null)]
		});
		const { graph } = (await opened(bytes)) as OpenedModel;
		// What is never negative needs no ReLU more than the one that it has.
		expect(graph.nodes.filter(({ op }) => op === 'relu')).toHaveLength(1);
	});

	it('unpacks no JSON of a .keras that is longer than is read', async () => {
		const blanks = utf8(`{${' '.repeat(40_000_000)}}`);
		const { code, params } = await refused(zipSync({ 'config.json': blanks }));
		expect([code, params['what'], params['name']]).toEqual(['tooLarge', 'bytes', 'config.json']);
	});

	it('has a small file of every format', () => {
		expect(Object.keys(smallFiles).sort()).toEqual(formats.map(({ name }) => name).sort());
	});

	it.each(Object.entries(smallFiles))('opens %s as such', async (format, bytes) => {
		expect(await opened(bytes)).toMatchObject({ format });
	});

	it.each(Object.entries(smallFiles))(
		'meets %s that is changed or cut anywhere with a network or a sentence',
		async (_, bytes) => {
			await fc.assert(
				fc.asyncProperty(edits, async (changes) => {
					const copy = alter(bytes, changes);
					try {
						const found = await opened(copy);
						if (found.kind === 'model') resolveGraph(found.graph);
					} catch (error) {
						expect(error instanceof FormatError || error instanceof WeightsError).toBe(true);
					}
				}),
				{ numRuns: 400 }
			);
		}
	);
});

describe('arithmetic that exporters write', () => {
	/** Layer norm behind a transpose, as versions of operators before 17 have it; its weights come by way of an Identity. */
	const normed = model({
		nodes: [
			node('Identity', ['g'], ['gamma'], []),
			node('Transpose', ['x'], ['last'], [attribute('perm', [0, 2, 3, 1])]),
			node('ReduceMean', ['last'], ['mean'], [attribute('axes', [-1])]),
			node('Sub', ['last', 'mean'], ['rest'], []),
			node('Pow', ['rest', 'two'], ['square'], []),
			node('ReduceMean', ['square'], ['variance'], [attribute('axes', [-1])]),
			node('Add', ['variance', 'epsilon'], ['more'], []),
			node('Sqrt', ['more'], ['root'], []),
			node('Div', ['rest', 'root'], ['normed'], []),
			node('Mul', ['normed', 'gamma'], ['scaled'], []),
			node('Transpose', ['scaled'], ['first'], [attribute('perm', [0, 3, 1, 2])]),
			node('Conv', ['first', 'w'], ['y'], [attribute('kernel_shape', [1, 1])])
		],
		initializers: [
			tensor('g', [6], new Float32Array(6).fill(2)),
			tensor('two', [], Float32Array.of(2)),
			tensor('epsilon', [], Float32Array.of(1e-6)),
			tensor('w', [2, 6, 1, 1], new Float32Array(12))
		],
		inputs: [value('x', [1, 6, 4, 4])],
		outputs: [value('y', [1, 2, 4, 4])]
	});

	it('a layer norm over the last of transposed axes is one, and nothing of it is unknown', async () => {
		const found = await opened(normed);
		if (found.kind !== 'model') throw new Error('no model');
		const resolved = resolveGraph(found.graph);
		expect(resolved.nodes.map(({ op }) => op)).toEqual(['layerNorm', 'conv2d']);
		expect(graphCost(resolved).total.uncounted).toBe(0);
		expect([...Object.values(found.weights!)[0]!['gamma']!.data]).toEqual([2, 2, 2, 2, 2, 2]);
	});

	it('what is not computed keeps the order of axes of what it reads', async () => {
		const bytes = model({
			nodes: [
				node('Transpose', ['x'], ['last'], [attribute('perm', [0, 2, 3, 1])]),
				node('Mystery', ['last'], ['m'], []),
				node('Transpose', ['m'], ['first'], [attribute('perm', [0, 3, 1, 2])]),
				node('Conv', ['first', 'w'], ['y'], [attribute('kernel_shape', [1, 1])])
			],
			initializers: [tensor('w', [2, 6, 1, 1], new Float32Array(12))],
			inputs: [value('x', [1, 6, 4, 5])],
			outputs: [value('y', [1, 2, 4, 5])]
		});
		const found = await opened(bytes);
		if (found.kind !== 'model') throw new Error('no model');
		const resolved = resolveGraph(found.graph);
		expect(resolved.nodes.map(({ op, outputs }) => [op, outputs[0].shape])).toEqual([
			['opaque', [4, 5, 6]],
			['conv2d', [4, 5, 2]]
		]);
	});
});
