import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { column, kernelValues, quantizeKernel } from '$lib/nets/quantization/kernel';

const kernels = fc
	.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 6 }))
	.chain(([rows, channels]) =>
		fc.record({
			channels: fc.constant(channels),
			kernel: fc
				.array(fc.float({ min: -8, max: 8, noNaN: true }), {
					minLength: rows * channels,
					maxLength: rows * channels
				})
				.map((values) => Float32Array.from(values))
		})
	);
const bits = fc.integer({ min: 2, max: 8 });

const errorOf = (kernel: Float32Array, rounded: Float32Array) =>
	kernel.reduce((sum, weight, i) => sum + (weight - rounded[i]!) ** 2, 0);

describe('quantizeKernel(kernel, outChannels, options)', () => {
	it.each(['channel', 'tensor'] as const)('a scale a %s: each weight within half a step', (granularity) => {
		fc.assert(
			fc.property(kernels, bits, ({ kernel, channels }, bits) => {
				const most = 2 ** (bits - 1) - 1;
				const of = quantizeKernel(kernel, channels, { bits, granularity, isFitted: false });
				expect(of.scales.length).toBe(channels);
				if (granularity === 'tensor') expect(new Set(of.scales).size).toBe(1);
				kernelValues(of).forEach((value, i) => {
					expect(Math.abs(of.values[i]!)).toBeLessThanOrEqual(most);
					expect(Math.abs(value - kernel[i]!)).toBeLessThanOrEqual(of.scales[i % channels]! * 0.501);
				});
			})
		);
	});
	it('fitted, the squared error is not above', () => {
		fc.assert(
			fc.property(kernels, bits, ({ kernel, channels }, bits) => {
				const errors = [true, false].map((isFitted) =>
					errorOf(
						kernel,
						kernelValues(quantizeKernel(kernel, channels, { bits, granularity: 'channel', isFitted }))
					)
				);
				expect(errors[0]!).toBeLessThanOrEqual(errors[1]! * (1 + 1e-6) + 1e-9);
			})
		);
	});
	it('a scale for each channel errs no more than one for all where ranges differ', () => {
		const kernel = Float32Array.of(8, 0.03, -4, 0.01, 2, -0.02);
		const errors = (['channel', 'tensor'] as const).map((granularity) =>
			errorOf(
				column(kernel, 2, 1),
				column(kernelValues(quantizeKernel(kernel, 2, { bits: 8, granularity, isFitted: false })), 2, 1)
			)
		);
		expect(errors[0]!).toBeLessThan(errors[1]! / 100);
	});
	it('no scale is below the least that is allowed', () => {
		const { scales } = quantizeKernel(
			Float32Array.of(1e-9, 1),
			2,
			{ bits: 8, granularity: 'channel', isFitted: false },
			[0.5, 0]
		);
		expect(scales[0]).toBe(0.5);
		expect(scales[1]).toBeCloseTo(1 / 127);
	});
	it('bits that are none', () => {
		expect(() =>
			quantizeKernel(new Float32Array(1), 1, { bits: 1, granularity: 'channel', isFitted: false })
		).toThrow('bits is 1, expected a whole number from 2 to 8');
	});
});
