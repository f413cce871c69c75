import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadKernels, type Kernels } from '../../../src/lib/engine/kernels';
import {
	activate,
	activations,
	convolutionCases,
	depthwiseCases,
	difference,
	makeConvolution,
	makeDepthwise,
	pointwise,
	winogradCases,
	type ConvolutionCase,
	type DepthwiseCase,
	type Reference
} from './kernels-cases';
import { allowRelaxedSimd } from '../../../tools/relaxedSimd';
import { mulberry, randoms } from './random';

// Node 20 has relaxed SIMD behind a flag.
allowRelaxedSimd();

/** Sums of up to a thousand products are taken in another order than the library's, and rounded less often. */
const tolerance = 1e-5;

/** What Winograd's method may err by, of the largest output; see docs/adr/0015-winograds-method.md. */
const winogradTolerance = 2e-5;

function expectClose(actual: tf.Tensor4D, expected: Reference, within = tolerance): void {
	expect(actual.shape).toEqual(expected.shape);
	expect(difference(actual.dataSync(), expected.data)).toBeLessThanOrEqual(within);
}

const memory = () => {
	const { numTensors, numBytes } = tf.memory();
	return { numTensors, numBytes, ids: tf.engine().backend.numDataIds() };
};

/** Convolutions that Winograd's method computes, to be varied. */
const three: ConvolutionCase = { ...pointwise, kernelSize: [3, 3], padding: 'same', residual: true };
const seven = { kernelSize: [7, 7], stride: [2, 2] } as const;

describe.each([false, true])('with relaxed SIMD: %s', (relaxed) => {
	let kernels: Kernels;

	beforeAll(async () => {
		await tf.setBackend('wasm');
		kernels = (await loadKernels({ relaxed }))!;
		expect(kernels.relaxed).toBe(relaxed);
	});
	afterAll(() => kernels.dispose());

	async function expectConvolution(of: ConvolutionCase, byWinograd = false): Promise<void> {
		const { size, kernelSize, stride, dilation, groups, padding, activation } = of;
		const { inChannels, data, channels, residual, expected, ...weights } = await makeConvolution(of);
		const before = memory();
		const packing = {
			...{ ...weights, inChannels, kernelSize, groups, dilation },
			...(of.shuffled && { channels })
		};
		const packed = byWinograd ? kernels.packWinograd(packing) : kernels.packConvolution(packing);
		tf.tidy(() => {
			const x = tf.tensor4d(data, [1, ...size, inChannels]);
			const added = residual && tf.tensor4d(residual, expected.shape as [1, number, number, number]);
			const y = kernels.convolution(x, packed, {
				...{ stride, padding, activation },
				...(added && { residual: added })
			});
			expectClose(y, expected, byWinograd ? winogradTolerance : tolerance);
		});
		packed.dispose();
		expect(memory()).toEqual(before);
	}

	async function expectDepthwise(of: DepthwiseCase): Promise<void> {
		const { size, kernelSize, stride, dilation, channels, padding, activation } = of;
		const { data, expected, ...weights } = await makeDepthwise(of);
		const before = memory();
		const packed = kernels.packDepthwise({ ...weights, kernelSize, channels, dilation });
		tf.tidy(() => {
			const x = tf.tensor4d(data, [1, ...size, channels]);
			expectClose(kernels.depthwise(x, packed, { stride, padding, activation }), expected);
		});
		packed.dispose();
		expect(memory()).toEqual(before);
	}

	it('convolution is the library’s, for any shape, groups, index table, stride, dilation, padding, activation', async () => {
		await fc.assert(
			fc.asyncProperty(convolutionCases, (of) => expectConvolution(of)),
			{ numRuns: 200 }
		);
	});

	it.each<[string, Partial<ConvolutionCase>]>([
		['one position', { size: [1, 1], groupIn: 64, groupOut: 1000 }],
		['one channel', { groupIn: 1, groupOut: 1 }],
		['each channel its own group', { groups: 24, groupIn: 1, groupOut: 1 }],
		['more positions than a block', { size: [112, 112], groupIn: 32, groupOut: 12 }],
		['many input channels', { size: [7, 7], groupIn: 1024, groupOut: 40 }],
		['shuffled groups of 8 that 3 does not divide', { groups: 3, groupIn: 80, groupOut: 20, shuffled: true }]
	])('convolution with %s is the library’s', async (_title, of) => {
		await expectConvolution({ ...pointwise, ...of });
	});

	it('Winograd’s method gives the library’s, for any size, index table, padding, addition, activation', async () => {
		await fc.assert(
			fc.asyncProperty(winogradCases, (of) => expectConvolution(of, true)),
			{ numRuns: 100 }
		);
	});

	it.each<[string, Partial<ConvolutionCase>]>([
		['3×3 of as many channels as are computed so', { size: [9, 6], groupIn: 1024, groupOut: 12 }],
		['7×7 of as many channels as are computed so', { ...seven, size: [11, 10], groupIn: 256 }],
		['more tiles than a block', { size: [58, 41], groupIn: 16, groupOut: 8 }],
		['7×7 of more tiles than a block', { ...seven, size: [75, 63], groupIn: 3, groupOut: 8 }]
	])('Winograd’s method keeps to its error with %s', async (_title, of) => {
		await expectConvolution({ ...three, ...of }, true);
	});

	it('Winograd’s weights take four times the memory, and nothing is kept beside them', () => {
		const kernel = new Float32Array(9 * 16 * 24);
		const before = tf.memory().numBytes;
		const packed = kernels.packWinograd({ kernel, kernelSize: 3, inChannels: 16, outChannels: 24 });
		expect(tf.memory().numBytes - before).toBe(4 * kernel.byteLength + 24 * 4);
		packed.dispose();
	});

	it('depthwise is the library’s, for any shape, stride, dilation, padding, activation', async () => {
		await fc.assert(fc.asyncProperty(depthwiseCases, expectDepthwise), { numRuns: 200 });
	});

	it.each([8, 9, 10, 11, 28])(
		'depthwise 3×3 of rows of %i, done four at a time, is the library’s',
		async (size) => {
			for (const stride of [1, 2])
				await expectDepthwise({
					...{ size: [size, size], kernelSize: [3, 3], stride: [stride, stride], dilation: [1, 1] },
					...{ padding: 'same', activation: 'relu', seed: size, channels: 36 }
				});
		}
	);

	it('concat writes convolutions and copies tensors side by side', () => {
		const part = fc.record({
			outChannels: fc.integer({ min: 1, max: 20 }),
			kernelSize: fc.constantFrom(0, 1, 3),
			byWinograd: fc.boolean(),
			activation: activations
		});
		const cases = fc.record({
			parts: fc.array(part, { minLength: 1, maxLength: 4 }),
			size: fc.integer({ min: 1, max: 9 }),
			seed: fc.nat()
		});
		fc.assert(
			fc.property(cases, ({ parts, size, seed }) => {
				const random = mulberry(seed);
				const before = memory();
				tf.tidy(() => {
					const made = parts.map(({ outChannels, kernelSize, byWinograd, activation }) => {
						const inChannels = kernelSize === 0 ? outChannels : 5;
						const x = tf.tensor4d(randoms(random, size * size * inChannels), [1, size, size, inChannels]);
						const options = { padding: 'same', activation } as const;
						if (kernelSize === 0) return { x, options };
						const kernel = randoms(random, kernelSize ** 2 * inChannels * outChannels);
						const weights = { kernel, kernelSize, inChannels, outChannels };
						const packed =
							byWinograd && kernelSize === 3
								? kernels.packWinograd(weights)
								: kernels.packConvolution(weights);
						return { x, options, packed };
					});
					const alone = made.map(({ x, packed, options }) =>
						packed ? kernels.convolution(x, packed, options) : activate(x, options.activation)
					);
					const expected = tf.concat(alone, 3);
					expectClose(
						kernels.concat(made),
						{ shape: expected.shape, data: expected.dataSync<'float32'>() },
						0
					);
					for (const { packed } of made) packed?.dispose();
				});
				expect(memory()).toEqual(before);
			})
		);
	});

	it('weights that are used for one size and option after the other give each its own result', () => {
		const kernel = new Float32Array(9).fill(1);
		const packed = kernels.packConvolution({ kernel, kernelSize: 3, inChannels: 1, outChannels: 1 });
		const same = { padding: 'same' } as const;
		const sum = (size: number, options: { padding: 'same' | 'valid' }) =>
			tf.tidy(() => tf.sum(kernels.convolution(tf.ones([1, size, size, 1]), packed, options)).dataSync()[0]);
		expect([sum(3, same), sum(5, same), sum(3, { padding: 'valid' }), sum(3, same)]).toEqual([
			49, 169, 9, 49
		]);
		packed.dispose();
	});

	it('keeps NaN', () => {
		const kernel = Float32Array.of(1);
		const packed = kernels.packConvolution({ kernel, kernelSize: 1, inChannels: 1, outChannels: 1 });
		const y = kernels.convolution(tf.tensor4d([NaN, 1], [1, 1, 2, 1]), packed, { activation: 'relu6' });
		expect([...y.dataSync()]).toEqual([NaN, 1]);
		packed.dispose();
	});

	it('keeps memory level over many runs, and goes on when it grows', () => {
		const heap = (tf.backend() as unknown as { wasm: { asm: { memory: WebAssembly.Memory } } }).wasm.asm
			.memory;
		const kernel = new Float32Array(9 * 64).fill(1);
		const packed = kernels.packConvolution({ kernel, kernelSize: 3, inChannels: 8, outChannels: 8 });
		const x = tf.ones([1, 20, 20, 8]) as tf.Tensor4D;
		const run = () => {
			const y = kernels.convolution(x, packed, { padding: 'same' });
			const values = y.dataSync();
			y.dispose();
			return values;
		};
		const first = run();
		const before = memory();
		const bytes = heap.buffer.byteLength;
		for (let i = 0; i < 1000; i++) run();
		expect(memory()).toEqual(before);
		expect(heap.buffer.byteLength).toBe(bytes);

		const large = tf.zeros([bytes / 4]);
		expect(heap.buffer.byteLength).toBeGreaterThan(bytes);
		expect(run()).toEqual(first);
		tf.dispose([large, x]);
		packed.dispose();
	});
});

describe('what does not fit is named', () => {
	let kernels: Kernels;
	beforeAll(async () => {
		await tf.setBackend('wasm');
		kernels = (await loadKernels({ relaxed: false }))!;
	});
	afterAll(() => kernels.dispose());

	const sizes = { kernelSize: 1, inChannels: 4, outChannels: 6 };
	const kernel = new Float32Array(24);
	it.each([
		['groups: 3 does not divide 4 and 6 channels', { ...sizes, kernel, groups: 3 }],
		['kernel: 23 values, expected 24', { ...sizes, kernel: new Float32Array(23) }],
		['bias: 4 values, expected 6', { ...sizes, kernel, bias: new Float32Array(4) }],
		['channels: 3 values, expected 4', { ...sizes, kernel, channels: [0, 1, 2] }],
		['channels[3]: 4 is not a channel (0 … 3)', { ...sizes, kernel, channels: [0, 1, 2, 4] }]
	])('%s', (message, weights) => {
		expect(() => kernels.packConvolution(weights)).toThrow(new RangeError(message));
	});

	it.each([
		[
			"kernelSize: 3,5, expected 3,3 or 7,7 for Winograd's method",
			{ ...sizes, kernelSize: [3, 5] as const, kernel }
		],
		[
			"groups and dilation: 2 and 1,1, expected 1 and 1,1 for Winograd's method",
			{ ...sizes, kernelSize: 3, kernel, groups: 2 }
		],
		[
			"groups and dilation: 1 and 1,2, expected 1 and 1,1 for Winograd's method",
			{ ...sizes, kernelSize: 3, kernel, dilation: [1, 2] as const }
		],
		['kernel: 24 values, expected 216', { ...sizes, kernelSize: 3, kernel }]
	])('%s', (message, weights) => {
		expect(() => kernels.packWinograd(weights)).toThrow(new RangeError(message));
	});

	it('another stride than weights were transformed for', () => {
		const packed = kernels.packWinograd({ ...sizes, kernelSize: 3, kernel: new Float32Array(216) });
		const x = tf.zeros([1, 5, 5, 4]) as tf.Tensor4D;
		expect(() => kernels.convolution(x, packed, { stride: 2 })).toThrow(
			'stride: 2,2, expected 1,1, which weights were transformed for'
		);
		tf.dispose(x);
		packed.dispose();
	});

	it('inputs of another shape', () => {
		tf.tidy(() => {
			const packed = kernels.packConvolution({ ...sizes, kernel });
			const zeros = (size: number, channels: number) => tf.zeros([1, size, size, channels]) as tf.Tensor4D;
			const x = zeros(2, 4);
			expect(() => kernels.convolution(zeros(2, 5), packed)).toThrow(
				'x: shape 1,2,2,5, expected 1,height,width,4'
			);
			expect(() => kernels.convolution(x, packed, { residual: x })).toThrow(
				'residual: shape 1,2,2,4, expected 1,2,2,6'
			);
			expect(() => kernels.concat([{ x, packed }, { x: zeros(3, 4) }])).toThrow(
				'parts[1]: 3×3, expected 2×2 as parts[0]'
			);
			expect(() => kernels.concat([])).toThrow('parts: none, expected at least one');
			packed.dispose();
		});
	});
});

it('there are no kernels on another backend', async () => {
	await tf.setBackend('cpu');
	expect(await loadKernels()).toBeNull();
});
