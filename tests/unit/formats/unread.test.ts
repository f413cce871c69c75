import { describe, expect, it } from 'vitest';
import { openFiles } from '$lib/formats';
import { toOnnx } from '$lib/formats/onnx/write';
import {
	audit,
	formatGraph,
	graphCost,
	houseConventions,
	parseGraph,
	receptiveFields,
	resolveGraph
} from '$lib/nets';
import { writePytorchNetwork } from '$lib/viz/code/pytorchNetwork';
import { attribute, model, node, tensor, value } from './onnxFile';

const kernel = (name: string, ...dims: number[]) =>
	tensor(name, dims, new Float32Array(dims.reduce((product, n) => product * n, 1)).fill(0.1));
const numbers = (name: string, ...of: number[]) =>
	tensor(name, [of.length], BigInt64Array.from(of.map((n) => BigInt(n))));

async function open(bytes: Uint8Array, name = 'tried.onnx', size?: number) {
	const opened = await openFiles([{ name, bytes }], size === undefined ? {} : { size });
	if (opened.kind !== 'model') throw new Error('no model');
	const resolved = resolveGraph(opened.graph);
	const { total, nodes } = graphCost(resolved);
	const shapes = Object.fromEntries(resolved.nodes.map(({ id, outputs }) => [id, outputs[0].shape]));
	const notes = Object.fromEntries(opened.notes.map(({ code, params }) => [code, params]));
	return { graph: opened.graph, resolved, total, nodes, shapes, notes };
}

/** An operator between two convolutions of 3×3, the first from 3 to 8 channels. */
const between = (
	type: string,
	{
		attributes = [],
		constants = [],
		said = null,
		output = null,
		opset
	}: {
		attributes?: readonly Uint8Array[];
		constants?: readonly (readonly [name: string, tensor: Uint8Array])[];
		said?: readonly number[] | null;
		output?: readonly number[] | null;
		opset?: number;
	} = {}
) =>
	model({
		nodes: [
			node('Conv', ['a', 'w1'], ['x'], [attribute('pads', [1, 1, 1, 1])], 'before'),
			node(type, ['x', ...constants.map(([name]) => name)], ['y'], attributes, 'it'),
			node('Conv', ['y', 'w2'], ['o'], [attribute('pads', [1, 1, 1, 1])], 'behind')
		],
		initializers: [kernel('w1', 8, 3, 3, 3), kernel('w2', 8, 8, 3, 3), ...constants.map(([, of]) => of)],
		inputs: [value('a', [1, 3, 32, 32])],
		outputs: [value('o', output)],
		...(said && { values: [value('y', said)] }),
		...(opset !== undefined && { opset })
	});

describe('shapes of operators that are not computed here', () => {
	it.each([
		[
			'LpPool',
			{ attributes: [attribute('kernel_shape', [2, 2]), attribute('strides', [2, 2])] },
			[16, 16, 8]
		],
		['ReduceSum', { constants: [['axes', numbers('axes', 2, 3)] as const] }, [1, 1, 8]],
		['ReduceL2', { attributes: [attribute('axes', [-1])] }, [32, 1, 8]],
		[
			'Pad',
			{
				attributes: [attribute('mode', 'reflect')],
				constants: [['pads', numbers('pads', 0, 0, 2, 2, 0, 0, 2, 2)] as const]
			},
			[36, 36, 8]
		],
		['GlobalLpPool', {}, [1, 1, 8]],
		['Mish', {}, [32, 32, 8]],
		['Mystery', { said: [1, 8, 10, 12] }, [10, 12, 8]]
	])('%s: as the file states it, or as the rule of its kind says', async (type, of, shape) => {
		const { shapes, total } = await open(between(type, of));
		expect([shapes['it'], shapes['behind']]).toEqual([shape, shape]);
		expect(total).toMatchObject({ uncounted: 1, unsized: 0 });
		expect(total.macs).toBe(32 * 32 * 8 * 27 + shape[0]! * shape[1]! * 8 * 72);
	});

	it('knows each output of a split of rows', async () => {
		const file = model({
			nodes: [
				node('Split', ['a', 'parts'], ['x', 'y'], [attribute('axis', -2)], 'it'),
				node('Conv', ['y', 'w'], ['o'], [], 'conv')
			],
			initializers: [kernel('w', 8, 3, 1, 1), numbers('parts', 3, 5)],
			inputs: [value('a', [1, 3, 8, 8])],
			outputs: [value('x', null), value('o', null)]
		});
		const { shapes, total } = await open(file);
		expect([shapes['conv'], total.unsized]).toEqual([[5, 8, 8], 0]);
	});

	it('counts nothing behind one that nobody says the shape of, and says so', async () => {
		const { resolved, total, nodes, notes } = await open(between('Mystery'));
		expect(total).toMatchObject({ macs: 32 * 32 * 8 * 27, uncounted: 2, unsized: 1 });
		expect(total.params.trainable).toBe(216);
		expect(nodes.map(({ unsized }) => unsized)).toEqual([0, 0, 1]);
		expect(audit(resolved, houseConventions.params)).toMatchObject({ value: 216, uncounted: 1 });
		expect(audit(resolved, houseConventions.macs)).toMatchObject({ value: total.macs, uncounted: 2 });
		expect(notes['unsized']).toEqual({ layer: 'it', type: 'Mystery', count: 1 });
	});

	it('takes a layer that does not fit a guessed shape for one that is not known', async () => {
		const file = model({
			nodes: [
				node('Mystery', ['a'], ['x'], [], 'it'),
				node('Flatten', ['x'], ['f'], [], 'flat'),
				node('Gemm', ['f', 'w'], ['o'], [attribute('transB', 1)], 'dense')
			],
			initializers: [kernel('w', 10, 7)],
			inputs: [value('a', [1, 3, 8, 8])],
			outputs: [value('o', [1, 10])]
		});
		const { graph, total } = await open(file);
		expect(graph.nodes.map(({ op }) => op)).toEqual(['opaque', 'opaque']);
		expect(total.params.trainable).toBe(70);
	});

	it('tells of an output that has another shape than the file states', async () => {
		const { notes } = await open(between('Relu', { output: [1, 8, 16, 16] }));
		expect(notes['otherShape']).toEqual({ name: 'o', stated: '1×8×16×16', made: '1×8×32×32' });
		expect((await open(between('Relu', { output: [1, 8, 32, 32] }))).notes).not.toHaveProperty('otherShape');
	});

	it('does not count what stands behind a layer of Caffe that is not known', async () => {
		const text = `name: "X"
input: "data" input_dim: 1 input_dim: 3 input_dim: 64 input_dim: 64
layer { name: "c1" type: "Convolution" bottom: "data" top: "c1" convolution_param { num_output: 16 kernel_size: 3 } }
layer { name: "fancy" type: "SPPFancy" bottom: "c1" top: "s" }
layer { name: "fc" type: "InnerProduct" bottom: "s" top: "fc" inner_product_param { num_output: 10 } }
`.replace('input: "data" ', 'input: "data"\n');
		const { total, notes } = await open(new TextEncoder().encode(text), 'bad.prototxt');
		expect(total.params.trainable).toBe(448);
		// Its own weights are unknown as well.
		expect(total).toMatchObject({ uncounted: 2, unsized: 2 });
		expect(notes).toHaveProperty('opaqueUnknown');
		const reshaped = text.replace('SPPFancy', 'Reshape');
		const found = await open(new TextEncoder().encode(reshaped), 'reshaped.prototxt');
		expect([found.total.unsized, Object.keys(found.notes)]).toEqual([1, ['opaque', 'unsized', 'noWeights']]);
	});

	it('takes the shape for which Keras says that the next layer was built', async () => {
		const layers = (built: object) => [
			{ class_name: 'InputLayer', config: { name: 'in', batch_shape: [null, 8, 8, 3] } },
			{ class_name: 'Mystery', config: { name: 'it' } },
			{ class_name: 'Dense', config: { name: 'dense', units: 2, use_bias: false }, ...built }
		];
		const of = async (built: object) => {
			const config = { class_name: 'Sequential', config: { name: 'mine', layers: layers(built) } };
			const bytes = new TextEncoder().encode(JSON.stringify({ ...config, keras_version: '3.5.0' }));
			return (await open(bytes, 'mine.json')).total;
		};
		expect(await of({ build_config: { input_shape: [null, 4, 4, 5] } })).toMatchObject({
			macs: 4 * 4 * 5 * 2,
			...{ uncounted: 1, unsized: 1 }
		});
		expect(await of({})).toMatchObject({ macs: 0, uncounted: 2, unsized: 2 });
	});

	it('reads a value alone where it is by value, and says elsewhere that its field is not known', async () => {
		const fieldOf = async (type: string) => {
			const { resolved } = await open(between(type, { said: [1, 8, 32, 32] }));
			return receptiveFields(resolved)[resolved.output.index]!;
		};
		for (const type of ['Abs', 'Neg', 'Exp', 'Mish'])
			expect(await fieldOf(type)).toMatchObject({ y: { size: 5 }, global: false, unknown: false });
		expect(await fieldOf('Mystery')).toMatchObject({ unknown: true });
	});
});

describe('slices of rows and columns', () => {
	const cut = async (starts: number[], ends: number[], axes: number[], steps: number[]) => {
		const names = ['starts', 'ends', 'axes', 'steps'];
		const constants = [starts, ends, axes, steps].map(
			(of, i) => [names[i]!, numbers(names[i]!, ...of)] as const
		);
		return (await open(between('Slice', { constants }))).shapes['it'];
	};

	it.each([
		['both axes', [0, 0], [16, 16], [2, 3], [1, 1], [16, 16, 8]],
		['ends from behind', [0, 0], [-16, -12], [2, 3], [1, 1], [16, 20, 8]],
		['axes from behind', [4, 2], [2 ** 40, 2 ** 40], [-2, -1], [1, 1], [28, 30, 8]],
		['steps', [1, 0], [30, 32], [2, 3], [3, 5], [10, 7, 8]],
		['backwards', [-1, 0], [-(2 ** 40), 8], [2, 3], [-1, 1], [32, 8, 8]]
	])('%s', async (_, starts, ends, axes, steps, shape) => {
		expect(await cut(starts, ends, axes, steps)).toEqual(shape);
	});
});

describe('what is a parameter', () => {
	it('counts weights that two layers use once, and says so', async () => {
		const file = model({
			nodes: [
				node('Conv', ['a', 'w'], ['x'], [], 'one'),
				node('Conv', ['b', 'w'], ['y'], [], 'two'),
				node('Concat', ['x', 'y'], ['o'], [attribute('axis', 1)], 'join')
			],
			initializers: [kernel('w', 8, 3, 3, 3)],
			inputs: [value('a', [1, 3, 8, 8]), value('b', [1, 3, 8, 8])],
			outputs: [value('o', null)]
		});
		const { resolved, total, notes } = await open(file);
		expect(total.params.trainable).toBe(216);
		expect(total.macs).toBe(2 * 36 * 8 * 27);
		expect(audit(resolved, houseConventions.params).value).toBe(216);
		expect(notes['shared']).toEqual({ count: 1, layer: 'two', owner: 'one' });
	});

	it('counts no masks, divisors and bounds', async () => {
		const file = model({
			nodes: [
				node('Conv', ['a', 'w'], ['x'], [], 'conv'),
				node('Where', ['mask', 'x', 'a'], ['m'], [], 'where'),
				node('Div', ['m', 'three'], ['d'], [], 'div'),
				node('Div', ['d', 'each'], ['o'], [], 'divEach')
			],
			initializers: [
				kernel('w', 3, 3, 1, 1),
				tensor('mask', [1, 3, 8, 8], new Uint8Array(192).fill(1)),
				tensor('three', [1, 3, 1, 1], Float32Array.of(3, 3, 3)),
				tensor('each', [3, 1, 1], Float32Array.of(1, 2, 4))
			],
			inputs: [value('a', [1, 3, 8, 8])],
			outputs: [value('o', [1, 3, 8, 8])]
		});
		const { total, graph } = await open(file);
		expect(graph.nodes.map(({ op }) => op)).toEqual(['conv2d', 'opaque', 'rescale', 'batchNorm']);
		expect(total.params.trainable).toBe(9);
	});
});

describe('inputs', () => {
	it('takes the size that fits where the file leaves it open', async () => {
		const file = model({
			nodes: [
				node('Conv', ['a', 'w'], ['x'], [attribute('pads', [1, 1, 1, 1]), attribute('strides', [2, 2])], 'c'),
				node('Flatten', ['x'], ['f'], [], 'flat'),
				node('Gemm', ['f', 'd'], ['o'], [attribute('transB', 1)], 'dense')
			],
			initializers: [kernel('w', 8, 3, 3, 3), kernel('d', 10, 1568)],
			inputs: [value('a', [null, 3, null, null])],
			outputs: [value('o', [null, 10])]
		});
		expect((await open(file)).notes['openSize']).toEqual({ value: 28 });
		await expect(open(file, 'tried.onnx', 32)).rejects.toThrow('multiplies');
	});

	it.each([
		[[1, 3, 8, 8, 8], 'the input a has 5 dimensions'],
		[[], 'the input a is a single number']
	])('says of %j what is read', async (dims, sentence) => {
		const file = model({
			nodes: [node('Relu', ['a'], ['o'], [])],
			initializers: [],
			inputs: [value('a', dims)],
			outputs: [value('o', null)]
		});
		await expect(open(file)).rejects.toThrow(sentence);
	});
});

describe('networks that read nothing', () => {
	it('are refused', async () => {
		const file = model({
			nodes: [node('Mystery', [], ['o'], [], 'it')],
			initializers: [],
			inputs: [value('a', [1, 3, 8, 8])],
			outputs: [value('o', [1, 3, 8, 8])]
		});
		await expect(open(file)).rejects.toThrow('no output depends on an input');
	});
});

describe('archives', () => {
	/** A zip of one file that is announced with more bytes than 32 bits hold. */
	function bomb(size: bigint): Uint8Array {
		const name = new TextEncoder().encode('config.json');
		const zip = new DataView(new ArrayBuffer(30 + name.length + 46 + name.length + 20 + 22));
		const bytes = new Uint8Array(zip.buffer);
		const at = 30 + name.length;
		zip.setUint32(0, 0x04034b50, true);
		zip.setUint16(26, name.length, true);
		bytes.set(name, 30);
		zip.setUint32(at, 0x02014b50, true);
		zip.setUint32(at + 24, 0xffffffff, true);
		zip.setUint16(at + 28, name.length, true);
		zip.setUint16(at + 30, 20, true);
		bytes.set(name, at + 46);
		const more = at + 46 + name.length;
		zip.setUint16(more, 1, true);
		zip.setUint16(more + 2, 16, true);
		zip.setBigUint64(more + 4, size, true);
		zip.setUint32(more + 20, 0x06054b50, true);
		zip.setUint16(more + 28, 1, true);
		zip.setUint16(more + 30, 1, true);
		zip.setUint32(more + 36, at, true);
		return bytes;
	}

	it('are refused with the size that they announce', async () => {
		await expect(open(bomb(3_000_000_034n), 'bomb.keras')).rejects.toThrow('= 3000000034 is too large');
	});
});

describe('names', () => {
	it('keeps letters of any script, and a name that one thing has', async () => {
		const file = model({
			nodes: [
				node('Conv', ['a', 'w'], ['x'], [], '中文/层一'),
				node('Tanh', ['x'], ['y'], [], 'שלום/مرحبا'),
				node('Sigmoid', ['y'], ['o'], [], '🎉/first')
			],
			initializers: [kernel('w', 8, 3, 3, 3)],
			inputs: [value('a', [1, 3, 8, 8])],
			outputs: [value('o', null)]
		});
		const { graph, resolved } = await open(file);
		expect(graph.nodes.map(({ id }) => id)).toEqual(['中文.层一', 'שלום.مرحبا', 'first']);
		expect(parseGraph(formatGraph(graph))).toEqual(graph);
		expect(writePytorchNetwork(resolved)).toContain('层一');
		const exported = toOnnx(resolved, null);
		expect((await open(exported)).graph.nodes).toHaveLength(3);
	});

	it('leaves a first layer of Keras that says what goes in its name', async () => {
		const layers = [
			{
				class_name: 'Dense',
				config: { name: 'c1', batch_input_shape: [null, 4], units: 2, use_bias: false }
			},
			{ class_name: 'BatchNormalization', config: { name: 'norm' } }
		];
		const config = { class_name: 'Sequential', config: { name: 'model_1', layers } };
		const bytes = new TextEncoder().encode(JSON.stringify({ ...config, keras_version: '2.4.0' }));
		const { graph, notes } = await open(bytes, 'mine.json');
		expect(graph.name).toBe('mine');
		expect(graph.nodes.map(({ id }) => id)).toEqual(['c1', 'norm']);
		expect(notes['statistics']).toEqual({ count: 4, total: 16 });
	});
});
