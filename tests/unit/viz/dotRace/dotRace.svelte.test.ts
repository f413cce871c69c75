import { describe, expect, it } from 'vitest';
import { DotRaceState } from '$lib/viz/figures/dotRace/dotRace.svelte';
import { filled, layoutField } from '$lib/viz/figures/dotRace/layout/field';
import { dotRace } from '$lib/viz/figures/dotRace/layers';

describe('dotRace', () => {
	it('is a layer of 512 channels at 14×14 in both networks, as the papers have it', () => {
		const { input, output, runners, macsPerDot } = dotRace();
		expect([input, output]).toEqual([
			[14, 14, 512],
			[14, 14, 512]
		]);
		expect(runners.map(({ id, macs }) => [id, macs])).toEqual([
			['standard', 462_422_016],
			['separable', 52_283_392]
		]);
		expect(runners.map(({ macs }) => macs / macsPerDot)).toEqual([9 * 512, 9 + 512]);
		expect(runners[1].steps.map(({ macs }) => macs / macsPerDot)).toEqual([9, 512]);
	});
});

describe('DotRaceState', () => {
	it('runs both at one pace: one is done and waits while the other goes on', () => {
		const race = new DotRaceState();
		race.run();
		while (!race.lanes[1]!.isDone) race.advance(16);
		expect(race.isRunning).toBe(true);
		const [slow, fast] = race.lanes;
		expect(fast!.done).toBe(521);
		expect(slow!.done / slow!.dots).toBeLessThan(0.12);
		race.stop();
		race.advance(1000);
		expect(race.lanes[0]!.done).toBe(slow!.done);
		race.run();
		while (race.isRunning) race.advance(16);
		expect(race.isOver).toBe(true);
		expect(race.lanes.map(({ macs }) => macs)).toEqual([462_422_016, 52_283_392]);
		race.run();
		expect(race.done).toBe(0);
	});
	it('shows how it ends', () => {
		const race = new DotRaceState();
		race.finish();
		expect(race).toMatchObject({ isOver: true, isRunning: false });
	});
});

describe('layoutField', () => {
	it.each([[1240], [900], [328]])(
		'in %i px, both fields have the same columns, which divide the larger one',
		(width) => {
			const large = layoutField(4608, 4608, width);
			const small = layoutField(521, 4608, width);
			expect(small.columns).toBe(large.columns);
			expect(small.pitch).toBe(large.pitch);
			expect(large.columns * large.rows).toBe(4608);
			expect(large.pitch).toBeGreaterThanOrEqual(3);
			expect(large.width).toBeCloseTo(width);
		}
	);
	it('fills whole rows, then a part of the next', () => {
		expect(filled(4, 10, 0)).toBe('');
		expect(filled(4, 10, 3)).toBe('M0 0h30v10h-30z');
		expect(filled(4, 10, 9.5)).toBe('M0 0H40V20H0zM0 20h15v10h-15z');
	});
});
