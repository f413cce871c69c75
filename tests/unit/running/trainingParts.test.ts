import { describe, expect, it } from 'vitest';
import { presets } from '$lib/nets/blocks';
import { Joined, partsOf } from '$lib/running/training/parts';
import { lanesOf, Session, type LaneStep, type Plan } from '$lib/training/session';
import { ways } from '$lib/training/ways';

const plan: Plan = {
	task: { id: 'together', channels: 4, a: 0, b: 2, noise: 0.3 },
	backbone: { channels: 4, width: 8, depth: 1, groups: 2, norm: true },
	recipe: { rate: 0.1, momentum: 0.9, batch: 4, init: 'he', seed: 1 },
	ways,
	own: presets['separable'].spec
};

describe('new Joined(plan, parts)', () => {
	it('joins parts that are trained apart, at a pace of their own, to what one alone comes to', () => {
		const parts = partsOf(plan, 3);
		expect(parts.flatMap(lanesOf).sort()).toEqual([...lanesOf(plan)].sort());
		const joined = new Joined(plan, parts);
		const sessions = parts.map((part) => new Session(part));
		const whole = new Session(plan);
		const wanted = Array.from({ length: 6 }, () => whole.advance());
		const steps = lanesOf(plan).map((): LaneStep[] => []);
		// Each part reports as many steps as its turn says.
		for (const [part, count] of [
			[0, 2],
			[1, 1],
			[2, 4],
			[1, 3],
			[0, 4],
			[2, 2],
			[1, 2]
		] as const) {
			const session = sessions[part]!;
			const rows = Array.from({ length: count }, () => session.advance());
			const report = joined.take(part, {
				...{ until: 6, look: null },
				steps: session.lanes.map((_, lane) => rows.map((lanes) => lanes[lane]!)),
				pulls: session.pulls()
			});
			report.steps.forEach((came, lane) => steps[lane]!.push(...came));
		}
		expect(steps).toEqual(lanesOf(plan).map((_, lane) => wanted.map((lanes) => lanes[lane])));
	});

	it('has the pulls of all in the order of the plan, and the look of whoever has one', () => {
		const parts = partsOf(plan, 3);
		const joined = new Joined(plan, parts);
		const reports = parts.map((part, i) => {
			const session = new Session(part);
			const look = lanesOf(part).includes('group') ? session.look('group', 1) : null;
			const steps = session.advance().map((came) => [came]);
			const report = { until: 1, steps, pulls: session.pulls(), look };
			return joined.take(i, report);
		});
		const whole = new Session(plan);
		whole.advance();
		expect(reports.at(-1)!.pulls).toEqual(whole.pulls());
		expect(reports.at(-1)!.look).toMatchObject({ lane: 'group', picture: 1 });
		joined.lookAway();
		expect(joined.take(0, { until: 1, steps: [], pulls: [], look: null }).look).toBeNull();
	});

	it('has no part without a lane', () => {
		expect(partsOf({ ...plan, ways: ['group'], own: null }, 3)).toHaveLength(1);
	});
});
