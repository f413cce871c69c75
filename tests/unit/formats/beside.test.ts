import { describe, expect, it } from 'vitest';
import { openFiles } from '$lib/formats';
import { labelsOrFault, readLabels } from '$lib/formats/labels';
import { matchWeights, nameWeights } from '$lib/formats/match';
import {
	differenceOf,
	differenceSteps,
	formatGraph,
	GraphBuilder,
	networkById,
	resolveGraph,
	type GraphDifference
} from '$lib/nets';
import {
	changedText,
	differenceText,
	optionsText
} from '../../../src/routes/[lang=lang]/(site)/networks/two/optionsText';
import { changesOf } from '$lib/running/files/exports';
import { sentenceOf } from '$lib/running/files/failures';
import { noteText } from '$lib/running/files/notes';
import { attribute, model, node, tensor, value } from './onnxFile';

const utf8 = (text: string) => new TextEncoder().encode(text);
const file = (text: string) => ({ name: 'labels.txt', bytes: utf8(text) });

describe('readLabels(file)', () => {
	it.each([
		['one a line', 'cat\r\ndog\n', ['cat', 'dog']],
		['with their numbers, as Teachable Machine writes them', '0 cat\n1 big dog', ['cat', 'big dog']],
		['years, which are no numbers of classes', '1990\n1991', ['1990', '1991']],
		['a list in JSON', '["cat", "<b>dog</b>"]', ['cat', '<b>dog</b>']],
		['ImageNet’s index', '{"1": ["n2", "dog"], "0": ["n1", "cat"]}', ['cat', 'dog']],
		['a list of objects', '[{"wnid": "n1", "name": "cat"}, {"id": 1, "label": "dog"}]', ['cat', 'dog']]
	])('reads %s', (_, text, names) => expect(readLabels(file(text))).toEqual(names));

	it.each(['', '[1, 2]', '{"a": "b"}', '[{"wnid": "n1"}]', '[null]', '[', 'a\0b', 'x'.repeat(300)])(
		'reads none of %j',
		(text) => expect(readLabels(file(text))).toBeNull()
	);
});

it('of names that are too long it is said which', () => {
	const name = 'x'.repeat(201);
	expect(labelsOrFault(file(`cat\n${name}`))).toEqual({ code: 'long', name, max: 200 });
	expect(labelsOrFault(file(name))).toEqual({ code: 'none' });
	expect(labelsOrFault(file('[1]'))).toEqual({ code: 'none' });
});

/** A pointwise convolution to two channels, and the mean of each. */
const small = model({
	nodes: [
		node('Conv', ['x', 'w'], ['y'], [attribute('kernel_shape', [1, 1])]),
		node('GlobalAveragePool', ['y'], ['z'], [])
	],
	initializers: [tensor('w', [2, 3, 1, 1], new Float32Array(6).fill(1))],
	inputs: [value('x', [1, 3, 4, 4])],
	outputs: [value('z', [1, 2, 1, 1])]
});

describe('files beside a model', () => {
	it('names of classes are taken where they are as many as the outputs, and said to be left out where not', async () => {
		const open = (text: string) => openFiles([{ name: 'a.onnx', bytes: small }, file(text)]);
		expect(await open('cat\ndog')).toMatchObject({ labels: ['cat', 'dog'] });
		const other = await open('cat\ndog\nbird');
		expect(other).toMatchObject({ labels: null });
		expect(other.notes).toContainEqual({
			code: 'labelsUnfit',
			params: { file: 'labels.txt', count: 3, outputs: 2 }
		});
	});
});

describe('outputs in an ONNX file that is written', () => {
	it('are told where they have another name or shape than in the reader’s file', async () => {
		const opened = await openFiles([{ name: 'a.onnx', bytes: small }]);
		if (opened.kind !== 'model') throw new Error('no model');
		const net = resolveGraph(opened.graph);
		const { ref } = net.output;
		expect(opened.fileOutputs).toEqual([{ name: 'z', dims: [1, 2, 1, 1] }]);
		expect(changesOf(net, opened)).toBe(
			`In the ONNX file that is written, outputs are called or lie otherwise than in yours: z [1×2×1×1] → ${ref} [1×2×1×1].`
		);
		expect(changesOf(net, { fileOutputs: [{ name: ref, dims: [1, 2, 1, 1] }] })).toBeNull();
		expect(changesOf(net, { fileOutputs: [{ name: ref, dims: [1, 1, 2] }] })).toContain('[1×1×2] →');
		expect(changesOf(net, {})).toBeNull();
	});
});

describe('two files that are a network each', () => {
	const open = (...names: readonly string[]) => openFiles(names.map((name) => ({ name, bytes: small })));

	it('the first is opened, and the others are named, and known by their place', async () => {
		const { notes, unopened } = await open('a.onnx', 'b.onnx', 'c.onnx');
		expect(notes).toContainEqual({ code: 'another', params: { files: 'b.onnx\nc.onnx', count: 2 } });
		expect(unopened).toEqual([1, 2]);
		expect((await open('a.onnx')).notes.map(({ code }) => code)).not.toContain('another');
	});
});

describe('weights of a TensorFlow.js model without its model.json', () => {
	const open = (...names: readonly string[]) =>
		openFiles(names.map((name) => ({ name, bytes: utf8(name === 'notes.txt' ? 'notes' : '{\0') })));

	it('are said to be such, whatever their bytes begin with', async () => {
		const shards = ['group1-shard1of2', 'group1-shard2of2.bin'];
		await expect(open(...shards)).rejects.toMatchObject({
			code: 'shards',
			params: { files: shards.join('\n') }
		});
		await expect(open('notes.txt', 'group39-shard1of1')).rejects.toMatchObject({
			code: 'shards',
			params: { files: 'group39-shard1of1' }
		});
		expect(
			sentenceOf({
				kind: 'failed',
				of: 'format',
				code: 'shards',
				message: '',
				params: { files: shards.join('\n') }
			})
		).toBe(
			'group1-shard1of2, group1-shard2of2.bin: this looks like the weights of a TensorFlow.js model, whose model.json is missing. Drop it together with them.'
		);
	});
});

describe('files that take no part', () => {
	const png = { name: 'coffee.png', bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47) };
	const readme = { name: 'README.md', bytes: utf8('# Read me') };
	const net = { name: 'a.onnx', bytes: small };
	const unusedOf = (...names: readonly string[]) => ({
		code: 'unused',
		params: { files: names.join('\n'), count: names.length }
	});

	it('are named, and known by their place, whatever they are', async () => {
		const weights = { name: 'w.safetensors', bytes: Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d) };
		const opened = await openFiles([png, net, readme, weights]);
		expect(opened).toMatchObject({ kind: 'model', unused: [0, 2, 3] });
		const note = opened.notes.find(({ code }) => code === 'unused')!;
		expect(note).toEqual(unusedOf('coffee.png', 'README.md', 'w.safetensors'));
		expect(noteText(note)).toBe(
			'coffee.png, README.md, w.safetensors take no part in this network, and are left out.'
		);
	});

	it('what takes part is none: names of classes, and weights beside it; names that do not fit are said to', async () => {
		expect((await openFiles([net, file('cat\ndog')])).unused).toBeUndefined();
		const unfit = await openFiles([net, file('cat'), png]);
		expect(unfit.unused).toEqual([1, 2]);
		expect(unfit.notes.filter(({ code }) => code === 'unused')).toEqual([unusedOf('coffee.png')]);
	});

	it('of another model’s shards it is said that they fit nothing', async () => {
		const model = {
			...{ modelTopology: { class_name: 'Sequential', config: { name: 's', layers: denseLayers } } },
			weightsManifest: [
				{ paths: ['mine.bin'], weights: [{ name: 'd/kernel', shape: [2, 1], dtype: 'float32' }] }
			]
		};
		const json = { name: 'model.json', bytes: utf8(JSON.stringify(model)) };
		const open = (name: string) => openFiles([json, { name, bytes: new Uint8Array(8) }]);
		expect((await open('mine.bin')).unused).toBeUndefined();
		const opened = await open('other.bin');
		expect(opened.unused).toEqual([1]);
		expect(opened.notes.map(({ code }) => code)).toContain('missingShards');
		expect(opened.notes).toContainEqual(unusedOf('other.bin'));
	});

	it('what is no file of the kind that its name says is said not to be read', async () => {
		const structure = utf8(
			'input: "data" input_dim: 1 input_dim: 3 input_dim: 8 input_dim: 8\nlayer { name: "r" type: "ReLU" bottom: "data" top: "r" }\nlayer { name: "c" type: "Convolution" bottom: "r" top: "c" convolution_param { num_output: 2 kernel_size: 1 } }'
		);
		const opened = await openFiles([
			{ name: 'net.prototxt', bytes: structure },
			{ name: 'net.caffemodel', bytes: utf8('rubbish, and more of it') }
		]);
		expect(opened).toMatchObject({ kind: 'model', weights: null, unused: [1] });
		const note = opened.notes.find(({ code }) => code === 'unreadable')!;
		expect(noteText(note)).toMatch(/^net\.caffemodel cannot be read, and is left out/);
	});
});

const denseLayers = [
	{ class_name: 'InputLayer', config: { name: 'i', batch_input_shape: [null, 1, 1, 2] } },
	{ class_name: 'Flatten', config: { name: 'f' } },
	{ class_name: 'Dense', config: { name: 'd', units: 1, use_bias: false } }
];

describe('two structures of Caffe', () => {
	const net = (channels: number) => ({
		bytes: new TextEncoder().encode(`name: "c${channels}"
input: "data"
input_dim: 1 input_dim: 3 input_dim: 8 input_dim: 8
layer { name: "conv" type: "Convolution" bottom: "data" top: "conv" convolution_param { num_output: ${channels} kernel_size: 1 } }`)
	});

	it('the first is opened, and the other named, and not taken for a part of it', async () => {
		const opened = await openFiles([
			{ name: 'small.prototxt', ...net(2) },
			{ name: 'old.prototxt', ...net(4) }
		]);
		expect(opened).toMatchObject({ kind: 'model', graph: { name: 'c2' }, unopened: [1] });
		expect(opened.notes).toContainEqual({ code: 'another', params: { files: 'old.prototxt', count: 1 } });
	});

	it('so it is with graphs of this site', async () => {
		const builder = new GraphBuilder('Mine', [2, 2, 2]);
		const bytes = new TextEncoder().encode(
			formatGraph(builder.build(builder.op('relu', 'act', builder.input, {})))
		);
		const opened = await openFiles([
			{ name: 'mine.json', bytes },
			{ name: 'small.prototxt', ...net(2) },
			{ name: 'other.json', bytes: bytes.slice() }
		]);
		expect(opened).toMatchObject({ format: 'Caffe', unopened: [0, 2] });
	});
});

describe('a text that is cut off, or is none of a network', () => {
	const open = (name: string, text: string) => openFiles([{ name, bytes: new TextEncoder().encode(text) }]);

	it.each([
		['cut.json', '{"version":1,"nodes":[', /cut\.json cannot be read: this is not JSON: it ends too early/],
		['list.json', '[]', /list\.json cannot be read: this is a list and no graph/],
		[
			'cut.prototxt',
			'name: "a"\nlayer {\n  name: "c"\n  param {',
			/cut off: what is opened in line 4 is not closed by }/
		],
		['cut.prototxt', 'name: "a"\nlayer {\n  name: "c"\n  type', /cut off in line 4/],
		['cut.prototxt', 'name: "a"\nlayer {\n  name: "c', /opened in line 3 is not closed by "/]
	])('%s: %s', async (name, text, sentence) => {
		await expect(open(name, text)).rejects.toThrow(sentence);
	});
});

describe('a file for training', () => {
	const open = (layers: string) =>
		openFiles([
			{
				name: 'train.prototxt',
				bytes: new TextEncoder().encode(`${layers}
layer { name: "conv" type: "Convolution" bottom: "data" top: "conv" convolution_param { num_output: 2 kernel_size: 1 } }
layer { name: "loss" type: "SoftmaxWithLoss" bottom: "conv" bottom: "label" top: "loss" }`)
			}
		]);
	const data = (phase: string, more: string) =>
		`layer { name: "d" type: "Data" top: "data" top: "label" include { phase: ${phase} } ${more} }`;

	it('its pictures are of the size that its data layer gives, a test’s before a training’s', async () => {
		const train = data('TRAIN', 'transform_param { crop_size: 24 }');
		expect(await open(train)).toMatchObject({ graph: { inputs: [{ shape: [24, 24, 3] }] } });
		const both = train + data('TEST', 'transform_param { crop_size: 20 }');
		expect(await open(both)).toMatchObject({ graph: { inputs: [{ shape: [20, 20, 3] }] } });
	});

	it('without a size it is said to be one', async () => {
		await expect(open(data('TRAIN', ''))).rejects.toThrow(
			/it is a file for training: data comes from a data layer/
		);
	});
});

describe('two networks, one of which is damaged', () => {
	const cut = small.slice(0, small.length - 9);
	const open = (...files: readonly (readonly [string, Uint8Array])[]) =>
		openFiles(files.map(([name, bytes]) => ({ name, bytes })));

	it('the other is opened, and what is wrong with it is said', async () => {
		const opened = await open(['bad.onnx', cut], ['good.onnx', small], ['more.onnx', small]);
		expect(opened).toMatchObject({ kind: 'model', unopened: [0, 2] });
		const [note] = opened.notes;
		expect(note).toMatchObject({ code: 'damaged', params: { file: 'bad.onnx' }, fault: { code: 'broken' } });
		const sentence = noteText(structuredClone(note!));
		expect(sentence).toMatch(/^bad\.onnx cannot be read: .* The other network that came with it is open\.$/);
	});

	it('and so it is where the good one stands first', async () => {
		const opened = await open(['good.onnx', small], ['bad.onnx', cut], ['more.onnx', small]);
		expect(opened).toMatchObject({ kind: 'model', unopened: [1, 2] });
		expect(opened.notes.map(({ code, params }) => [code, params['files'] ?? params['file']])).toEqual(
			expect.arrayContaining([
				['damaged', 'bad.onnx'],
				['another', 'more.onnx']
			])
		);
	});

	it('where all are, the first one’s fault is said', async () => {
		await expect(open(['bad.onnx', cut], ['worse.onnx', cut])).rejects.toThrow(/^bad\.onnx/);
	});
});

it('a square transposed kernel is Keras’s by its name, with outputs before inputs, and comes back so', () => {
	const net = new GraphBuilder('Up', [2, 2, 2]);
	const resolved = resolveGraph(
		net.build(net.op('transposedConv2d', 'up', net.input, { outChannels: 2, kernelSize: 1, bias: false }))
	);
	// [1, 1, out, in]: what goes from input 1 to output 0 stands second.
	const data = Float32Array.of(1, 2, 3, 4);
	const { weights } = matchWeights(resolved, [{ name: 'up/kernel', shape: [1, 1, 2, 2], data }]);
	expect([...weights!['up']!['kernel']!.data]).toEqual([1, 3, 2, 4]);
	expect([...nameWeights(resolved, weights!)[0]!.data]).toEqual([...data]);
});

describe('differenceText(difference, a, b, options)', () => {
	it('says of each layer that differs in what it does, and not only that', () => {
		const dense = (outChannels: number) => {
			const net = new GraphBuilder('Net', [4, 4, 3]);
			return resolveGraph(net.build(net.dense('fc', net.input, { outChannels })));
		};
		const kernel = (data: number[], isQuantized: boolean) => ({
			fc: { kernel: { data: Float32Array.from(data), ...(isQuantized && { quantized: {} }) } }
		});
		const texts = (...of: Parameters<typeof differenceOf>) =>
			differenceOf(...of).rows.flatMap((row) =>
				row.differs.map((difference) => differenceText(difference, row.a!, row.b!, row))
			);
		const [two, three] = [dense(2), dense(3)];
		expect(texts(two, two, [kernel([1], true), kernel([1], false)])).toEqual([
			'weights are integers → floats'
		]);
		expect(texts(two, two, [kernel([1], false), kernel([1], true)])).toEqual([
			'weights are floats → integers'
		]);
		expect(texts(two, two, [kernel([1], false), kernel([0], false)])).toEqual([
			'weights (largest difference 100.0% of the largest weight)'
		]);
		expect(texts(two, two, [kernel([1, -4], false), kernel([1, -4.00001], false)])).toEqual([
			'weights (largest difference <\u00a00.01% of the largest weight)'
		]);
		expect(texts(two, two, [kernel([1, -4], false), kernel([2, -4], true)])).toEqual([
			'weights are floats → integers, weights (largest difference 25.0% of the largest weight)'
		]);
		expect(texts(two, two, [null, kernel([1], false)])).toEqual(['weights only in the second']);
		expect(texts(two, three)).toEqual(['output', 'parameters', 'MACs', 'output channels 2 → 3']);
	});
});

describe('changedText(difference)', () => {
	it('counts what differs, and says in what', () => {
		const net = new GraphBuilder('Net', [4, 4, 3]);
		const x = net.conv2d('a', net.input, { outChannels: 2, kernelSize: 1, bias: false });
		const chain = resolveGraph(net.build(net.conv2d('b', x, { outChannels: 2, kernelSize: 1, bias: false })));
		const weights = (last: number) => ({
			a: { kernel: { data: Float32Array.of(1, 2, 3, 4, 5, 6) } },
			b: { kernel: { data: Float32Array.of(1, 2, 3, last) } }
		});
		const text = (...of: Parameters<typeof differenceOf>) => changedText(differenceOf(...of));
		expect(text(chain, chain, [weights(4), weights(4)])).toBe('All 2 layers are the same.');
		expect(text(chain, chain, [weights(4), weights(5)])).toBe('1 of 2 layers differs: weights.');
		const other = new GraphBuilder('Net', [4, 4, 3]);
		const y = other.conv2d('a', other.input, { outChannels: 3, kernelSize: 1, bias: false });
		const longer = resolveGraph(other.build(other.op('relu', 'c', y, {})));
		expect(text(chain, longer)).toBe('3 of 3 layers differ: output 1, options 1, in one of the two only 2.');
	});
});

describe('differenceOf(a, b)', () => {
	const built = (alpha: number) => resolveGraph(networkById('mobilenet').build({ alpha }));

	it('of a network and itself is nothing', () => {
		const net = built(1);
		const { rows, changed } = differenceOf(net, net);
		expect([rows.length, changed]).toEqual([net.nodes.length, 0]);
	});

	it('says of a thinner one what is less, layer by layer', () => {
		const { rows, changed } = differenceOf(built(1), built(0.5));
		expect(rows.every(({ a, b }) => a && b && a.node.id === b.node.id)).toBe(true);
		const conv = rows.find(({ a }) => a?.node.id === 'conv1')!;
		expect(conv.differs).toEqual(['output', 'params', 'macs', 'options']);
		expect(changed).toBeGreaterThan(80);
	});

	it('finds layers of other names by what they are, and what one has alone', () => {
		const chain = (names: readonly string[], extra: boolean) => {
			const net = new GraphBuilder('Chain', [8, 8, 3]);
			let x = net.conv2d(names[0]!, net.input, { outChannels: 4, kernelSize: 3 });
			if (extra) x = net.batchNorm('bn', x);
			x = net.op('relu', names[1]!, x, {});
			return resolveGraph(net.build(net.conv2d(names[2]!, x, { outChannels: 5, kernelSize: 1 })));
		};
		const { rows } = differenceOf(chain(['a', 'b', 'c'], false), chain(['k', 'l', 'm'], true));
		expect(rows.map(({ a, b }) => [a?.node.id, b?.node.id])).toEqual([
			['a', 'k'],
			[undefined, 'bn'],
			['b', 'l'],
			['c', 'm']
		]);
	});

	it('says what layers were told that differs, and takes a decimal for the float32 next to it', () => {
		const normed = (epsilon: number) => {
			const net = new GraphBuilder('Norm', [2, 2, 3]);
			return resolveGraph(net.build(net.op('batchNorm', 'bn', net.input, { epsilon })));
		};
		expect(differenceOf(normed(1e-3), normed(Math.fround(1e-3))).changed).toBe(0);
		const [row] = differenceOf(normed(1e-3), normed(1e-5)).rows;
		expect(row).toMatchObject({ differs: ['options'], options: [{ name: 'epsilon', a: 1e-3, b: 1e-5 }] });
		expect(optionsText(row!.options)).toBe('ε 0.001 → 0.00001');
		expect(
			optionsText([
				{ name: 'padding', a: { top: 1, left: 0 }, b: { top: 0, left: 0 } },
				{ name: 'stride', a: [1, 2], b: [2, 2] },
				{ name: 'bias', a: true, b: undefined }
			])
		).toBe('padding 1 (top) 0 (left) → 0, stride 1×2 → 2×2, bias yes → –');
	});

	it('counts zeros of all weights, and knows networks that have nothing in common', () => {
		const net = new GraphBuilder('One', [1, 1, 4]);
		const one = resolveGraph(net.build(net.dense('fc', net.input, { outChannels: 1, bias: false })));
		const data = Float32Array.of(0, 2, 0, 4);
		expect(differenceOf(one, one, [{ fc: { kernel: { data } } }, null]).zeros).toEqual([0.5, null]);
		const [mobilenet, squeezenet] = [built(1), resolveGraph(networkById('squeezenet').build())];
		expect(differenceOf(mobilenet, squeezenet).isUnrelated).toBe(true);
		expect(differenceOf(mobilenet, built(0.5)).isUnrelated).toBe(false);
		// The same one, whose layers another program has named.
		const { id: input } = mobilenet.graph.inputs[0]!;
		const other = (id: string) => (id === input ? id : `other.${id}`);
		const renamed = resolveGraph({
			...mobilenet.graph,
			nodes: mobilenet.graph.nodes.map((node) => ({
				...node,
				...{ id: other(node.id), inputs: node.inputs.map(other) }
			})),
			output: other(mobilenet.graph.output)
		});
		expect(differenceOf(mobilenet, renamed).isUnrelated).toBe(false);
	});

	it('compares large weights in steps, and takes the largest difference of all', () => {
		const net = new GraphBuilder('Big', [1, 1, 1000]);
		const big = resolveGraph(net.build(net.dense('fc', net.input, { outChannels: 600, bias: false })));
		const data = Float32Array.from({ length: 600_000 }, (_, i) => (i === 5 ? -2 : 1));
		const other = data.with(599_999, 1.5);
		const steps = differenceSteps(big, big, [
			{ fc: { kernel: { data } } },
			{ fc: { kernel: { data: other } } }
		]);
		let count = 0;
		let last = steps.next();
		for (; !last.done; last = steps.next()) count++;
		expect(count).toBe(9);
		expect((last.value as GraphDifference).rows[0]!.apart).toBe(0.25);
	});

	it('tells pruned and quantised weights from the originals', () => {
		const net = new GraphBuilder('One', [1, 1, 4]);
		const resolved = resolveGraph(net.build(net.dense('fc', net.input, { outChannels: 1, bias: false })));
		const of = (data: number[], quantized?: object) => ({
			fc: { kernel: { data: Float32Array.from(data), ...(quantized && { quantized }) } }
		});
		const differs = (a: ReturnType<typeof of>, b: ReturnType<typeof of>) =>
			differenceOf(resolved, resolved, [a, b]).rows[0]!.differs;
		expect(differs(of([1, 2, 3, 4]), of([1, 2, 3, 4]))).toEqual([]);
		expect(differs(of([NaN, 2]), of([NaN, 2]))).toEqual([]);
		expect(differs(of([NaN, 2]), of([1, 2]))).toEqual(['weights']);
		// A new training: the same zeros, other values.
		expect(differs(of([1, 2, 3, 4]), of([1, 2, 3, 5]))).toEqual(['weights']);
		expect(differs(of([1, 2, 3, 4]), of([0, 2, 0, 4]))).toEqual(['weights']);
		expect(differs(of([1, 2, 3, 4]), of([1, 2, 3, 4], {}))).toEqual(['weights']);
	});
});
