import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scatterScale, scatterTicks } from '$lib/viz/plot/scale';

describe('scatterTicks', () => {
	it('labels each decade where there is little room, and 1, 2, 5 where there is more', () => {
		expect(scatterTicks('log', [1e6, 1e9], 150, 40)).toEqual([1e6, 1e7, 1e8, 1e9]);
		expect(scatterTicks('log', [1e6, 1e8], 500, 40)).toEqual([1e6, 2e6, 5e6, 1e7, 2e7, 5e7, 1e8]);
	});

	it('takes equal steps where a logarithmic axis shows a part of a decade', () => {
		expect(scatterTicks('log', [1.1e6, 1.45e6], 400, 80)).toEqual([1.1e6, 1.2e6, 1.3e6, 1.4e6]);
	});

	it('gives ascending ticks within the domain, as far apart as asked', () => {
		const decade = fc.double({ min: 3, max: 10, noNaN: true });
		fc.assert(
			fc.property(
				decade,
				fc.double({ min: 0.05, max: 5, noNaN: true }),
				fc.integer({ min: 200, max: 1200 }),
				(start, length, pixels) => {
					const domain = [10 ** start, 10 ** (start + length)] as const;
					const scale = scatterScale('log', domain, [0, pixels]);
					const positions = scatterTicks('log', domain, pixels, 44).map(scale);
					expect(positions.length).toBeGreaterThan(0);
					positions.forEach((position, i) => {
						expect(position).toBeGreaterThanOrEqual(-1e-6);
						expect(position).toBeLessThanOrEqual(pixels + 1e-6);
						if (i > 0) expect(position - (positions[i - 1] ?? 0)).toBeGreaterThanOrEqual(44 - 1e-6);
					});
				}
			)
		);
	});
});

describe('scatterScale', () => {
	it.each(['log', 'linear'] as const)('%s: inverts what it maps', (kind) => {
		fc.assert(
			fc.property(fc.double({ min: 1, max: 1e10, noNaN: true }), (value) => {
				const scale = scatterScale(kind, [1, 1e10], [400, 0]);
				// To a millionth of the value, or of what a linear axis spans.
				const error = (scale.invert(scale(value)) - value) / (kind === 'log' ? value : 1e10);
				expect(error).toBeCloseTo(0, 6);
			})
		);
	});
});
