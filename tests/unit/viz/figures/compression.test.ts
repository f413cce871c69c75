import { describe, expect, it } from 'vitest';
import { compressLayer } from '$lib/nets/compression/layer';
import { squeezenetLayer } from '$lib/viz/figures/compression/squeezenetLayer';
import { matrixOf } from '$lib/viz/figures/compression/weights';
import { layoutWeights, titleWidth } from '$lib/viz/figures/compression/layout/weightHistogram';

const weights = squeezenetLayer();

describe('the bundled layer', () => {
	it('has 256 × 48 weights as training leaves them: many small, few large', () => {
		expect(weights.values.length).toBe(256 * 48);
		const magnitudes = weights.values.map(Math.abs).sort();
		expect(magnitudes[magnitudes.length >> 1]!).toBeLessThan(magnitudes.at(-1)! / 8);
	});
	it('the error never grows with bits, and never shrinks with pruning', () => {
		const errors = (of: readonly number[], error: (n: number) => number) => of.map(error);
		const byBits = errors(
			[1, 2, 3, 4, 5, 6, 7, 8],
			(bits) => compressLayer(weights.values, { prune: 0.6, bits }).error.shared
		);
		const byShare = errors(
			[0, 20, 40, 60, 80, 95],
			(prune) => compressLayer(weights.values, { prune: prune / 100, bits: 5 }).error.pruned
		);
		expect(byBits).toEqual([...byBits].sort((a, b) => b - a));
		expect(byShare).toEqual([...byShare].sort((a, b) => a - b));
	});
});

describe('matrixOf', () => {
	it('has a row for each filter', () => {
		const two = {
			name: '',
			network: '',
			data: '',
			inputs: 3,
			filters: 2,
			values: Float32Array.of(1, 10, 2, 20, 3, 30)
		};
		expect([...matrixOf(two, two.values)]).toEqual([1, 2, 3, 10, 20, 30]);
	});
});

describe('layoutWeights', () => {
	it.each([320, 760, 1200])('%i px: all within, bars of all weights over bars of those kept', (width) => {
		const layer = compressLayer(weights.values, { prune: 0.6, bits: 5 });
		const { bars, needles, above, below, height, zeroLength } = layoutWeights(weights.values, layer, width);
		expect(bars[0]!.x).toBeGreaterThanOrEqual(0);
		expect(bars.at(-1)!.x + bars.at(-1)!.width).toBeLessThanOrEqual(width);
		for (const bar of bars) {
			expect(bar.storedHeight).toBeLessThanOrEqual(bar.height);
			expect(bar.height).toBeLessThanOrEqual(above);
		}
		for (const needle of needles) {
			expect(needle.x).toBeGreaterThan(0);
			expect(needle.x).toBeLessThan(width);
			expect(below + needle.length).toBeLessThan(height);
		}
		expect(zeroLength).toBeGreaterThan(0);
		// The middle one falls away: the threshold lies beyond it.
		expect(bars[bars.length >> 1]!.storedHeight).toBe(0);
		expect(needles.reduce((sum, { count }) => sum + count, 0)).toBe(layer.positions.length);
	});
	it.each([320, 760, 1200])('%i px: the lower title lies over no line', (width) => {
		const layer = compressLayer(weights.values, { prune: 0.4, bits: 5 });
		const { ties, needles, title, above, below, bottom, height } = layoutWeights(
			weights.values,
			layer,
			width
		);
		const starts = Array.from(ties.matchAll(/M([\d.]+)/g), ([, x]) => Number(x));
		const first = Math.min(...starts, ...needles.map(({ x }) => x));
		expect(starts.length).toBeGreaterThan(10);
		const isBeside = title > above && title < below;
		expect(isBeside ? first > titleWidth : title - 14 > bottom).toBe(true);
		expect(title).toBeLessThan(height);
	});
	it('has no needle at zero where nothing is pruned, and bears weights that are all zero', () => {
		const layer = compressLayer(weights.values, { prune: 0, bits: 3 });
		expect(layoutWeights(weights.values, layer, 700).zeroLength).toBe(0);
		const zeros = new Float32Array(4);
		const none = layoutWeights(zeros, compressLayer(zeros, { prune: 0.5, bits: 3 }), 700);
		expect(none.needles).toEqual([]);
		expect(none.ties).toBe('');
	});
});
