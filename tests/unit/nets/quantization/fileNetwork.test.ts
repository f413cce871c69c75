import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder, resolveGraph } from '$lib/nets';
import { networkOfFile, type FileIntegers } from '$lib/nets/quantization/fileNetwork';
import { kernelValues, type StoredIntegers } from '$lib/nets/quantization/kernel';
import { runIntegers } from '$lib/nets/quantization/run';
import { fileCases, makeFile } from './files';

const of = (scale: number, zeroPoint = 0) => ({ scale, zeroPoint, most: 255 });

/** A convolution of one pixel, its weights as a file has them. */
function pointwise(quantized: StoredIntegers, bias?: readonly number[]) {
	const net = new GraphBuilder('one', [1, 1, 2]);
	const conv = net.conv2d('conv', net.input, { kernelSize: 1, outChannels: 2, bias: bias !== undefined });
	const act = net.relu('act', conv);
	const zero = (i: number) => quantized.zeroPoints[i % quantized.zeroPoints.length] ?? 0;
	const scale = (i: number) => quantized.scales[i % quantized.scales.length]!;
	const data = Float32Array.from(quantized.values, (value, i) => (value - zero(i)) * scale(i));
	const weights = {
		conv: {
			kernel: { shape: [1, 1, 2, 2], data, quantized },
			...(bias && { bias: { shape: [2], data: Float32Array.from(bias) } })
		}
	};
	return { resolved: resolveGraph(net.build(act)), weights };
}

const plain: StoredIntegers = {
	values: Int8Array.of(1, -2, 3, 4),
	scales: [0.5],
	zeroPoints: [0],
	axis: null
};
const known: FileIntegers = { input: of(0.5, 10), act: of(0.25, 3) };

describe('networkOfFile(resolved, weights, integers)', () => {
	it('computes with the scales and zero points of the file', () => {
		const { resolved, weights } = pointwise(plain, [1, -1]);
		const { tensors, output } = runIntegers(networkOfFile(resolved, weights, known), Float32Array.of(2, -1));
		expect([...tensors.get('input')!]).toEqual([14, 8]);
		// 4 · 1 − 2 · 3 + 1 / 0.25 = 2, and 4 · −2 − 2 · 4 − 4 = −20, which ReLU makes 0; both of 0.25, as results are.
		expect([...tensors.get('act')!]).toEqual([5, 3]);
		expect([...output]).toEqual([0.5, 0]);
	});
	it('weights have zero points, and a scale for each output channel', () => {
		const quantized = {
			...{ values: Uint8Array.of(11, 255, 13, 4), scales: [0.5, 0.25], zeroPoints: [10, 4], axis: 3 }
		};
		const [step] = networkOfFile(...entries(pointwise(quantized))).steps;
		if (step?.kind !== 'convolution') throw new Error(step?.kind);
		expect([...step.kernel.values]).toEqual([1, 251, 3, 0]);
		expect([...kernelValues(step.kernel)]).toEqual([0.5, 62.75, 1.5, 0]);
		expect([...step.multipliers]).toEqual([1, 0.5]);
	});
	it('a tensor that has a scale is rounded where the file rounds it, also before its activation', () => {
		const { resolved, weights } = pointwise(plain);
		expect(networkOfFile(resolved, weights, known).steps.map(({ kind }) => kind)).toEqual(['convolution']);
		const { steps, tensors } = networkOfFile(resolved, weights, { ...known, conv: of(0.125, 128) });
		expect(steps.map(({ kind }) => kind)).toEqual(['convolution', 'sum']);
		expect(tensors.get('conv')!.integers).toEqual(of(0.125, 128));
	});
	it('padding before a convolution becomes its own', () => {
		const net = new GraphBuilder('padded', [3, 3, 1]);
		const pad = net.op('pad', 'pad', net.input, { padding: { top: 0, left: 0, bottom: 1, right: 1 } });
		net.conv2d('conv', pad, { kernelSize: 2, stride: 2, outChannels: 1, bias: false });
		const resolved = resolveGraph(net.build('conv'));
		const values = Int8Array.of(1, 2, 3, 4);
		const kernel = {
			...{ shape: [2, 2, 1, 1], data: Float32Array.from(values) },
			quantized: { values, scales: [1], zeroPoints: [0], axis: null }
		};
		const integers = { input: of(1, 7), pad: of(1, 7) };
		const network = networkOfFile(resolved, { conv: { kernel } }, integers);
		const { output } = runIntegers(network, Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]));
		expect([...output]).toEqual([1 + 4 + 12 + 20, 3 + 18, 7 + 16, 9]);
		expect(network.steps.flatMap(({ nodes }) => nodes)).toEqual(['pad', 'conv']);
		const other = { ...integers, pad: of(2, 7) };
		expect(() => networkOfFile(resolved, { conv: { kernel } }, other)).toThrow('pad: the file has no scale');
	});
	it('says what hinders it', () => {
		const { resolved, weights } = pointwise(plain, [1, -1]);
		const refuse = (integers: FileIntegers, stored: Parameters<typeof networkOfFile>[1] = weights) =>
			expect(() => networkOfFile(resolved, stored, integers));
		refuse({}).toThrow('input: the file has no scale of 8-bit integers for what it gives, or several');
		refuse({ input: of(1) }).toThrow('act: the file has no scale');
		const real = { conv: { ...weights.conv, kernel: { ...weights.conv.kernel, quantized: undefined } } };
		refuse(known, real as never).toThrow('conv: its weights are no integers of 8 bits');
		const values = Int32Array.of(1, -2, 300, 4);
		refuse(known, pointwise({ ...plain, values }).weights).toThrow(
			'conv: its weights are no integers of 8 bits'
		);
		const large = { ...weights.conv, bias: { shape: [2], data: Float32Array.of(0, 1e9) } };
		refuse(known, { conv: large }).toThrow('conv: its sums may be too large for 32 bits');
	});
	it('scales that go along another axis than output channels are no integers of these weights', () => {
		const { resolved, weights } = pointwise(plain);
		const quantized = { ...plain, scales: [0.5, 0.25], zeroPoints: [0, 0], axis: 2 };
		const data = Float32Array.of(0.5, -1, 0.75, 1);
		const kernel = { ...weights.conv.kernel, data, quantized };
		expect(() => networkOfFile(resolved, { conv: { kernel } }, known)).toThrow('no integers of 8 bits');
	});
	/** Each tensor errs by what is rounded in it and by what it reads, half as much as with 7 bits. */
	it('the output is that of the real network, but for what rounding leaves', () => {
		fc.assert(
			fc.property(fileCases, (each) => {
				const { network, input, resolved, values } = makeFile({ ...each, weightZero: 0 });
				const { output } = runIntegers(network, input);
				const real = values[resolved.byRef.get(network.output.ref)!.index]!.data;
				const size = Math.sqrt(real.reduce((sum, value) => sum + value ** 2, 0) / real.length);
				const error = Math.sqrt(
					real.reduce((sum, value, i) => sum + (value - output[i]!) ** 2, 0) / real.length
				);
				expect(error).toBeLessThanOrEqual(0.1 * size + 0.05);
			})
		);
	});
});

const entries = ({ resolved, weights }: ReturnType<typeof pointwise>) => [resolved, weights, known] as const;
