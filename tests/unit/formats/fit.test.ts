import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFiles } from '$lib/formats';
import { fitWeights, type Fit } from '$lib/formats/fit';
import { matchWeights, nameWeights } from '$lib/formats/match';
import { permute } from '$lib/formats/permute';
import type { NamedTensor, NetworkWeights } from '$lib/formats/tensors';
import { GraphBuilder, networks, resolveGraph, weightSpecs } from '$lib/nets';
import { models } from '../../data';
import { torchvision } from './torchvision';

const tensor = (name: string, ...shape: number[]): NamedTensor => ({
	...{ name, shape },
	data: Float32Array.from(
		{ length: shape.reduce((a, b) => a * b, 1) },
		(_, i) => i + shape.length * name.length
	)
});
/** Where tensors go, and what the network then has. */
function fitted(net: ReturnType<typeof resolveGraph>, tensors: readonly NamedTensor[], fit: Fit) {
	const named = tensors.map((of) => ({ ...of, name: fit.names[of.name] ?? of.name }));
	const { weights, problems } = matchWeights(net, named);
	expect(problems).toEqual([]);
	return weights!;
}

/** The writer of safetensors puts numbers of more bytes first, and counts of batches are of 64 bits. */
function asWritten(sorted: readonly NamedTensor[]): NamedTensor[] {
	const counts = ({ name }: NamedTensor) => name.endsWith('num_batches_tracked');
	return [...sorted.filter(counts), ...sorted.filter((of) => !counts(of))];
}

/** Three convolutions, two of them alike, and a batch norm. */
function little() {
	const net = new GraphBuilder('little', [8, 8, 3]);
	const stem = net.conv2d('stem', net.input, { outChannels: 4, kernelSize: 3 });
	const norm = net.batchNorm('stem_bn', stem);
	const a = net.conv2d('a', norm, { outChannels: 4, kernelSize: 1 });
	return resolveGraph(net.build(net.conv2d('b', a, { outChannels: 4, kernelSize: 1 })));
}
const norm = (name: string) =>
	['weight', 'bias', 'running_mean', 'running_var'].map((role) => tensor(`${name}.${role}`, 4));
const conv = (name: string, inputs: number, size: number) => [
	tensor(`${name}.weight`, 4, inputs, size, size),
	tensor(`${name}.bias`, 4)
];
const pytorch = [
	...conv('features.0', 3, 3),
	...norm('features.1'),
	tensor('features.1.num_batches_tracked'),
	...conv('features.2', 4, 1),
	...conv('features.10', 4, 1)
];

describe('fitWeights', () => {
	it('gives each layer what has its shapes, several of a kind in the order of the file', () => {
		const fit = fitWeights(little(), pytorch)!;
		expect(fit.rows.map(({ layer, from, way, alike }) => [layer, from, way, alike])).toEqual([
			['stem', 'features.0', 'only', 1],
			['stem_bn', 'features.1', 'only', 1],
			['a', 'features.2', 'order', 2],
			['b', 'features.10', 'order', 2]
		]);
		expect(fit.rows[0]!.shapes).toBe('weight 4×3×3×3, bias 4');
		const weights = fitted(little(), pytorch, fit);
		// [out, in, kh, kw] became [kh, kw, in, out].
		expect(weights['stem']!['kernel']!.shape).toEqual([3, 3, 3, 4]);
		expect(weights['stem']!['kernel']!.data[1]).toBe(pytorch[0]!.data[27]);
	});

	it('reads numbers in names where a file is sorted by them, as safetensors are', () => {
		const sorted = pytorch.toSorted((a, b) => (a.name < b.name ? -1 : 1));
		expect(sorted.findIndex(({ name }) => name.startsWith('features.10'))).toBeLessThan(
			sorted.findIndex(({ name }) => name.startsWith('features.2'))
		);
		expect(fitWeights(little(), sorted)!.rows).toEqual(fitWeights(little(), pytorch)!.rows);
		expect(fitWeights(little(), asWritten(sorted))!.rows).toEqual(fitWeights(little(), pytorch)!.rows);
	});

	it('reads them where layers of one block lie apart, as in a file that somebody has put together', () => {
		// Where only names of layers differ in their places, the file's order stands.
		const plain = [...conv('z', 4, 1), ...conv('features.0', 3, 3), ...norm('n'), ...conv('x', 4, 1)];
		expect(fitWeights(little(), plain)!.rows.map(({ from }) => from)).toEqual(['features.0', 'n', 'z', 'x']);
		const apart = [
			...conv('features.10', 4, 1),
			...norm('bn'),
			...conv('features.2', 4, 1),
			...conv('features.0', 3, 3)
		];
		expect(fitWeights(little(), apart)!.rows.map(({ from }) => from)).toEqual([
			'features.0',
			'bn',
			'features.2',
			'features.10'
		]);
	});

	it('goes by name first, whatever the order', () => {
		const mixed = [...conv('b', 4, 1), ...conv('features.0', 3, 3), ...norm('n'), ...conv('x', 4, 1)];
		const rows = fitWeights(little(), mixed)!.rows.map(({ layer, from, way }) => [layer, from, way]);
		expect(rows).toEqual([
			['stem', 'features.0', 'only'],
			['stem_bn', 'n', 'only'],
			['a', 'x', 'order'],
			['b', 'b', 'name']
		]);
	});

	it('knows how kernels lie by whose names they have, and never by their shapes', () => {
		const net = new GraphBuilder('square', [4, 4, 2]);
		const up = net.op('transposedConv2d', 'up', net.input, { outChannels: 2, kernelSize: 2, stride: 2 });
		const square = resolveGraph(net.build(up));
		const asKeras = [
			tensor('conv2d_transpose_7/kernel:0', 2, 2, 2, 2),
			tensor('conv2d_transpose_7/bias:0', 2)
		];
		const asPytorch = [tensor('decoder.weight', 2, 2, 2, 2), tensor('decoder.bias', 2)];
		const [keras, torch] = [asKeras, asPytorch].map((tensors) => {
			const { data } = fitted(square, tensors, fitWeights(square, tensors)!)['up']!['kernel']!;
			return Array.from(data, (value) => tensors[0]!.data.indexOf(value));
		});
		// [kh, kw, out, in] there, and [in, out, kh, kw] there.
		expect(keras).toEqual([0, 2, 1, 3, 4, 6, 5, 7, 8, 10, 9, 11, 12, 14, 13, 15]);
		expect(torch).toEqual([0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15]);
		expect(fitWeights(square, [tensor('arr_0', 2, 2, 2, 2), tensor('arr_1', 2)])).toBeNull();
	});

	it('takes a separable layer of Keras apart', () => {
		const net = new GraphBuilder('apart', [8, 8, 4]);
		const deep = net.conv2d('s_dw', net.input, { outChannels: 4, kernelSize: 3, groups: 4, bias: false });
		const apart = resolveGraph(net.build(net.conv2d('s_pw', deep, { outChannels: 6, kernelSize: 1 })));
		const tensors = [
			tensor('sepconv/depthwise_kernel', 3, 3, 4, 1),
			tensor('sepconv/pointwise_kernel', 1, 1, 4, 6),
			tensor('sepconv/bias', 6)
		];
		expect(fitWeights(apart, tensors)!.rows.map(({ layer }) => layer)).toEqual(['s_dw', 's_pw']);
		fitted(apart, tensors, fitWeights(apart, tensors)!);
	});

	it('is none where a layer or a tensor would be left over', () => {
		expect(fitWeights(little(), pytorch.slice(2))).toBeNull();
		expect(fitWeights(little(), [...pytorch, ...conv('head', 4, 1)])).toBeNull();
		expect(fitWeights(little(), [...pytorch, tensor('head.scale', 4)])).toBeNull();
		expect(fitWeights(little(), [])).toBeNull();
		// Names that are right leave nothing to fit: what is wrong then is something else.
		const own = [...conv('stem', 3, 3), ...norm('stem_bn'), ...conv('a', 4, 1), ...conv('b', 4, 1)];
		expect(fitWeights(little(), own)).toBeNull();
	});
});

describe('weights under the names of torchvision', () => {
	const known = Object.keys(torchvision) as (keyof typeof torchvision)[];
	it.each(known)('%s: each batch norm goes behind its own convolution, whatever the order', (id) => {
		const given = torchvision[id]().map(([name, ...shape]) => ({ name, shape }));
		const net = resolveGraph(networks[id].build(id === 'squeezenet' ? { version: '1.1' } : {}));
		const inOrder = fitWeights(net, given)!;
		const from = new Map(inOrder.rows.map((row) => [row.layer, row.from]));
		const modules = new Set(given.map(({ name }) => name.slice(0, name.lastIndexOf('.'))));
		expect(new Set(from.values())).toEqual(modules);
		expect(inOrder.rows.map(({ layer }) => layer)).toEqual(weightSpecs(net).map(({ id }) => id));
		for (const { layer } of inOrder.rows) {
			const { op, inputs } = net.byId.get(layer)!;
			if (op !== 'batchNorm') continue;
			const before = from.get(inputs[0].producer!.id)!;
			expect(from.get(layer), layer).toBe(
				before.replace(/conv(\d)$/, 'bn$1').replace(/\.(\d)$/, (_, n) => `.${Number(n) + 1}`)
			);
		}
		const sorted = given.toSorted((a, b) => (a.name < b.name ? -1 : 1));
		const counters = ({ name }: { name: string }) => name.endsWith('num_batches_tracked');
		for (const other of [sorted, given.filter((of) => !counters(of))])
			expect(fitWeights(net, other)!.names).toEqual(inOrder.names);
	});

	it('ResNet’s shortcuts have their own batch norms, and say how that is known', () => {
		const given = torchvision.resnet18().map(([name, ...shape]) => ({ name, shape }));
		const { rows } = fitWeights(resolveGraph(networks.resnet18.build()), given)!;
		const block = rows.filter(({ layer }) => layer.startsWith('layer2_0'));
		expect(block.map(({ layer, from, way }) => [layer.slice(9), from.slice(9), way])).toEqual([
			['downsample', 'downsample.0', 'only'],
			['downsample_bn', 'downsample.1', 'beside'],
			['conv1', 'conv1', 'name'],
			['conv1_bn', 'bn1', 'beside'],
			['conv2', 'conv2', 'name'],
			['conv2_bn', 'bn2', 'beside']
		]);
	});
});

describe.skipIf(models.isAbsent)(models.needed('published weights fit networks that are known'), () => {
	it("torchvision's SqueezeNet 1.1, whose names are its own", async () => {
		const name = 'torchvision-squeezenet1_1.opset11.onnx';
		const bytes = new Uint8Array(readFileSync(join(models.path, 'onnx', name)));
		const opened = await openFiles([{ name, bytes }]);
		if (opened.kind !== 'model') throw new Error('it has its structure');
		const theirs = resolveGraph(opened.graph);
		// As `torch.save` has them: the exporter leaves out biases that are the same.
		const tensors = nameWeights(theirs, opened.weights!).map(({ name: of, shape, data }): NamedTensor => {
			const [kh, kw, inputs, outputs] = shape as [number, number, number, number];
			return of.endsWith('/bias')
				? { name: of.replace('/bias', '.bias'), shape, data }
				: {
						name: of.replace('/kernel', '.weight'),
						shape: [outputs, inputs, kh, kw],
						data: permute(data, shape, [3, 2, 0, 1])
					};
		});
		expect(tensors.map((of) => of.name)).toContain('features.3.squeeze.weight');
		const ours = resolveGraph(networks.squeezenet.build({ version: '1.1' }));
		const kernels = (net: ReturnType<typeof resolveGraph>, weights: NetworkWeights) =>
			weightSpecs(net).map(({ id }) =>
				createHash('sha256').update(weights[id]!['kernel']!.data).digest('hex')
			);
		const sorted = tensors.toSorted((a, b) => (a.name < b.name ? -1 : 1));
		// Or out of the ONNX file itself, by the names of its layers.
		for (const order of [tensors, sorted, asWritten(sorted), nameWeights(theirs, opened.weights!)])
			expect(kernels(ours, fitted(ours, order, fitWeights(ours, order)!))).toEqual(
				kernels(theirs, opened.weights!)
			);
	});
});
