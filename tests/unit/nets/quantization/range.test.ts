import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { integersFor, toIntegers, toReals } from '$lib/nets/quantization/integers';
import { chooseRange, Observer } from '$lib/nets/quantization/range';

function histogramOf(values: readonly number[]) {
	const observer = new Observer();
	observer.seeRange(values);
	observer.seeValues(values);
	return observer.histogram;
}

const values = fc.array(fc.float({ min: -20, max: 20, noNaN: true }), { minLength: 1, maxLength: 300 });

describe('Observer', () => {
	it('counts every value, 0 being in its range', () => {
		fc.assert(
			fc.property(values, (seen) => {
				const { low, high, counts } = histogramOf(seen);
				expect([low, high]).toEqual([Math.min(0, ...seen) + 0, Math.max(0, ...seen) + 0]);
				expect(counts.reduce((sum, count) => sum + count, 0)).toBe(seen.length);
			})
		);
	});
	it('has no histogram before values were seen a second time', () => {
		expect(() => new Observer().histogram).toThrow('values were not seen a second time');
	});
});

describe('chooseRange(histogram, calibration, bits)', () => {
	/** A thousand times ten thousand values around 0, and one far away. */
	const outlier = histogramOf([...Array.from({ length: 20_000 }, (_, i) => (i % 200) / 100), 500]);

	it('max: all that was seen', () => {
		expect(chooseRange(outlier, 'max', 7)).toEqual({ low: 0, high: 500 });
	});
	it('percentile leaves out one in ten thousand at an end', () => {
		const { low, high } = chooseRange(outlier, 'percentile', 7);
		expect(low).toBe(0);
		expect(high).toBeLessThan(2.3);
		expect(high).toBeGreaterThan(1.9);
	});
	it('squares: never a larger squared error than that of all, as far as bins tell', () => {
		fc.assert(
			fc.property(values, fc.integer({ min: 2, max: 7 }), (seen, bits) => {
				const histogram = histogramOf(seen);
				const [least, all] = (['squares', 'max'] as const).map((calibration) => {
					const of = integersFor(chooseRange(histogram, calibration, bits), bits);
					return toReals(toIntegers(seen, of), of).reduce((sum, back, i) => sum + (back - seen[i]!) ** 2, 0);
				});
				// A bin's values lie up to half its width from its middle.
				const width = (histogram.high - histogram.low) / histogram.counts.length;
				expect(Math.sqrt(least! / seen.length)).toBeLessThanOrEqual(Math.sqrt(all! / seen.length) + width);
			}),
			// 0 lies halfway between two integers of a range that is as long on both sides.
			{ examples: [[[-20, -19.238283157348633, 20, 0], 2]] }
		);
	});
});
