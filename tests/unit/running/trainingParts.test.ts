import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { presets } from '$lib/nets/blocks';
import { Joined, Pace, partOf, partsOf } from '$lib/running/training/parts';
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
				look: null,
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
			const report = { steps, pulls: session.pulls(), look };
			return joined.take(i, report);
		});
		const whole = new Session(plan);
		whole.advance();
		expect(reports.at(-1)!.pulls).toEqual(whole.pulls());
		expect(reports.at(-1)!.look).toMatchObject({ lane: 'group', picture: 1 });
		joined.lookAway();
		expect(joined.take(0, { steps: [], pulls: [], look: null }).look).toBeNull();
	});

	it('knows where all stand once all parts have told of one step, and parts go on from there', () => {
		const parts = partsOf(plan, 3);
		const whole = new Session(plan);
		whole.advance();
		const { standing } = whole;
		const sessions = parts.map((part, i) => new Session(part, partOf(standing, i, 3)));
		const joined = new Joined(plan, parts);
		const told = (i: number) => {
			const session = sessions[i]!;
			return joined.stand(i, { standing: session.standing, pulls: session.pulls() });
		};
		expect([told(0), told(1)]).toEqual([null, null]);
		expect(told(2)!.standing).toEqual(standing);
		// One that was asked anew before the others had told of the first.
		told(0);
		whole.advance();
		for (const session of sessions) session.advance();
		expect([told(1), told(2)]).toEqual([null, null]);
		expect(told(0)).toEqual({ standing: whole.standing, pulls: whole.pulls() });
	});

	it('has no part without a lane', () => {
		expect(partsOf({ ...plan, ways: ['group'], own: null }, 3)).toHaveLength(1);
	});
});

/** Parts that take steps when the test says so, as far as they may. */
function paced(count: number) {
	const pace = new Pace(count);
	const taken = new Array<number>(count).fill(0);
	const go = (part: number, steps: number) => {
		const came = Math.min(steps, pace.granted - taken[part]!);
		taken[part]! += came;
		pace.came(part, came);
		return came;
	};
	return { pace, taken, go };
}

describe('new Pace(parts)', () => {
	it('has all parts stand at one step after a pause, at the one that it said, whatever the paces', () => {
		const part = fc.integer({ min: 0, max: 2 });
		const turns = fc.array(fc.tuple(part, fc.integer({ min: 0, max: 60 })), { maxLength: 60 });
		fc.assert(
			fc.property(turns, fc.integer({ min: 1, max: 200 }), (steps, until) => {
				const { pace, taken, go } = paced(3);
				expect(pace.run(until)).toBe(until);
				for (const [of, count] of steps) go(of, count);
				const rest = pace.pause();
				expect(rest).toBeLessThanOrEqual(until);
				expect(rest).toBeGreaterThanOrEqual(Math.max(...taken));
				for (let of = 0; of < 3; of++) go(of, Infinity);
				expect(taken).toEqual([rest, rest, rest]);
				expect(pace.granted).toBe(rest);
				// One step more is one step more.
				expect(pace.run(rest + 1)).toBe(rest + 1);
				for (let of = 0; of < 3; of++) go(of, Infinity);
				expect(taken).toEqual([rest + 1, rest + 1, rest + 1]);
			})
		);
	});

	it('comes to its goal, lets none far ahead of the slowest, and leaves that something to do', () => {
		const { pace, taken, go } = paced(2);
		pace.run(200);
		let reports = 0;
		while (Math.min(...taken) < 200) {
			go(1, Infinity);
			go(0, 3);
			expect(taken[1]! - taken[0]!).toBeLessThanOrEqual(6);
			expect(pace.granted - taken[0]!).toBeGreaterThanOrEqual(Math.min(2, 200 - taken[0]!));
			reports++;
		}
		expect([taken, pace.granted]).toEqual([[200, 200], 200]);
		expect(reports).toBeLessThan(80);
	});

	it('begins where all parts stand already', () => {
		const pace = new Pace(2, 40);
		expect([pace.granted, pace.pause(), pace.run(41)]).toEqual([40, 40, 41]);
		expect(pace.granted).toBe(41);
	});

	it('goes back to no step that some may have taken already', () => {
		const { pace, taken, go } = paced(2);
		pace.run(200);
		go(0, 2);
		go(1, 2);
		const { granted } = pace;
		expect(pace.run(1)).toBe(granted);
		for (const of of [0, 1]) go(of, Infinity);
		expect(taken).toEqual([granted, granted]);
	});
});
