import { describe, expect, it } from 'vitest';
import { openFiles } from '$lib/formats';
import { toOnnx } from '$lib/formats/onnx/write';
import { graphCost, resolveGraph } from '$lib/nets';
import { writePytorchNetwork } from '$lib/viz/code/pytorchNetwork';
import { attribute, model, node, tensor, value } from './onnxFile';

async function opened(of: Parameters<typeof model>[0]) {
	const found = await openFiles([{ name: 'integers.onnx', bytes: model(of) }]);
	if (found.kind !== 'model') throw new Error('no network');
	const net = resolveGraph(found.graph);
	return { ...found, net, total: graphCost(net).total };
}

const scale = (name: string, ...of: number[]) =>
	tensor(name, of.length === 1 ? [] : [of.length], Float32Array.from(of));
const zero = (name: string, ...of: number[]) =>
	tensor(name, of.length === 1 ? [] : [of.length], Int8Array.from(of));

describe('QGemm', () => {
	const gemm = (isTurned: boolean) =>
		opened({
			nodes: [
				node('QuantizeLinear', ['x', 'xs', 'xz'], ['q'], []),
				node(
					'QGemm',
					['q', 'xs', 'xz', 'w', 'ws', 'wz', 'b', 'ys', 'yz'],
					['p'],
					[attribute('transB', isTurned ? 1 : 0)]
				),
				node('DequantizeLinear', ['p', 'ys', 'yz'], ['y'], [])
			],
			initializers: [
				...[scale('xs', 0.5), zero('xz', 3), scale('ws', 0.5, 2), zero('wz', 0, 1)],
				...[scale('ys', 0.25), zero('yz', 0), tensor('b', [2], Int32Array.of(4, 3))],
				tensor('w', isTurned ? [2, 3] : [3, 2], Int8Array.of(1, 2, 3, 4, 5, 6))
			],
			inputs: [value('x', [1, 3])],
			outputs: [value('y', [1, 2])]
		});

	it.each([true, false])('is a dense layer whose scales are no parameters, turned: %s', async (isTurned) => {
		const { net, total, weights, integers } = await gemm(isTurned);
		expect(net.nodes.map(({ op }) => op)).toEqual(['dense']);
		expect([total.params.trainable, total.macs, total.uncounted]).toEqual([8, 6, 0]);
		const { kernel, bias } = Object.values(weights!)[0]!;
		// In the order [inputs, outputs], each column by its own scale and zero point.
		expect([...kernel!.data]).toEqual(isTurned ? [0.5, 6, 1, 8, 1.5, 10] : [0.5, 2, 1.5, 6, 2.5, 10]);
		expect(kernel!.quantized).toMatchObject({ axis: 1, scales: [0.5, 2] });
		expect([...bias!.data]).toEqual([1, 3]);
		expect(Object.keys(integers ?? {}).length).toBeGreaterThan(0);
	});

	it('that is not computed here counts its matrix alone', async () => {
		const { total } = await opened({
			nodes: [node('QGemm', ['x', 'xs', 'xz', 'w', 'ws', 'wz'], ['y'], [attribute('transA', 1)])],
			initializers: [
				...[scale('xs', 0.5), zero('xz', 3), scale('ws', 0.5, 2), zero('wz', 0, 1)],
				tensor('w', [3, 2], Int8Array.of(1, 2, 3, 4, 5, 6))
			],
			inputs: [value('x', [1, 3])],
			outputs: [value('y', [1, 2])]
		});
		expect([total.params.trainable, total.uncounted]).toEqual([6, 1]);
	});
});

describe('what is rounded when it runs (DynamicQuantizeLinear)', () => {
	it('ConvInteger is a convolution, and MatMulInteger a dense layer, with what their integers stand for', async () => {
		const { net, total, weights } = await opened({
			nodes: [
				node('DynamicQuantizeLinear', ['x'], ['xq', 'xs', 'xz'], []),
				node('ConvInteger', ['xq', 'w', 'xz', 'wz'], ['c'], [attribute('kernel_shape', [1, 1])]),
				node('Cast', ['c'], ['cf'], [attribute('to', 1)]),
				node('Mul', ['xs', 'ws'], ['s'], []),
				node('Mul', ['cf', 's'], ['y'], []),
				node('GlobalAveragePool', ['y'], ['g'], []),
				node('Flatten', ['g'], ['f'], []),
				node('DynamicQuantizeLinear', ['f'], ['fq', 'fs', 'fz'], []),
				node('MatMulInteger', ['fq', 'v', 'fz', 'vz'], ['z'], [])
			],
			initializers: [
				...[scale('ws', 0.5), zero('wz', 1), zero('vz', 0, 0, 2)],
				tensor('w', [2, 3, 1, 1], Int8Array.of(1, 2, 3, 4, 5, 6)),
				tensor('v', [2, 3], Int8Array.of(1, 2, 3, 4, 5, 6))
			],
			inputs: [value('x', [1, 3, 4, 4])],
			outputs: [value('z', [1, 3])]
		});
		expect(net.nodes.map(({ op }) => op)).toEqual(['conv2d', 'rescale', 'globalAvgPool', 'dense']);
		expect([total.params.trainable, total.macs, total.uncounted]).toEqual([12, 6 * 16 + 6, 0]);
		const [conv, dense] = Object.values(weights!);
		expect([...conv!['kernel']!.data]).toEqual([0, 3, 1, 4, 2, 5]);
		expect([...dense!['kernel']!.data]).toEqual([1, 2, 1, 4, 5, 4]);
	});

	it('with a zero point of its own, what is read is not computed', async () => {
		const { total } = await opened({
			nodes: [node('ConvInteger', ['x', 'w', 'xz'], ['y'], [attribute('kernel_shape', [1, 1])])],
			initializers: [zero('xz', 3), tensor('w', [2, 3, 1, 1], Int8Array.of(1, 2, 3, 4, 5, 6))],
			inputs: [value('x', [1, 3, 4, 4])],
			outputs: [value('y', [1, 2, 4, 4])]
		});
		expect([total.params.trainable, total.uncounted]).toEqual([6, 1]);
	});
});

describe('a range of integers that is the only activation', () => {
	const chain = (zeroPoint: number, top: number, more: readonly Uint8Array[] = [], last?: number) =>
		opened({
			nodes: [
				node('DequantizeLinear', ['w', 'ws', 'wz'], ['wf'], []),
				node('Conv', ['x', 'wf'], ['a'], [attribute('kernel_shape', [1, 1])]),
				...more,
				node('QuantizeLinear', [more.length > 0 ? 'r' : 'a', 's', 'z'], ['q'], []),
				node('DequantizeLinear', ['q', 's', 'z'], ['y'], []),
				node('Conv', ['y', 'wf'], ['b'], [attribute('kernel_shape', [1, 1])]),
				...(last === undefined
					? []
					: [
							node('QuantizeLinear', ['b', 't', 'z'], ['p'], []),
							node('DequantizeLinear', ['p', 't', 'z'], ['c'], [])
						])
			],
			initializers: [
				...[scale('ws', 0.5), zero('wz', 0), scale('s', top / 255), zero('z', zeroPoint)],
				scale('t', (last ?? 1) / 255),
				tensor('w', [3, 3, 1, 1], Int8Array.of(1, -2, 3, -4, 5, -6, 7, -8, 9))
			],
			inputs: [value('x', [1, 3, 4, 4])],
			outputs: [value(last === undefined ? 'b' : 'c', [1, 3, 4, 4])]
		});
	const opsOf = ({ net }: Awaited<ReturnType<typeof chain>>) => net.nodes.map(({ op }) => op);

	it('is a ReLU6 where it ends at 6, and a ReLU elsewhere, of which the file says the integers', async () => {
		const six = await chain(-128, 6);
		expect(opsOf(six)).toEqual(['conv2d', 'relu6', 'conv2d']);
		expect(six.notes).toContainEqual({ code: 'clamped', params: { count: 1 } });
		const clamped = six.net.nodes[1]!.outputs[0].ref;
		expect(Object.keys(six.integers!)).toEqual([clamped]);
		expect(opsOf(await chain(-128, 4))).toEqual(['conv2d', 'relu', 'conv2d']);
	});

	it('is a ReLU6 where it ends below 6, too, if another one ends there', async () => {
		const net = await chain(-128, 4, [], 6);
		expect(opsOf(net)).toEqual(['conv2d', 'relu6', 'conv2d', 'relu6']);
		expect(opsOf(await chain(-128, 4, [], 7))).toEqual(['conv2d', 'relu', 'conv2d', 'relu']);
	});

	it('is none where it reaches below 0, or where an activation stands before it', async () => {
		expect(opsOf(await chain(-100, 6))).toEqual(['conv2d', 'conv2d']);
		const relu = await chain(-128, 6, [node('Relu', ['a'], ['r'], [])]);
		expect(opsOf(relu)).toEqual(['conv2d', 'relu', 'conv2d']);
		expect(relu.notes.map(({ code }) => code)).not.toContain('clamped');
	});

	it('stands in what is exported', async () => {
		const { net, weights } = await chain(-128, 6);
		const again = await openFiles([{ name: 'again.onnx', bytes: toOnnx(net, weights) }]);
		expect(again.kind === 'model' && again.graph.nodes.map(({ op }) => op)).toEqual([
			'conv2d',
			'relu6',
			'conv2d'
		]);
		expect(writePytorchNetwork(net)).toMatch(/relu6|ReLU6/);
	});
});
