import { describe, expect, it } from 'vitest';
import { catalogue } from '$lib/viz/figures/compare/catalogue';
import { Comparison, scaleKind } from '$lib/viz/figures/compare/compare.svelte';

const { models, lines } = catalogue('en');
function comparisonAt(search = '') {
	const comparison = new Comparison(models, lines);
	comparison.read(search);
	return comparison;
}

describe('Comparison', () => {
	it('moves its network with the knobs, and finds the published variant that has them', () => {
		const comparison = comparisonAt();
		expect(comparison.live).toMatchObject({ network: 'mobilenet', macs: 568_740_352 });
		expect(comparison.live.published?.id).toBe('mobilenet');
		comparison.setKnobs({ alpha: 0.5, resolution: 160 });
		expect(comparison.live.macs).toBe(76_524_800);
		expect(comparison.liveValues.top1.length).toBeGreaterThan(0);
		expect(comparison.search).toBe('?alpha=0.5&resolution=160');
		comparison.setKnobs({ alpha: 0.51 });
		expect([comparison.live.published, comparison.liveValues.top1]).toEqual([null, []]);
	});

	it('has room for the reader’s own network, however small or large, and for one of nothing', () => {
		const comparison = comparisonAt();
		const own = { name: 'mine', input: 28, bnTrainable: 0, bnStatistics: 0, uncounted: 0, unsized: 0 };
		const { x, y } = comparison.spec;
		for (const [params, macs] of [
			[2434, 50_624],
			[4e9, 9e12]
		] as const) {
			comparison.own = { ...own, params, macs };
			const values = { ...comparison.own, top1: [] };
			for (const [axis, quantity] of [
				['x', x],
				['y', y]
			] as const) {
				const value = comparison.valueOf(values, quantity);
				if (value === null) continue;
				const [least, most] = comparison.view[axis];
				expect([least < value, value < most]).toEqual([true, true]);
			}
		}
		const { view } = comparisonAt();
		comparison.own = { ...own, params: 0, macs: 0 };
		expect(comparison.view).toEqual(view);
	});

	it('keeps the last network where knobs do not fit, and says why', () => {
		const comparison = comparisonAt('?net=shufflenet');
		comparison.setKnobs({ groups: 2 });
		const { live } = comparison;
		comparison.setKnobs({ scale: 0.5 });
		expect(comparison.problem?.message).toContain('100');
		expect(comparison.live).toBe(live);
		comparison.setKnobs({ rounding: 'up' });
		expect(comparison.problem).toBeNull();
		expect(comparison.live.params).toBe(644_320);
	});

	it('shows the network of an address that does not fit as it is published', () => {
		const comparison = comparisonAt('?net=shufflenet&scale=0.5&groups=2');
		expect(comparison.problem).not.toBeNull();
		expect(comparison.live).toMatchObject({ network: 'shufflenet', macs: 137_460_672 });
	});

	it('lists what an address does not mean, and shows the rest', () => {
		const comparison = comparisonAt('?x=speed&alpha=99&at=nobody&y=top1');
		expect(comparison.ignored.map(({ name, value }) => `${name}=${value}`).sort()).toEqual([
			'alpha=99',
			'at=nobody',
			'x=speed'
		]);
		expect(comparison.spec).toMatchObject({ y: 'top1', selected: null });
		expect(comparison.live.params).toBe(4_231_976);
	});

	it('gives the other axis what was on this one where both would be the same', () => {
		const comparison = comparisonAt();
		const { x, y } = comparison.spec;
		comparison.setAxis('x', y);
		expect([comparison.spec.x, comparison.spec.y]).toEqual([y, x]);
		comparison.setAxis('y', 'top1');
		expect([comparison.spec.x, comparison.spec.y]).toEqual([y, 'top1']);
		expect(comparison.sizeQuantity).toBe(x);
	});

	it('shows new axes whole, and zooms no further out than that', () => {
		const comparison = comparisonAt();
		comparison.zoom(4);
		expect(comparison.spec.view).not.toBeNull();
		expect(comparison.glides).toBe(false);
		comparison.pan(0.1, 0);
		const { view } = comparison;
		comparison.zoom(0.01);
		expect([comparison.spec.view, comparison.search]).toEqual([null, '']);
		expect(comparison.view.x[1] - comparison.view.x[0]).toBeGreaterThan(view.x[1] - view.x[0]);
		comparison.zoom(4);
		comparison.setAxis('y', 'top1');
		expect([comparison.spec.view, comparison.glides]).toEqual([null, true]);
	});

	it('the legend takes from marks, table, front and card alike, and leaves the axes', () => {
		const comparison = comparisonAt('?at=squeezenet');
		const { limits } = comparison;
		expect([comparison.visible.length, comparison.selected?.id]).toEqual([models.length, 'squeezenet']);
		comparison.set({ hidden: ['squeezenet', 'mobilenet'] });
		expect(comparison.visible.some(({ group }) => group === 'squeezenet')).toBe(false);
		expect(comparison.selected).toBeNull();
		for (const id of comparison.front) expect(comparison.visible.some((model) => model.id === id)).toBe(true);
		expect(comparison.limits).toEqual(limits);
	});

	it('draws what has a value on both axes: those that were timed, once they are', () => {
		const comparison = comparisonAt('?x=latency&y=macs');
		expect(comparison.plotted).toEqual([]);
		expect(comparison.limits.x.full).toEqual([4, 900]);
		const times = { median: 41, low: 40, high: 45, count: 3 };
		comparison.times = new Map([['mobilenet', times as never]]);
		expect(comparison.plotted.map(({ id }) => id)).toEqual(['mobilenet']);
		expect(comparison.liveValues.latency).toEqual(times);
		expect(comparison.valueOf(comparison.plotted[0]!, 'latency')).toBe(41);
	});
});

it('accuracies stand on a linear axis, all else on a logarithmic one', () => {
	expect(['top1', 'macs', 'params', 'latency'].map((of) => scaleKind(of as never))).toEqual([
		'linear',
		'log',
		'log',
		'log'
	]);
});
