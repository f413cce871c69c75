import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { integersFor, rescaled, roundToEven, toIntegers, toReals } from '$lib/nets/quantization/integers';

const float = (limit: number) => fc.float({ min: -limit, max: limit, noNaN: true });

describe('integersFor({ low, high }, bits)', () => {
	it('0 is one of the integers, and both ends are within half a step', () => {
		fc.assert(
			fc.property(float(1000), float(1000), fc.integer({ min: 2, max: 7 }), (a, b, bits) => {
				const range = { low: Math.min(a, b), high: Math.max(a, b) };
				const of = integersFor(range, bits);
				expect(of.most).toBe(2 ** bits - 1);
				expect(Number.isInteger(of.zeroPoint) && of.zeroPoint >= 0 && of.zeroPoint <= of.most).toBe(true);
				const ends = Float32Array.of(range.low, range.high);
				const back = toReals(toIntegers(ends, of), of);
				for (const i of [0, 1]) expect(Math.abs(back[i]! - ends[i]!)).toBeLessThanOrEqual(of.scale * 0.501);
				expect(toReals(toIntegers([0], of), of)[0]).toBe(0);
			})
		);
	});
	it('a range without extent has a scale all the same', () => {
		expect(integersFor({ low: 0, high: 0 }, 7)).toEqual({ scale: 1, zeroPoint: 0, most: 127 });
	});
});

describe('toIntegers(values, integers)', () => {
	it('what lies within the range comes back within half a step; what does not becomes an end', () => {
		fc.assert(
			fc.property(fc.array(float(50), { minLength: 1 }), (values) => {
				const of = integersFor({ low: -3, high: 20 }, 7);
				const integers = toIntegers(values, of);
				toReals(integers, of).forEach((back, i) => {
					const value = values[i]!;
					if (value < -3) expect(integers[i]).toBe(0);
					else if (value > 20.01) expect(integers[i]).toBe(127);
					else expect(Math.abs(back - value)).toBeLessThanOrEqual(of.scale * 0.501);
				});
			})
		);
	});
});

describe('roundToEven(value)', () => {
	it('rounds to the nearest, ties to even', () => {
		expect([0.5, 1.5, 2.5, -0.5, -1.5, 2.4, -2.6].map(roundToEven)).toEqual([0, 2, 2, 0, -2, 2, -3]);
	});
	it('is never further than half away', () => {
		fc.assert(
			fc.property(float(4e6), (value) => {
				const rounded = roundToEven(value);
				expect(Number.isInteger(rounded)).toBe(true);
				expect(Math.abs(rounded - value)).toBeLessThanOrEqual(0.5);
			})
		);
	});
});

describe('rescaled(sum, multiplier, zeroPoint, low, high)', () => {
	// A multiplier of a power of two is exact, so that whole numbers tell what comes out.
	it('of a power of two is a shift, ties to even', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: -(2 ** 23), max: 2 ** 23 }),
				fc.integer({ min: 1, max: 23 }),
				(sum, shift) => {
					const step = 2n ** BigInt(shift);
					const twice = 2n * BigInt(sum);
					const floor = twice >= 0n ? twice / (2n * step) : -((-twice + 2n * step - 1n) / (2n * step));
					const rest = twice - floor * 2n * step;
					const isUp = rest > step || (rest === step && floor % 2n !== 0n);
					const expected = Number(isUp ? floor + 1n : floor) + 9;
					expect(rescaled(sum, 2 ** -shift, 9, 0, 127)).toBe(Math.min(Math.max(expected, 0), 127));
				}
			)
		);
	});
	it('of any other is within half of the product, and its rounding', () => {
		fc.assert(
			fc.property(fc.integer({ min: -(2 ** 30), max: 2 ** 30 }), float(1), (sum, multiplier) => {
				const exact = sum * multiplier + 60;
				const result = rescaled(sum, multiplier, 60, 0, 127);
				const kept = Math.min(Math.max(exact, 0), 127);
				expect(Math.abs(result - kept)).toBeLessThanOrEqual(0.5 + 1e-4);
			})
		);
	});
});
