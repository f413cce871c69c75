import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layoutLatencyBars } from '$lib/viz/figures/latency/layout/latencyBars';

const time = fc.double({ min: 0, max: 1e4, noNaN: true });
const pairs = fc.array(fc.record({ measured: time, predicted: time }), { minLength: 1, maxLength: 80 });

it('keeps bars in their room, on one scale for both sides, and seen where there is any time', () =>
	fc.assert(
		fc.property(pairs, (given) => {
			const { bars, ticks } = layoutLatencyBars(given, { width: 600, height: 100 });
			for (const [i, { x, width, measured, predicted }] of bars.entries()) {
				expect(x).toBeGreaterThanOrEqual(0);
				expect(x + width).toBeLessThanOrEqual(600 + 1e-9);
				for (const [length, of] of [
					[measured, given[i]!.measured],
					[predicted, given[i]!.predicted]
				] as const) {
					expect(length).toBeLessThanOrEqual(100 + 1e-9);
					expect(length > 0).toBe(of > 0);
				}
				if (given[i]!.measured === given[i]!.predicted) expect(measured).toBe(predicted);
			}
			for (const { distance } of ticks) expect(distance).toBeLessThanOrEqual(100 + 1e-9);
		})
	));
