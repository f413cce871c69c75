import { describe, expect, it } from 'vitest';
import { variants } from '$lib/nets/networks/oneBackbone';
import {
	contenders,
	measuredComparison,
	type MeasuredComparison
} from '$lib/viz/figures/convolutionComparison/measured';
import { layoutComparison } from '$lib/viz/figures/convolutionComparison/layout/chart';
import { overlap } from '$lib/viz/plot/labels';

describe('what npm run convolutions wrote', () => {
	it('has a run of each seed and times for every way, in its range', () => {
		const { recipe, accuracies, times } = measuredComparison;
		expect(Object.keys(accuracies)).toEqual([...variants]);
		expect(Object.keys(times.milliseconds)).toEqual([...variants]);
		expect(new Set(recipe.seeds).size).toBe(3);
		for (const variant of variants) {
			expect(accuracies[variant]).toHaveLength(recipe.seeds.length);
			// Ten classes: a network that has learnt anything is well above a tenth.
			for (const share of accuracies[variant]) expect(share > 0.3 && share < 0.95).toBe(true);
			for (const time of times.milliseconds[variant]) expect(time > 0 && time < 1000).toBe(true);
		}
	});
});

describe('what chapter 6 says of the comparison', () => {
	const reached = Object.fromEntries(
		contenders(measuredComparison).map(({ variant, accuracy }) => [variant, accuracy])
	);
	const means = variants.map((variant) => reached[variant]!.mean);

	it('depthwise alone reaches least, the standard one most', () => {
		expect(reached['depthwise']!.mean).toBe(Math.min(...means));
		expect(reached['standard']!.mean).toBe(Math.max(...means));
	});

	it('shuffle gains less than two seeds of the same network lie apart', () => {
		const { group, groupShuffle } = reached;
		const gain = groupShuffle!.mean - group!.mean;
		expect(gain).toBeGreaterThan(0);
		expect(gain).toBeLessThan(group!.high - group!.low);
	});

	it('pointwise first is better, and a ReLU between takes from it', () => {
		expect(reached['pointwiseFirst']!.low).toBeGreaterThan(reached['separable']!.high);
		expect(reached['pointwiseFirst']!.low).toBeGreaterThan(reached['pointwiseFirstRelu']!.high);
	});
});

describe('contenders(measuredComparison)', () => {
	const same = <T>(value: T) =>
		Object.fromEntries(variants.map((variant) => [variant, value])) as Record<string, T>;
	const made = contenders({
		accuracies: { ...same([0.5, 0.7, 0.6]), group: [0.25] } as unknown as MeasuredComparison['accuracies'],
		times: {
			on: { backend: 'wasm', threads: 1 },
			milliseconds: same([3, 1, 2]) as unknown as MeasuredComparison['times']['milliseconds']
		}
	});
	const of = (variant: string) => made.find((contender) => contender.variant === variant)!;

	it('gives mean, worst and best of the seeds, and the median time', () => {
		expect(of('standard').accuracy.mean).toBeCloseTo(0.6, 12);
		expect(of('standard').accuracy).toMatchObject({ low: 0.5, high: 0.7 });
		expect(of('group').accuracy).toEqual({ mean: 0.25, low: 0.25, high: 0.25 });
		expect(of('standard').time.median).toBe(2);
	});

	it('counts standard layers by hand', () => {
		// Stem 3·32, then 32→32, 32→64, 64→64, 64→128, 128→128 by 3×3 at 16², 8², 8², 4², 4²; 128→10.
		const taps = [3 * 32 * 256, 32 * 32 * 256, 32 * 64 * 64, 64 * 64 * 64, 64 * 128 * 16, 128 * 128 * 16];
		expect(of('standard').macs).toBe(9 * taps.reduce((sum, n) => sum + n, 0) + 1280);
	});

	it('follows the stem’s channels: groups keep them apart, shuffle and pointwise bring them together', () => {
		const seen = Object.fromEntries(made.map(({ variant, seen, stem }) => [variant, `${seen}/${stem}`]));
		expect(seen).toEqual({
			...{ standard: '32/32', depthwise: '1/32', separable: '32/32', group: '8/32' },
			...{ groupShuffle: '32/32', pointwiseFirst: '32/32', pointwiseFirstRelu: '32/32' }
		});
	});
});

describe('layoutComparison(width, points)', () => {
	const points = contenders(measuredComparison).map(({ variant, macs, accuracy }) => ({
		...{ id: variant, label: variant, x: macs },
		...accuracy
	}));
	const timed = points.map((point, i) => {
		const { median, low, high } = contenders(measuredComparison)[i]!.time;
		return { ...point, x: median, range: [low, high] as const };
	});
	it.each([
		[300, points],
		[760, points],
		[1100, points],
		[300, timed],
		[1100, timed]
	])('names every point, no name over another, all within the plot, at %d px', (width, given) => {
		const chart = layoutComparison(width, given);
		expect(chart.labels.map(({ id }) => id).sort()).toEqual(points.map(({ id }) => id).sort());
		chart.labels.forEach((label, i) => {
			for (const other of chart.labels.slice(i + 1)) expect(overlap(label, other)).toBe(false);
		});
		for (const { x, high, low, range } of chart.points) {
			for (const at of [x, ...(range ?? [])])
				expect(at >= chart.plot.left && at <= chart.plot.right).toBe(true);
			expect(high >= chart.plot.top && low <= chart.plot.bottom).toBe(true);
		}
	});
	it('puts the best highest and the dearest rightmost', () => {
		const chart = layoutComparison(760, points);
		const byMean = points.toSorted((a, b) => b.mean - a.mean)[0]!.id;
		expect(chart.points.toSorted((a, b) => a.mean - b.mean)[0]!.id).toBe(byMean);
		expect(chart.points.toSorted((a, b) => b.x - a.x)[0]!.id).toBe('standard');
	});
});
