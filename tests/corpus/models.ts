import { gzipSync, zipSync } from 'fflate';
import type { ModelFile } from '../../src/lib/formats';
import { attribute, model, node, tensor, value } from '../unit/formats/onnxFile';

/** Files that are broken or odd, dropped together, and the sentence that whoever drops them gets. */
export interface Case {
	readonly name: string;
	readonly files: readonly ModelFile[];
	readonly sentence: string;
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const file = (name: string, content: Uint8Array | string | object): ModelFile => ({
	name,
	bytes:
		content instanceof Uint8Array
			? content
			: utf8(typeof content === 'string' ? content : JSON.stringify(content))
});
const floats = (count: number) => new Float32Array(count);

/** A picture of 8×8 through one operator, by ONNX. */
const through = (type: string, attributes: Uint8Array[] = [], weights?: readonly number[]) =>
	model({
		nodes: [node(type, weights ? ['x', 'w'] : ['x'], ['y'], attributes, 'layer')],
		initializers: weights
			? [
					tensor(
						'w',
						weights,
						floats(
							Math.min(
								1000,
								weights.reduce((a, b) => a * b, 1)
							)
						)
					)
				]
			: [],
		inputs: [value('x', [1, 3, 8, 8])],
		outputs: [value('y', null)]
	});
const whole = through('Conv', [attribute('kernel_shape', [3, 3])], [2, 3, 3, 3]);

const prototxt = (layer: string) =>
	`name: "net" input: "data" input_dim: 1 input_dim: 3 input_dim: 8 input_dim: 8\nlayer { ${layer} }`;

const keras = (layers: readonly object[]) => ({
	class_name: 'Sequential',
	config: {
		name: 'little',
		layers: [{ class_name: 'InputLayer', config: { name: 'in', batch_shape: [null, 8, 8, 3] } }, ...layers]
	}
});
const conv = {
	class_name: 'Conv2D',
	config: { name: 'c', filters: 2, kernel_size: [3, 3], padding: 'same' }
};
const archive = (config: object | string) =>
	zipSync({ 'config.json': utf8(typeof config === 'string' ? config : JSON.stringify(config)) });

const weightsManifest = (of: object) => [
	{ paths: ['a.bin'], weights: [{ name: 'w', shape: [2], dtype: 'float32', ...of }] }
];
const safetensors = (header: object | string, bytes = 8) => {
	const text = utf8(typeof header === 'string' ? header : JSON.stringify(header));
	const all = new Uint8Array(8 + text.length + bytes);
	new DataView(all.buffer).setBigUint64(0, BigInt(text.length), true);
	all.set(text, 8);
	return all;
};
const graph = (nodes: readonly object[], more: object = {}) => ({
	version: 1,
	name: 'g',
	inputs: [{ id: 'input', shape: [8, 8, 3] }],
	nodes,
	output: 'a',
	...more
});

const one = (
	name: string,
	content: Uint8Array | string | object,
	sentence: string,
	fileName?: string
): Case => ({
	name,
	files: [file(fileName ?? 'net.bin', content)],
	sentence
});

/** Whatever it is called, and whatever it was meant to be. */
const nothing = [
	one('an empty file', '', 'net.bin is empty.'),
	one('a text', 'Dear reader', 'net.bin: no file of a kind that is read here.'),
	one(
		'the page of a code host',
		'<!DOCTYPE html><html><body>Sign in</body></html>',
		'net.onnx is a web page, not the file that its name promises. Download the file itself: where its page is shown, that is often a button called “Raw” or “Download”.',
		'net.onnx'
	),
	one(
		'a pointer of Git LFS',
		'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n',
		'net.onnx is a pointer of Git LFS, a few lines that stand for the file. Fetch the file itself with “git lfs pull”, or download it from its page.',
		'net.onnx'
	),
	one(
		'a picture',
		Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10),
		'cat.png is a picture. Networks are run on pictures in the playground.',
		'cat.png'
	),
	one(
		'a network in gzip',
		gzipSync(whole),
		'net.onnx.gz is compressed, or an archive. Unpack it and drop what is inside.',
		'net.onnx.gz'
	),
	one(
		'a zip that is cut off',
		zipSync({ 'cup/001.jpg': new Uint8Array(100) }).subarray(0, 120),
		'cups.zip is a zip that is damaged or cut off: nothing in it can be read. Download or save it anew.',
		'cups.zip'
	),
	one(
		'weights of PyTorch',
		zipSync({ 'archive/data.pkl': Uint8Array.of(0x80, 2), 'archive/version': utf8('3') }),
		'net.pt was written by torch.save: it holds Python’s objects, which only PyTorch can read. Export the network to ONNX.',
		'net.pt'
	),
	one('zeros', new Uint8Array(1000), 'net.bin: no file of a kind that is read here.'),
	one(
		'JSON of something else',
		{ hello: 'world' },
		'model.json: no file of a kind that is read here.',
		'model.json'
	),
	{
		name: 'a shard alone',
		files: [file('group1-shard1of1.bin', new Uint8Array(64).fill(63))],
		sentence:
			'group1-shard1of1.bin: this looks like the weights of a TensorFlow.js model, whose model.json is missing. Drop it together with them.'
	}
];

const onnx = [
	one(
		'ONNX, cut short',
		whole.subarray(0, 200),
		'net.onnx cannot be read: it is cut off or damaged (322 bytes are announced at byte 11, and 189 are left): download or save it again.',
		'net.onnx'
	),
	one(
		'ONNX that ends within a number',
		Uint8Array.of(...whole, 0x50, 0x80),
		`net.onnx cannot be read: it is cut off or damaged, and ends within a number, at byte ${whole.length + 2}: download or save it again.`,
		'net.onnx'
	),
	one(
		'ONNX with a field of no kind',
		Uint8Array.of(...whole, 0x57),
		`net.onnx cannot be read: it is damaged (what stands at byte ${whole.length + 1} is no field of a message): download or save it again.`,
		'net.onnx'
	),
	one(
		'ONNX without a graph',
		model({ nodes: [], initializers: [], inputs: [], outputs: [] }),
		'net.onnx cannot be read: no output depends on an input.',
		'net.onnx'
	),
	one(
		'more weights announced than there are',
		through('Conv', [], [2, 3, 99, 99]),
		'net.onnx cannot be read: w has 4000 bytes, expected 235224.',
		'net.onnx'
	),
	one(
		'a billion channels',
		through('Conv', [], [1e9, 3, 1, 1]),
		'net.onnx is too large for a page: w would have 3,000,000,000 values, and 268,435,456 is the most.',
		'net.onnx'
	),
	one(
		'a kernel for other channels',
		through('Conv', [], [2, 5, 3, 3]),
		'net.onnx cannot be read: layer: kernel has 90 values, expected 3×3×3×2.',
		'net.onnx'
	),
	one(
		'a kernel larger than the picture',
		through('Conv', [], [2, 3, 9, 9]),
		'net.onnx cannot be read. layer: The kernel spans 9, and the padded input has only 8; at most 8 would fit.',
		'net.onnx'
	),
	one(
		'a stride of 0',
		through('MaxPool', [attribute('kernel_shape', [2, 2]), attribute('strides', [0, 0])]),
		'net.onnx cannot be read. layer: stride (height) = 0 is not a whole number of at least 1.',
		'net.onnx'
	),
	one(
		'a pool that is far too large',
		through('MaxPool', [attribute('kernel_shape', [1e9, 1e9])]),
		'net.onnx cannot be read. layer: The kernel spans 1000000000, and the padded input has only 8; at most 8 would fit.',
		'net.onnx'
	),
	one(
		'negative padding',
		through('MaxPool', [attribute('kernel_shape', [2, 2]), attribute('pads', [-9, -9, -9, -9])]),
		'Opened. layer (MaxPool) is used in an unusual way: MaxPool is computed here, but not with these inputs and options. 1 operator is not computed here (MaxPool): its parameters are known, its multiply-adds are not, so totals say “at least”.',
		'net.onnx'
	),
	one(
		'a reshape to other values',
		through('Flatten', [attribute('axis', 99)]),
		'net.onnx cannot be read: it has no layers.',
		'net.onnx'
	),
	one(
		'nodes that read each other',
		model({
			nodes: [node('Relu', ['b'], ['a'], []), node('Relu', ['a'], ['b'], [])],
			initializers: [],
			inputs: [value('x', [1, 3, 4, 4])],
			outputs: [value('b', null)]
		}),
		'net.onnx cannot be read: Relu reads b, which nothing before it gives.',
		'net.onnx'
	),
	one(
		'an input of no size',
		model({
			nodes: [node('Relu', ['x'], ['y'], [])],
			initializers: [],
			inputs: [value('x', null)],
			outputs: [value('y', null)]
		}),
		'net.onnx cannot be read: the input x has no shape that is read.',
		'net.onnx'
	),
	one(
		'an input of a negative size',
		model({
			nodes: [node('Relu', ['x'], ['y'], [])],
			initializers: [],
			inputs: [value('x', [1, 3, -5, 4])],
			outputs: [value('y', null)]
		}),
		'Opened. The file leaves the input’s size open; 224 × 224 was taken.',
		'net.onnx'
	),
	one(
		'an operator with a name of 1.9 MB',
		through('x'.repeat(1_900_000)),
		'Opened. 1 operator is not computed here (xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…): its parameters are known, its multiply-adds are not, so totals say “at least”.',
		'net.onnx'
	),
	one(
		'a name of markup',
		through('Conv', [], [2, 5, 3, 3]),
		'<img src=x onerror=alert(1)>.onnx cannot be read: layer: kernel has 90 values, expected 3×3×3×2.',
		'<img src=x onerror=alert(1)>.onnx'
	)
];

const kerasFiles = [
	one(
		'an archive cut short',
		archive(keras([conv])).subarray(0, 60),
		'net.keras cannot be read: its archive is broken, or cut off: download or save it again.',
		'net.keras'
	),
	one(
		'an archive whose config is not JSON',
		archive('{"class_name": '),
		'net.keras cannot be read: its JSON is broken, or cut off: download or save it again.',
		'net.keras'
	),
	one(
		'an archive of no model',
		archive({ hello: 1 }),
		'net.keras cannot be read: its configuration is no model.',
		'net.keras'
	),
	one('no layers', archive(keras([])), 'net.keras cannot be read: it has no layers.', 'net.keras'),
	one(
		'channels first',
		archive(keras([{ ...conv, config: { ...conv.config, data_format: 'channels_first' } }])),
		'net.keras is well formed, but c has its channels first (channels_first), and only channels last are read here.',
		'net.keras'
	),
	one(
		'minus two filters',
		archive(keras([{ ...conv, config: { ...conv.config, filters: -2 } }])),
		'net.keras cannot be read. c: output channels = -2 is not a whole number of at least 1.',
		'net.keras'
	),
	one(
		'filters that are a word',
		archive(keras([{ ...conv, config: { ...conv.config, filters: 'many' } }])),
		'net.keras cannot be read. c: output channels = NaN is not a whole number of at least 1.',
		'net.keras'
	),
	one(
		'same padding with output padding',
		archive(
			keras([
				{ class_name: 'Conv2DTranspose', config: { ...conv.config, strides: [2, 2], output_padding: [9, 9] } }
			])
		),
		'net.keras cannot be read. c: An output padding of 9 is not less than the stride or the dilation; at most 1.',
		'net.keras'
	),
	one(
		'a layer that reads what is not there',
		archive({
			class_name: 'Functional',
			config: {
				name: 'lost',
				layers: [{ ...conv, inbound_nodes: [[['nowhere', 0, 0, {}]]] }],
				output_layers: [['c', 0, 0]]
			}
		}),
		'net.keras cannot be read: c reads nowhere, which is not there.',
		'net.keras'
	),
	one(
		'a model whose structure is in a program',
		archive({ class_name: 'MyModel', config: {} }),
		'net.keras is well formed, but a MyModel keeps its structure in the program and not in the file. Export it to ONNX.',
		'net.keras'
	),
	one(
		'layers that are a number',
		archive({ class_name: 'Functional', config: { layers: 3 } }),
		'net.keras cannot be read: parts of it are missing, or stand where others should.',
		'net.keras'
	),
	one(
		'a recurrent layer',
		archive(keras([{ class_name: 'LSTM', config: { name: 'l', units: 3 } }])),
		'Opened. 1 operator is not computed here (LSTM): without its weights neither its parameters nor its multiply-adds are known, so totals say “at least”. The file has the structure without the weights: it is counted and drawn, and runs with random weights for its time alone.',
		'net.keras'
	),
	one(
		'the beginning of HDF5 and nothing else',
		Uint8Array.of(0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10),
		'net.h5 cannot be read: it is cut off or damaged, and ends before what it points to: download or save it again.',
		'net.h5'
	),
	one(
		'HDF5 with zeros in it',
		Uint8Array.from({ length: 2048 }, (_, i) => [0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10][i] ?? 0),
		'net.h5 cannot be read: its HDF5 is broken, or of a kind that is not read here.',
		'net.h5'
	)
];

const others = [
	one(
		'Caffe that ends in the middle',
		'name: "net"\nlayer { name: "conv1" type: "Conv',
		'net.prototxt cannot be read: it is cut off or damaged: what is opened in line 2 is not closed by ". Download or save it again.',
		'net.prototxt'
	),
	one(
		'Caffe, a value without a name',
		`${prototxt('name: "a" type: "ReLU" bottom: "data" top: "a"')} 42`,
		'net.prototxt cannot be read: the name of a field was expected, and not 42.',
		'net.prototxt'
	),
	one(
		'Caffe, a name without a value',
		`${prototxt('name: "a" type: "ReLU" bottom: "data" top: "a"')} force`,
		'net.prototxt cannot be read: it is cut off in line 2, within a field: download or save it again.',
		'net.prototxt'
	),
	one(
		'Caffe, a bracket that is not closed',
		'layer { name: "a"',
		'net.prototxt cannot be read: it is cut off or damaged: what is opened in line 1 is not closed by }. Download or save it again.',
		'net.prototxt'
	),
	one(
		'Caffe, nested a thousand deep',
		`layer { ${'a { '.repeat(1000)}`,
		'net.prototxt cannot be read: it is nested too deep.',
		'net.prototxt'
	),
	one(
		'Caffe, a layer that reads nothing',
		prototxt('name: "a" type: "ReLU" bottom: "nowhere" top: "a"'),
		'net.prototxt cannot be read: a reads nowhere, which nothing before it gives.',
		'net.prototxt'
	),
	one(
		'Caffe, a billion filters',
		prototxt(
			'name: "a" type: "Convolution" bottom: "data" top: "a" convolution_param { num_output: 1000000000 kernel_size: 3 }'
		),
		'net.prototxt is too large for a page: a would have 1,000,000,000 channels, and 65,536 is the most.',
		'net.prototxt'
	),
	one(
		'Caffe, no filters',
		prototxt('name: "a" type: "Convolution" bottom: "data" top: "a" convolution_param { kernel_size: 3 }'),
		'net.prototxt cannot be read. a: output channels = NaN is not a whole number of at least 1.',
		'net.prototxt'
	),
	one(
		'TFLite, cut short',
		Uint8Array.of(28, 0, 0, 0, 0x54, 0x46, 0x4c, 0x33),
		'net.tflite cannot be read: it is cut off or damaged, and ends before what it points to: download or save it again.',
		'net.tflite'
	),
	one(
		'TFLite whose tables point outside',
		Uint8Array.of(255, 255, 255, 127, 0x54, 0x46, 0x4c, 0x33, 0, 0, 0, 0),
		'net.tflite cannot be read: it is cut off or damaged, and ends before what it points to: download or save it again.',
		'net.tflite'
	),
	one(
		'TensorFlow.js without its shard',
		{ modelTopology: { model_config: keras([conv]) }, weightsManifest: weightsManifest({}) },
		'Opened. Its weights are in files that were not dropped with it: a.bin. Drop them together with model.json to run it with those; until then it is counted and drawn, and runs with random weights for its time alone.',
		'model.json'
	),
	{
		name: 'a shard that is too short',
		files: [file('model.json', { weightsManifest: weightsManifest({}) }), file('a.bin', new Uint8Array(7))],
		sentence: 'a.bin has 7 B, and its weights need 8 B.'
	},
	{
		name: 'weights that are words',
		files: [
			file('model.json', { weightsManifest: weightsManifest({ dtype: 'string' }) }),
			file('a.bin', new Uint8Array(8))
		],
		sentence: 'model.json: w is stored as string, which is not read here.'
	},
	{
		name: 'TensorFlow.js with one of its five shards',
		files: [
			file('model.json', {
				modelTopology: { model_config: keras([conv]) },
				weightsManifest: [
					{
						paths: [1, 2, 3, 4, 5].map((n) => `group1-shard${n}of5.bin`),
						weights: [{ name: 'w', shape: [2], dtype: 'float32' }]
					}
				]
			}),
			file('group1-shard1of5.bin', new Uint8Array(8))
		],
		sentence:
			'Opened. Its weights are in files that were not dropped with it: group1-shard2of5.bin, group1-shard3of5.bin, group1-shard4of5.bin and 1 more. Drop them together with model.json to run it with those; until then it is counted and drawn, and runs with random weights for its time alone.'
	},
	one(
		'a graph model of two nodes with one name',
		{
			modelTopology: { node: [1, 2].map(() => ({ name: 'a', op: 'Placeholder' })) },
			weightsManifest: []
		},
		'model.json cannot be read: two nodes have one name.',
		'model.json'
	),
	one(
		'a graph model whose nodes read each other',
		{
			modelTopology: {
				node: [
					{ name: 'a', op: 'Relu', input: ['b'] },
					{ name: 'b', op: 'Relu', input: ['a'] }
				]
			},
			weightsManifest: []
		},
		'model.json cannot be read: its nodes read each other in a circle.',
		'model.json'
	),
	one(
		'a graph model that reads what is not there',
		{ modelTopology: { node: [{ name: 'a', op: 'Relu', input: ['b'] }] }, weightsManifest: [] },
		'model.json cannot be read: a reads b, which is not there.',
		'model.json'
	),
	one(
		'a graph model of no nodes',
		{ modelTopology: { node: [] }, weightsManifest: [] },
		'model.json cannot be read: no output depends on an input.',
		'model.json'
	),
	one(
		'a list of weights that is none',
		{ weightsManifest: 'here' },
		'model.json has no list of weights as TensorFlow.js writes it.',
		'model.json'
	),
	one(
		'safetensors, cut short',
		safetensors({ w: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } }).subarray(0, -1),
		'w.safetensors has 7 B, and its weights need 8 B.',
		'w.safetensors'
	),
	one(
		'safetensors whose header is larger than the file',
		Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 0, 0x7b, 0x7d),
		'w.safetensors is not a safetensors file, or it is broken.',
		'w.safetensors'
	),
	one(
		'safetensors that lie on each other',
		safetensors({
			w: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
			v: { dtype: 'F32', shape: [2], data_offsets: [0, 8] }
		}),
		'w.safetensors is not a safetensors file, or it is broken.',
		'w.safetensors'
	),
	one(
		'safetensors of four bits',
		safetensors({ w: { dtype: 'F4', shape: [2], data_offsets: [0, 1] } }),
		'w.safetensors: w is stored as F4, which is not read here.',
		'w.safetensors'
	),
	one(
		'a graph of this site whose node is none',
		graph([{ id: 'a', op: 'conv9', inputs: ['input'] }]),
		'graph.json cannot be read. a: There is no operator “conv9”. Did you mean conv2d?',
		'graph.json'
	),
	one(
		'a graph that reads itself',
		graph([{ id: 'a', op: 'relu', inputs: ['a'] }]),
		'graph.json cannot be read. a: It reads what depends on itself: a → a.',
		'graph.json'
	),
	one(
		'a graph with a block ninety deep',
		graph([
			{
				id: 'a',
				op: 'relu',
				inputs: ['input'],
				block: Array.from({ length: 90 }, (_, i) => `b${i}`).join('/')
			}
		]),
		'graph.json cannot be read. nodes.0.block has 349 characters, which is too many; at most 200.',
		'graph.json'
	),
	one(
		'a graph of a newer version',
		graph([], { version: 99 }),
		'graph.json cannot be read. Version 99 is not known here; 1 is.',
		'graph.json'
	),
	one(
		'a graph with an input as wide as a country',
		graph([{ id: 'a', op: 'relu', inputs: ['input'] }], { inputs: [{ id: 'input', shape: [1e9, 1e9, 3] }] }),
		'graph.json cannot be read. input: height = 1000000000 is too large; at most 16384.',
		'graph.json'
	)
];

/** Files in place of a model, and what is said of them. */
export const models: readonly Case[] = [...nothing, ...onnx, ...kerasFiles, ...others];
