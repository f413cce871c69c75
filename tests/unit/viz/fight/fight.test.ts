import { describe, expect, it } from 'vitest';
import { ways } from '$lib/nets/networks/oneBackbone';
import { contenders, fight, type Fight } from '$lib/viz/figures/fight/measured';
import { layoutFight } from '$lib/viz/layout/fightChart';
import { overlap } from '$lib/viz/layout/scatterLabels';

describe('what npm run fight wrote', () => {
	it('has a run of each seed and times for every way, in its range', () => {
		const { recipe, accuracies, times } = fight;
		expect(Object.keys(accuracies)).toEqual([...ways]);
		expect(Object.keys(times.milliseconds)).toEqual([...ways]);
		expect(new Set(recipe.seeds).size).toBe(3);
		for (const way of ways) {
			expect(accuracies[way]).toHaveLength(recipe.seeds.length);
			// Ten classes: a network that has learnt anything is well above a tenth.
			for (const share of accuracies[way]) expect(share > 0.3 && share < 0.95).toBe(true);
			for (const time of times.milliseconds[way]) expect(time > 0 && time < 1000).toBe(true);
		}
	});
});

describe('what chapter 6 says of the fight', () => {
	const reached = Object.fromEntries(contenders(fight).map(({ way, accuracy }) => [way, accuracy]));
	const means = ways.map((way) => reached[way]!.mean);

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

describe('contenders(fight)', () => {
	const same = <T>(value: T) => Object.fromEntries(ways.map((way) => [way, value])) as Record<string, T>;
	const made = contenders({
		accuracies: { ...same([0.5, 0.7, 0.6]), group: [0.25] } as unknown as Fight['accuracies'],
		times: {
			on: { backend: 'wasm', threads: 1 },
			milliseconds: same([3, 1, 2]) as unknown as Fight['times']['milliseconds']
		}
	});
	const of = (way: string) => made.find((contender) => contender.way === way)!;

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
		const seen = Object.fromEntries(made.map(({ way, seen, stem }) => [way, `${seen}/${stem}`]));
		expect(seen).toEqual({
			...{ standard: '32/32', depthwise: '1/32', separable: '32/32', group: '8/32' },
			...{ groupShuffle: '32/32', pointwiseFirst: '32/32', pointwiseFirstRelu: '32/32' }
		});
	});
});

describe('layoutFight(width, points)', () => {
	const points = contenders(fight).map(({ way, macs, accuracy }) => ({
		...{ id: way, label: way, x: macs },
		...accuracy
	}));
	const timed = points.map((point, i) => {
		const { median, low, high } = contenders(fight)[i]!.time;
		return { ...point, x: median, range: [low, high] as const };
	});
	it.each([
		[300, points],
		[760, points],
		[1100, points],
		[300, timed],
		[1100, timed]
	])('names every point, no name over another, all within the plot, at %d px', (width, given) => {
		const chart = layoutFight(width, given);
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
		const chart = layoutFight(760, points);
		const byMean = points.toSorted((a, b) => b.mean - a.mean)[0]!.id;
		expect(chart.points.toSorted((a, b) => a.mean - b.mean)[0]!.id).toBe(byMean);
		expect(chart.points.toSorted((a, b) => b.x - a.x)[0]!.id).toBe('standard');
	});
});
