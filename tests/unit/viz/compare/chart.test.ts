import { describe, expect, it } from 'vitest';
import { locales } from '$lib/i18n';
import { catalogue } from '$lib/viz/figures/compare/catalogue';
import { placeLive } from '$lib/viz/figures/compare/liveMark';
import { groupLooks } from '$lib/viz/figures/compare/words';
import {
	accuracyArea,
	amountArea,
	layoutCompareChart,
	linePath,
	roomAround
} from '$lib/viz/figures/compare/layout/chart';
import { contains, covers, overlap } from '$lib/viz/plot/labels';
import { markPath, markRadius, markShapes } from '$lib/viz/figures/compare/layout/symbols';

const chartOf = (locale: 'en' | 'zh', width: number, view?: { x: [number, number]; y: [number, number] }) => {
	const { models } = catalogue(locale);
	const full = {
		x: roomAround(
			'log',
			models.map(({ macs }) => macs)
		),
		y: roomAround(
			'log',
			models.map(({ params }) => params)
		)
	};
	return layoutCompareChart({
		width,
		height: 500,
		view: view ?? full,
		kinds: { x: 'log', y: 'log' },
		factors: { x: 1, y: 1 },
		points: models.map(({ id, macs, params, label, rank, group, top1 }) => ({
			id,
			label,
			rank,
			x: macs,
			y: params,
			shape: groupLooks[group].shape,
			area: accuracyArea(top1[0]?.value ?? null)
		}))
	});
};

describe.each(locales)('the chart in %s', (locale) => {
	it.each([296, 360, 700, 1000])('%d px wide: labels overlap neither each other nor a mark', (width) => {
		const { labels, marks, plot } = chartOf(locale, width);
		labels.forEach((label, i) => {
			expect(contains(plot, label)).toBe(true);
			expect(labels.slice(i + 1).filter((other) => overlap(label, other))).toEqual([]);
			expect(marks.filter((mark) => covers(label, mark))).toEqual([]);
		});
	});

	it.each([296, 1000])('%d px wide: the four networks and AlexNet have their names', (width) => {
		const named = chartOf(locale, width).labels.map(({ id }) => id);
		expect(named).toEqual(
			expect.arrayContaining(['squeezenet', 'mobilenet', 'shufflenet', 'xception', 'alexnet'])
		);
	});
});

it('a closer view has fewer marks and names more of them', () => {
	const whole = chartOf('en', 900);
	const close = chartOf('en', 900, { x: [3e7, 8e8], y: [4e5, 6e6] });
	expect(close.marks.length).toBeLessThan(whole.marks.length);
	expect(close.labels.length / close.marks.length).toBeGreaterThan(whole.labels.length / whole.marks.length);
});

it('ticks are written in the unit that is counted', () => {
	const options = {
		width: 600,
		height: 400,
		view: { x: [1e6, 1e8], y: [1e6, 1e8] },
		kinds: { x: 'log', y: 'log' },
		points: []
	} as const;
	const macs = layoutCompareChart({ ...options, factors: { x: 1, y: 1 } });
	const flops = layoutCompareChart({ ...options, factors: { x: 2, y: 1 } });
	expect(flops.xTicks.find(({ value }) => value === 1e7)?.at).toBeCloseTo(
		macs.xTicks.find(({ value }) => value === 5e6)?.at ?? NaN
	);
});

it.each(markShapes)('%s: lies within its radius', (shape) => {
	const path = markPath(shape, 100);
	const corners = [...path.matchAll(/[MLHV]([-\d.]+),?([-\d.]+)?/g)].map(([, x, y]) =>
		Math.hypot(Number(x), Number(y ?? 0))
	);
	expect(Math.max(...corners)).toBeLessThanOrEqual(markRadius(shape, 100) + 1e-9);
});

describe('areas', () => {
	it('grow by equal steps with accuracy', () => {
		expect(accuracyArea(70) - accuracyArea(60)).toBeCloseTo(accuracyArea(60) - accuracyArea(50));
		expect(accuracyArea(null)).toBe(accuracyArea(40));
	});

	it('grow in proportion with an amount, and stay visible', () => {
		expect(amountArea(50, 100) * 2).toBeCloseTo(amountArea(100, 100));
		expect(amountArea(0, 100)).toBeGreaterThan(0);
	});
});

it('linePath starts anew after a gap', () => {
	expect(linePath([{ x: 1, y: 2 }, { x: 3, y: 4 }, null, { x: 5, y: 6 }])).toBe('M1,2L3,4M5,6Z');
});

describe('placeLive', () => {
	const chart = chartOf('en', 900);
	const lines = ['MobileNet v1', '4.23M · 569M'] as const;

	it('is a place where both values are known', () => {
		const live = placeLive({ x: 5e8, y: 4e6 }, lines, chart);
		expect(live).toMatchObject({ beyond: null, at: { x: chart.x(5e8), y: chart.y(4e6) }, shown: live.at });
	});

	it('is a line where one is not, and an arrow where it is beyond the view', () => {
		expect(placeLive({ x: 5e8, y: null }, lines, chart)).toMatchObject({ at: { y: null }, beyond: null });
		const far = placeLive({ x: 1e13, y: 4e6 }, lines, chart);
		expect(far.beyond).toBeCloseTo(0);
		expect(far.shown.x).toBe(chart.plot.x + chart.plot.width);
	});

	it('keeps its numbers, which are in mono, off the axis of a phone', () => {
		const phone = chartOf('en', 328);
		const long = ['MobileNet v1', '4.23M · 569M · 70.6%'] as const;
		for (const mark of phone.marks) {
			const { box } = placeLive({ x: phone.x.invert(mark.x), y: phone.y.invert(mark.y) }, long, phone);
			expect(box.width).toBeGreaterThanOrEqual(0.6 * phone.fontSize * long[1].length);
			expect(box.x).toBeGreaterThanOrEqual(phone.plot.x);
		}
	});

	it('of a network that does not move keeps off that of the one that does, and off its mark', () => {
		for (const width of [900, 296]) {
			const crowded = chartOf('en', width);
			const long = ['torchvision-mobilenet_v2_w035.opset11', '1.67M · 30.9M'] as const;
			for (const mark of crowded.marks) {
				const at = { x: crowded.x.invert(mark.x), y: crowded.y.invert(mark.y) };
				const live = placeLive(at, lines, crowded);
				const own = placeLive({ x: at.x * 1.02, y: at.y }, long, crowded, [live]);
				expect(overlap(own.box, live.box)).toBe(false);
				expect(covers(own.box, { ...live.shown, r: 10 })).toBe(false);
				expect(contains(crowded.plot, own.box)).toBe(true);
				expect(own.lines[0]).toMatch(/^torchvision-m/);
			}
		}
	});

	it('hides fewer marks than it would above to the right, on a wide chart and on a phone', () => {
		for (const width of [900, 328]) {
			const crowded = chartOf('en', width);
			const covered = crowded.marks.map((mark) => {
				const { box } = placeLive(
					{ x: crowded.x.invert(mark.x), y: crowded.y.invert(mark.y) },
					lines,
					crowded
				);
				const first = { ...box, x: mark.x + 16, y: Math.max(crowded.plot.y, mark.y - box.height) };
				return [box, first].map((at) => crowded.marks.filter((other) => covers(at, other)).length);
			});
			const sum = (n: 0 | 1) => covered.reduce((all, counts) => all + counts[n]!, 0);
			expect(sum(0)).toBeLessThan(sum(1) / 2);
		}
	});

	it('has its label within the plot, wherever it is', () => {
		for (const x of [1e3, 1.1e7, 1e9, 1.9e10, 1e14]) {
			for (const y of [1e2, 3e5, 1e8, 1e12]) {
				expect(contains(chart.plot, placeLive({ x, y }, lines, chart).box), `${x} ${y}`).toBe(true);
			}
		}
	});
});
