import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Session, type LaneStep, type Plan } from '$lib/training/session';
import { tasks, type TaskId } from '$lib/training/task';
import { ways } from '$lib/training/ways';
import { fitting, parseTraining } from '$lib/viz/figures/training/address';
import {
	averaged,
	emptyCurve,
	extendCurve,
	lostSince,
	sameFor,
	sameSince
} from '$lib/viz/figures/training/curves';
import { curvePath, heightOf, marksOf } from '$lib/viz/figures/training/layout/curve';
import { leftOutText } from '$lib/viz/figures/training/leftOut';
import { holesPath, planePaths } from '$lib/viz/figures/training/layout/plane';
import { layoutThreads } from '$lib/viz/figures/training/layout/threads';
import type { Looking, OpenRunner, Report } from '$lib/viz/figures/training/runner';
import { gradients, leg, strengthOf, Training } from '$lib/viz/figures/training/training.svelte';
import { useLocale } from '$lib/i18n';
import { blockProblem } from '$lib/viz/words/blockProblem';
import { until } from '../../until';
import {
	announcement,
	guessText,
	mapsText,
	matters,
	measureText,
	otherText,
	outcomeText,
	strandsText,
	troubleText
} from '$lib/viz/figures/training/words';

/** A runner whose hand the test is: it trains when told to, and says what it was asked. */
function byHand() {
	const asked: {
		plans: Plan[];
		until: number[];
		pauses: number;
		/** Where it says that all will stand, when it is paused. */
		rest: number;
		looked: (Looking | null)[];
		closed: number;
	} = {
		...{ plans: [], until: [], pauses: 0, rest: 0, looked: [], closed: 0 }
	};
	let hear: (report: Report) => void = () => {};
	let fail: (isSaid: boolean) => void = () => {};
	let session: Session | null = null;
	const open: OpenRunner = (to, failed) => {
		hear = to;
		fail = failed;
		return {
			open(plan, from) {
				asked.plans.push(plan);
				session = new Session(plan, from);
			},
			stand: () => Promise.resolve(session && { standing: session.standing, pulls: session.pulls() }),
			run(until) {
				asked.until.push(until);
				return until;
			},
			pause() {
				asked.pauses++;
				return asked.rest;
			},
			look: (looking) => asked.looked.push(looking),
			close: () => asked.closed++
		};
	};
	return {
		asked,
		open,
		fail: (isSaid = false) => fail(isSaid),
		/** Takes steps, and reports them. */
		take(count: number) {
			const steps = byLane(Array.from({ length: count }, () => session!.advance()));
			hear({ steps, pulls: session!.pulls(), look: null });
		},
		/** Reports steps that somebody made up. */
		report(steps: readonly (readonly LaneStep[])[], lanes: number = ways.length) {
			hear({ steps: byLane(steps, lanes), pulls: [], look: null });
		},
		/** Reports what some lanes have come to that are ahead of the others. */
		reportAhead(steps: readonly (readonly LaneStep[])[], pulls: Report['pulls'] = []) {
			hear({ steps, pulls, look: null });
		}
	};
}
/** What is told step by step, lane by lane. */
const byLane = (steps: readonly (readonly LaneStep[])[], count: number = ways.length) =>
	Array.from({ length: count }, (_, lane) => steps.map((lanes) => lanes[lane] ?? lanes[0] ?? null));
/** So that a test takes no time. */
const small = '?batch=16&depth=1';
const same = (step: LaneStep) => ways.map(() => step);

describe('new Training(search, openRunner)', () => {
	it('trains what the address says, once it is played, and rests after a while', () => {
		const hand = byHand();
		const training = new Training(`${small}&task=space&seed=7`, hand.open);
		expect(hand.asked.plans).toHaveLength(0);
		training.toggle();
		expect(hand.asked.plans[0]).toMatchObject({ task: { id: 'space' }, recipe: { seed: 7, batch: 16 } });
		expect([training.isPlaying, hand.asked.until]).toEqual([true, [leg]]);
		hand.report(Array.from({ length: leg }, () => same({ loss: 0.7, accuracy: 0.5 })));
		expect([training.isPlaying, training.step]).toEqual([false, leg]);
		training.toggle();
		expect(hand.asked.until).toEqual([leg, 2 * leg]);
		expect(hand.asked.plans).toHaveLength(1);
	});

	it('takes single steps, and the curves have them', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.forward();
		hand.take(1);
		training.forward();
		hand.take(1);
		expect(hand.asked.until).toEqual([1, 2]);
		expect(training.curveOf('standard').losses).toHaveLength(2);
		expect(training.pullsOf('standard').every((pull) => pull > 0 && pull <= 1)).toBe(true);
		expect(announcement(training)).toMatch(/^Step 2\. Standard \d+%/);
	});

	it('shows no lane ahead of the step that is written, which counts once all have taken it', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.forward();
		hand.reportAhead(ways.map((_, lane) => (lane < 2 ? [{ loss: 0.7, accuracy: 0.5 }] : [])));
		expect(training.curveOf('standard').losses).toEqual([]);
		// Drawn it is: lanes take turns.
		const drawn = () => training.lanes.map(({ id }) => training.drawnOf(id).losses.length);
		expect(drawn()).toEqual(ways.map((_, lane) => (lane < 2 ? 1 : 0)));
		expect([training.step, training.isGoing]).toEqual([0, true]);
		expect(announcement(training)).not.toContain('%');
		hand.reportAhead(ways.map((_, lane) => (lane < 2 ? [] : [{ loss: 0.7, accuracy: 0.5 }])));
		expect([training.step, training.isGoing]).toEqual([1, false]);
		expect(training.lanes.map(({ id }) => training.curveOf(id).losses)).toEqual(ways.map(() => [0.7]));
	});

	it('takes as many single steps as were asked for, and plays on from one that is under way', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.forward();
		training.forward();
		training.forward();
		expect(hand.asked.until).toEqual([1, 2, 3]);
		hand.take(1);
		training.forward();
		expect([training.isPlaying, training.isGoing]).toEqual([false, true]);
		training.toggle();
		expect([training.isPlaying, hand.asked.until.slice(-2)]).toEqual([true, [4, leg]]);
		expect(hand.asked.pauses).toBe(0);
		// One step while it plays: no farther than that.
		training.forward();
		expect([training.isPlaying, hand.asked.until.at(-1)]).toEqual([false, 2]);
		hand.take(1);
		expect([training.step, training.isGoing]).toEqual([2, false]);
	});

	it('shows how strongly threads are pulled where the reader wants that, and begins nothing anew for it', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.forward();
		hand.take(1);
		const far = training.pullsOf('standard');
		training.setKnobs({ threads: 'gradient' });
		expect([training.step, hand.asked.plans.length, training.search]).toEqual([
			...[1, 1, '?depth=1&batch=16&threads=gradient']
		]);
		const strong = training.pullsOf('standard');
		expect(strong).not.toEqual(far);
		expect(strong.every((share) => share > 0 && share <= 1)).toBe(true);
		const { least, most } = gradients;
		expect([0, least / 2, least, most, 1, Infinity, NaN].map(strengthOf)).toEqual([0, 0, 0, 1, 1, 1, 0]);
		expect(strengthOf(1e-2) - strengthOf(1e-3)).toBeCloseTo(strengthOf(1e-3) - strengthOf(1e-4), 12);
	});

	it('stands at one step with all lanes after a pause, and says so no sooner', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		const step = { loss: 0.7, accuracy: 0.5 };
		const taken = () => new Set(training.lanes.map(({ id }) => training.curveOf(id).losses.length));
		training.toggle();
		hand.reportAhead(ways.map((_, lane) => new Array<LaneStep>(lane < 2 ? 6 : 5).fill(step)));
		hand.asked.rest = 7;
		training.toggle();
		expect([training.isPlaying, training.isGoing, training.step]).toEqual([false, true, 5]);
		hand.reportAhead(ways.map((_, lane) => (lane < 2 ? [] : [step])));
		expect(training.isGoing).toBe(true);
		hand.reportAhead(ways.map((_, lane) => (lane < 2 ? [step, step] : [])));
		// Never by more than the step under way.
		expect(training.lanes.map(({ id }) => training.drawnOf(id).losses.length)).toEqual(
			ways.map((_, lane) => (lane < 2 ? 7 : 6))
		);
		hand.reportAhead(ways.map((_, lane) => (lane < 2 ? [] : [step])));
		expect([training.isGoing, training.step, [...taken()]]).toEqual([false, 7, [7]]);
		// A step that is asked for before it stands is one more than it stands at.
		training.toggle();
		hand.asked.rest = 9;
		training.toggle();
		training.forward();
		expect(hand.asked.until.at(-1)).toBe(10);
		expect(training.isPlaying).toBe(false);
	});

	it('says of no lane what it has come to at a step that others have not taken', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.toggle();
		hand.report(Array.from({ length: averaged - 1 }, () => same({ loss: 0, accuracy: 1 })));
		hand.reportAhead(
			ways.map((_, lane) => (lane === 0 ? [{ loss: 0, accuracy: 1 }] : lane === 1 ? [null] : []))
		);
		expect(training.step).toBe(averaged - 1);
		expect(ways.slice(0, 2).map((id) => training.curveOf(id))).toMatchObject([
			{ reached: null, failed: null },
			{ reached: null, failed: null }
		]);
		hand.reportAhead(ways.map((_, lane) => (lane > 1 ? [{ loss: 0, accuracy: 1 }] : [])));
		expect(training.curveOf(ways[0]!).reached).toBe(averaged);
		expect(training.curveOf(ways[1]!).failed).toBe(averaged - 1);
	});

	it('says the same step at which a lane has learned, however far it was ahead meanwhile', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.toggle();
		const right = { loss: 0, accuracy: 1 };
		const wrong = { loss: 1, accuracy: 0.5 };
		const first = (step: LaneStep) => hand.reportAhead(ways.map((_, lane) => (lane === 0 ? [step] : [])));
		for (let taken = 0; taken < averaged + 5; taken++) first(right);
		hand.reportAhead(
			ways.map((_, lane) => (lane === 0 ? [] : Array.from({ length: averaged + 5 }, () => wrong)))
		);
		expect(training.step).toBe(averaged + 5);
		expect(training.curveOf(ways[0]!).reached).toBe(averaged);
		expect(training.curveOf(ways[1]!).reached).toBeNull();
	});

	it('says why nobody learns whose weights are all zero', () => {
		const hand = byHand();
		const training = new Training(`${small}&init=zero`, hand.open);
		for (const { id } of training.lanes) training.guess(id, 'fails');
		training.toggle();
		hand.report(Array.from({ length: leg }, () => same({ loss: 0.7, accuracy: 0.5 })));
		expect(new Set(training.lanes.map((lane) => outcomeText(training, lane)))).toEqual(
			new Set(['all weights stay zero'])
		);
		expect(training.score).toEqual({ right: ways.length, decided: ways.length });
	});

	it('goes on playing although a report from before it was told to comes late', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.toggle();
		hand.take(0);
		expect(training.isPlaying).toBe(true);
	});

	it('begins anew with every change of what is trained, and with none of what is shown', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.toggle();
		hand.take(2);
		training.setKnobs({ show: 'loss' });
		expect([training.step, training.isPlaying]).toEqual([2, true]);
		training.setKnobs({ rate: 0.3 });
		expect([training.step, training.isPlaying]).toEqual([0, false]);
		expect(training.curveOf('standard')).toBe(emptyCurve);
		training.toggle();
		expect(hand.asked.plans.map(({ recipe }) => recipe.rate)).toEqual([0.1, 0.3]);
	});

	it('resets to the same curve', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		const curve = () => {
			training.forward();
			hand.take(3);
			return training.curveOf('separable').losses;
		};
		const first = curve();
		training.reset();
		expect(training.step).toBe(0);
		expect(curve()).toEqual(first);
	});

	it('keeps a guess, takes it back, and counts what has come out as it said', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.guess('standard', 'learns');
		training.guess('depthwise', 'learns');
		training.guess('group', 'fails');
		training.guess('group', 'fails');
		expect(training.guesses.group).toBeUndefined();
		expect(training.score).toEqual({ right: 0, decided: 0 });
		training.toggle();
		const learned = (id: string) => ({ loss: 0, accuracy: id === 'standard' ? 1 : 0.5 });
		hand.report(Array.from({ length: averaged }, () => ways.map(learned)));
		expect(training.score).toEqual({ right: 1, decided: 1 });
		hand.report(Array.from({ length: leg }, () => ways.map(learned)));
		expect(training.score).toEqual({ right: 1, decided: 2 });
		const depthwise = training.lanes.find(({ id }) => id === 'depthwise')!;
		expect(outcomeText(training, depthwise)).toBe('a and b never meet');
		// One that can learn it may only need more steps.
		const separable = training.lanes.find(({ id }) => id === 'separable')!;
		expect(outcomeText(training, separable)).toBe('not yet');
		expect([training.isDecided('separable'), training.score.decided]).toEqual([false, 2]);
	});

	it('takes no guess, and no other one, once a step says something of the answer', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.guess('depthwise', 'learns');
		expect(training.hasBegun).toBe(false);
		training.forward();
		for (const count of [0, 1]) {
			hand.take(count);
			expect(training.hasBegun).toBe(true);
			training.guess('depthwise', 'fails');
			training.guess('group', 'fails');
			expect(training.guesses).toEqual({ depthwise: 'learns' });
		}
		training.reset();
		training.guess('group', 'fails');
		expect(training.guesses).toEqual({ depthwise: 'learns', group: 'fails' });
	});

	it('shows no picture of a lane that was closed in the same moment', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.lookInto({ lane: 'group', picture: 0 });
		training.lookAt(2);
		expect(training.looking).toEqual({ lane: 'group', picture: 2 });
		training.lookInto(null);
		training.lookAt(3);
		expect(training.looking).toBeNull();
	});

	it('tells where it rests only as long as it does', async () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.forward();
		expect(await training.rested()).toBeNull();
		hand.take(1);
		expect((await training.rested())!.step).toBe(1);
		const asked = training.rested();
		training.forward();
		expect(await asked).toBeNull();
	});

	it('is asked where it stands before whoever trains is ended', async () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.forward();
		hand.take(1);
		const asked = training.give();
		training.close();
		expect(hand.asked.closed).toBe(0);
		expect((await asked).standing).not.toBeNull();
		await until(() => hand.asked.closed === 1);
	});

	it('tells no reason before the curve has shown it', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.toggle();
		hand.take(1);
		expect(training.lanes.map((lane) => outcomeText(training, lane)).join('')).toBe('');
	});

	it('takes nothing of what was under way when it was begun anew', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.toggle();
		hand.take(2);
		training.reset();
		hand.report([same({ loss: 0.1, accuracy: 1 })]);
		expect([training.step, training.curveOf('standard').losses]).toEqual([0, []]);
		training.toggle();
		training.setKnobs({ depth: 2 });
		hand.report([same({ loss: 0.1, accuracy: 1 })]);
		expect(training.step).toBe(0);
	});

	it('writes no loss that cannot be read', () => {
		expect([0.6931, 1e216, Infinity, NaN, undefined].map((loss) => measureText(loss, 'loss'))).toEqual([
			...['0.69', '> 1000', '–', '–', '–']
		]);
	});

	it('says where a loss is no number, and keeps what was before', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.toggle();
		hand.report([same({ loss: 5, accuracy: 0.5 }), same(null)]);
		expect(training.curveOf('standard')).toMatchObject({ failed: 1, losses: [5] });
		expect(training.isDecided('standard')).toBe(true);
	});

	it('keeps the curves where whoever trains breaks off, and starts again', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.toggle();
		hand.take(1);
		hand.fail();
		expect([training.hasFailed, training.isPlaying, training.step]).toEqual([true, false, 1]);
		training.toggle();
		expect([training.hasFailed, training.step, hand.asked.plans.length]).toEqual([false, 0, 2]);
		// Where the page has said why, the figure only stops.
		hand.fail(true);
		expect([training.hasFailed, training.isPlaying]).toEqual([false, false]);
	});

	it('goes on in another language with curves, guesses and what is looked into, as if nothing had happened', async () => {
		const hand = byHand();
		const first = new Training(small, hand.open);
		first.guess('group', 'fails');
		first.lookInto({ lane: 'group', picture: 3 });
		first.toggle();
		hand.take(3);
		hand.asked.rest = 3;
		const come = await first.give();
		expect([first.isPlaying, come.step]).toEqual([false, 3]);

		const other = byHand();
		const second = new Training('', other.open);
		second.read(small);
		expect([second.isUsed, second.take(come), second.isUsed]).toEqual([false, true, true]);
		expect([second.step, second.guesses, second.looking]).toEqual([3, first.guesses, first.looking]);
		expect([first.hasCome, second.hasCome]).toEqual([false, true]);
		for (const { id } of first.lanes) {
			expect(second.curveOf(id)).toEqual(first.curveOf(id));
			expect(second.pullsOf(id)).toEqual(first.pullsOf(id));
		}
		// It has been handed on once more before it is played.
		const third = new Training(small, other.open);
		third.take(await second.give());
		for (const [training, by] of [
			[first, hand],
			[third, other]
		] as const) {
			training.forward();
			by.take(1);
		}
		expect([third.step, third.hasCome]).toEqual([4, false]);
		expect(third.curveOf('standard')).toEqual(first.curveOf('standard'));
		// Anew it begins with the first step.
		third.reset();
		third.forward();
		other.take(1);
		expect(third.curveOf('standard').losses).toEqual(first.curveOf('standard').losses.slice(0, 1));
	});

	it('takes nothing of another training, nor where something is under way', async () => {
		const hand = byHand();
		const first = new Training(small, hand.open);
		first.forward();
		hand.take(1);
		hand.asked.rest = 1;
		const come = await first.give();
		expect(new Training('?seed=2', hand.open).take(come)).toBe(false);
		const begun = new Training(small, byHand().open);
		begun.forward();
		expect(begun.take(come)).toBe(false);
	});

	it('has nothing flow where a loss is no number, and measures no other thread by it', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.forward();
		const pull = (way: number) => ({ way, gradient: 1 });
		const pulls = training.lanes.map(({ id, strands }) =>
			strands.links.map(() => pull(id === 'standard' ? 1e200 : 0.2))
		);
		const steps = ways.map((id): LaneStep[] => [id === 'standard' ? null : { loss: 0.7, accuracy: 0.5 }]);
		hand.reportAhead(steps, pulls);
		for (const threads of ['way', 'gradient'] as const) {
			training.setKnobs({ threads });
			expect(new Set(training.pullsOf('standard'))).toEqual(new Set([0]));
			expect(Math.max(...training.pullsOf('pointwise'))).toBeGreaterThan(0.1);
		}
	});

	it('looks into a lane before, while and after it learns', () => {
		const hand = byHand();
		const training = new Training(small, hand.open);
		training.lookInto({ lane: 'group', picture: 3 });
		expect(hand.asked.looked).toEqual([
			{ lane: 'group', picture: 3 },
			{ lane: 'group', picture: 3 }
		]);
		training.lookInto(null);
		expect([training.looking, hand.asked.looked.at(-1)]).toEqual([null, null]);
		training.close();
		expect(hand.asked.closed).toBe(1);
	});

	it('lets a block of the editor take part, and says where it does not fit', () => {
		const training = new Training('?own=1.dw3.pw.relu');
		expect(training.lanes.map(({ id }) => id)).toEqual([...ways, 'own']);
		expect(training.lanes.at(-1)!.verdict.can).toBe(true);
		training.read('?own=1.gc3g32.relu');
		expect([training.lanes.length, training.plan.own]).toEqual([ways.length, null]);
		expect(blockProblem(training.ownProblem!)).toContain('4 → 8 channels');
		training.leaveOut();
		expect([training.ownProblem, training.search]).toEqual([null, '']);
	});
});

describe('mapsText(training)', () => {
	it('says why as many weights have more MACs in a block of the reader’s: its maps are of another size', () => {
		const costs = (search: string) =>
			new Training(search).lanes
				.filter(({ id }) => id === 'own' || id === 'separable')
				.map(({ params, macs }) => [params, macs]);
		const search = '?own=1.dw3.bn.relu.pw.bn.relu';
		const [separable, own] = costs(search);
		expect([own![0], own![1]! > 2 * separable![1]!]).toEqual([separable![0], true]);
		expect(mapsText(new Training(search))).toMatch(
			/^Maps of your block, layer by layer: 12×12 → 12×12 → 12×12, .* no padding: 10×10 → 8×8 → 6×6\./
		);
		// Pixel by pixel there is no edge, and without a block nothing to be told.
		expect([mapsText(new Training('?own=1.pw.relu')), mapsText(new Training(''))]).toEqual([null, null]);
	});
});

describe('parseTraining(search)', () => {
	it('lists what does not go together, and takes the nearest that does', () => {
		const { value, ignored } = parseTraining('?channels=2&a=1&b=5&groups=4');
		expect(value.knobs).toMatchObject({ channels: 2, a: 1, b: 0, groups: 2 });
		expect(ignored.map(({ name, value: of }) => `${name}=${of}`)).toEqual(['b=5', 'groups=4']);
		expect(parseTraining('?channels=2').ignored).toEqual([]);
	});

	it('says of what is left out the label and the count of its control, and what is used instead', () => {
		const training = new Training('?a=7&task=walk&norm=maybe&rate=5&groups=4&channels=2&seed=x&lane=1');
		const said = Object.fromEntries(training.ignored.map((of) => [of.name, leftOutText(of, training)]));
		expect(said).toMatchObject({
			a: 'Bars a in channel: channel 8 (addresses count from 0) does not go with the rest. In use instead: 2.',
			task: 'What is asked: “walk” is none of together, space, colour. In use instead: Two channels.',
			norm: 'Batch norm: “maybe” is neither true nor false. In use instead: yes.',
			rate: 'Learning rate: “5” is none of 0.01, 0.03, 0.1, 0.3, 1, 3. In use instead: 0.1.',
			groups: 'Groups: 4 does not go with the rest. In use instead: 2.',
			seed: 'Seed: “x” is not a number. In use instead: 1.',
			lane: null
		});
	});

	it('takes no seed with a fraction, as its field does not, and says so', () => {
		const training = new Training('?seed=2.5');
		expect([training.knobs.values.seed, training.search]).toEqual([1, '']);
		expect(training.ignored.map((of) => leftOutText(of, training))).toEqual([
			'Seed: 2.5 is not a whole number. In use instead: 1.'
		]);
	});

	it('bars that are put where the others are change places with them', () => {
		const training = new Training('');
		const stand = () => [training.knobs.values.a, training.knobs.values.b];
		training.setKnobs({ b: 0 });
		expect(stand()).toEqual([2, 0]);
		training.setKnobs({ a: 0 });
		expect(stand()).toEqual([0, 2]);
		training.setKnobs({ a: 3 });
		expect(stand()).toEqual([3, 2]);
	});

	it('has a picture hold both channels, and apart, whatever is asked for', () => {
		const number = fc.integer({ min: 0, max: 7 });
		fc.assert(
			fc.property(
				fc.constantFrom(2, 4, 8),
				number,
				number,
				fc.constantFrom(2, 4),
				(channels, a, b, groups) => {
					const knobs = fitting({ ...parseTraining('').value.knobs, channels, a, b, groups } as never);
					expect(knobs.a).not.toBe(knobs.b);
					expect(Math.max(knobs.a, knobs.b)).toBeLessThan(channels);
					expect(channels % knobs.groups).toBe(0);
					expect(fitting(knobs)).toEqual(knobs);
				}
			)
		);
	});
});

describe('extendCurve(curve, steps)', () => {
	it('averages ten steps, and says when they have reached 99 %', () => {
		const steps = Array.from({ length: 15 }, (_, i) => ({ loss: i, accuracy: i < 5 ? 0 : 1 }));
		const curve = extendCurve(emptyCurve, steps);
		expect(curve.smooth.loss.slice(0, 3)).toEqual([0, 0.5, 1]);
		expect(curve.smooth.loss.at(-1)).toBe(9.5);
		expect(curve.reached).toBe(15);
		expect(extendCurve(extendCurve(emptyCurve, steps.slice(0, 7)), steps.slice(7))).toEqual(curve);
	});
});

describe('lostSince(curve)', () => {
	const steps = (count: number, accuracy: number) =>
		Array.from({ length: count }, () => ({ loss: 0.1, accuracy }));
	const learned = extendCurve(emptyCurve, steps(averaged, 1));

	it('tells since when a lane that had learned is wrong again, and takes it back; a curve that trembles is none', () => {
		expect(lostSince(extendCurve(emptyCurve, steps(30, 0.5)))).toBeNull();
		expect(lostSince(learned)).toBeNull();
		expect(lostSince(extendCurve(learned, steps(1, 0.5)))).toBeNull();
		// A tenth of the mean each: below nine tenths with the third.
		const lost = extendCurve(learned, steps(5, 0.5));
		expect(lost.smooth.accuracy.findIndex((share) => share < 0.9) + 1).toBe(averaged + 3);
		expect(lostSince(lost)).toBe(averaged + 3);
		expect(lostSince(extendCurve(lost, steps(averaged, 1)))).toBeNull();
	});

	it('counts what is no number any more as lost, where it had learned', () => {
		expect(lostSince(extendCurve(learned, [null]))).toBe(averaged + 1);
		expect(lostSince(extendCurve(emptyCurve, [null]))).toBeNull();
	});
});

describe('what is said of a lane that had learned', () => {
	/** A lane of three: one right all along, one wrong again, one no number any more; a fourth never was right. */
	function told(search: string) {
		const hand = byHand();
		const training = new Training(
			`?ways=standard,separable,pointwiseFirst,groupShuffle&${search}`,
			hand.open
		);
		for (const { id } of training.lanes) training.guess(id, id === 'separable' ? 'fails' : 'learns');
		training.toggle();
		const of = (accuracy: number) => ({ loss: 0.1, accuracy });
		const early = [of(1), of(1), of(1), of(0.5)];
		const late = [of(1), of(0.5), null, of(0.5)];
		const many = (step: LaneStep) => Array.from({ length: averaged }, () => step);
		hand.reportAhead(early.map((step, lane) => [...many(step), ...many(late[lane]!)]));
		return { training, of: (text: typeof troubleText) => training.lanes.map((lane) => text(training, lane)) };
	}

	it('keeps when it had, says that it has lost it, and answers guesses in the same terms', () => {
		const { of } = told('norm=false');
		expect(of(outcomeText)).toEqual([
			'99% after 10 steps',
			'99% after 10 steps, then lost again',
			'99% after 10 steps, then lost again',
			''
		]);
		expect(of(guessText)).toEqual([
			'as you said',
			'not as you said, though lost again',
			'as you said, but lost again',
			''
		]);
	});

	it('says why where that can be told: by the rate, and by what keeps values in bounds', () => {
		const [fine, plain, failed] = told('norm=false').of(troubleText);
		expect(fine).toBe('');
		expect(plain).toContain('since step 13 the mean is below 90%.');
		expect(plain).toContain('Without batch norm');
		expect(failed).toMatch(/^Since step 11 the loss is not a number/);
		expect(told('rate=0.3').of(troubleText)[1]).toContain('At this rate a step can be so long');
		// At a rate that is usually kept nothing is blamed on it.
		expect(told('').of(troubleText)[1]).toBe(
			'It had learned it, and has lost it again: since step 13 the mean is below 90%.'
		);
	});

	it('names networks that are no number any more with the others, in both languages', () => {
		const { training } = told('norm=false');
		expect(announcement(training)).toBe(
			'Step 20. Standard 100%, Depthwise, pointwise 50%, Pointwise, depthwise no number any more, Group, shuffle 50%'
		);
		useLocale('zh');
		try {
			expect(announcement(training)).toBe(
				'第 20 步。标准卷积 100%、先逐深度，后逐点 50%、先逐点，后逐深度 已不是数、分组卷积加混洗 50%'
			);
		} finally {
			useLocale('en');
		}
	});

	it('recommends more steps or a larger rate only where steps are shorter than usual', () => {
		const said = (search: string) => {
			const hand = byHand();
			const training = new Training(`?ways=standard&${search}`, hand.open);
			training.toggle();
			hand.report(
				Array.from({ length: leg }, () => [{ loss: 0.7, accuracy: 0.5 }]),
				1
			);
			return outcomeText(training, training.lanes[0]!);
		};
		expect(['', 'rate=0.3', 'rate=0.3&momentum=0.5', 'norm=false&rate=0.03'].map(said)).toEqual(
			new Array(4).fill('not yet').map((text, i) => (i === 2 ? said('rate=0.01') : text))
		);
		expect([said('rate=0.01'), said('momentum=0'), said('norm=false&rate=0.01')]).toEqual(
			new Array(3).fill('not yet: more steps or a larger rate may do it')
		);
	});
});

describe('holesPath(values, columns)', () => {
	it('strikes out what no shade is for, pixel by pixel', () => {
		expect(holesPath([0, 1, -2, 3], 2)).toBe('');
		expect(holesPath([NaN, 1, -2, Infinity], 2)).toBe('M0 1l1 -1M1 2l1 -1');
		expect(planePaths([NaN, NaN], 2, 1)).toEqual([]);
	});
});

describe('sameSince(curve)', () => {
	const steps = (count: number, isSame: boolean) =>
		Array.from({ length: count }, () => ({ loss: 0.7, accuracy: 0.5, isSame }));

	it('tells since when all answers are one, once that has gone on for a while, and takes it back', () => {
		const long = extendCurve(emptyCurve, [...steps(4, false), ...steps(sameFor - 1, true)]);
		expect(sameSince(long)).toBeNull();
		expect(sameSince(extendCurve(long, steps(1, true)))).toBe(5);
		expect(sameSince(extendCurve(long, [...steps(1, true), null]))).toBeNull();
		expect(sameSince(extendCurve(long, steps(1, false)))).toBeNull();
	});

	it('has a row say so, whose loss is a number and which could learn it: without batch norm, at a rate of 3', () => {
		const hand = byHand();
		const training = new Training('?norm=false&rate=3&ways=standard&depth=2&batch=16&init=small', hand.open);
		const session = new Session(training.plan);
		training.toggle();
		hand.report(
			Array.from({ length: leg }, () => session.advance()),
			1
		);
		const [lane] = training.lanes;
		expect(sameSince(training.curveOf('standard'))).not.toBeNull();
		expect(outcomeText(training, lane!)).toBe('same answer to every picture');
		// What cannot learn is as well off so as otherwise, unless the rate is what brought it there.
		const said = (search: string) => {
			const other = byHand();
			const apart = new Training(`?ways=depthwise&batch=16&${search}`, other.open);
			apart.toggle();
			other.report(
				Array.from({ length: sameFor }, () => same({ loss: 0.7, accuracy: 0.5, isSame: true })),
				1
			);
			return outcomeText(apart, apart.lanes[0]!);
		};
		expect([said(''), said('rate=3'), said('rate=3&init=zero')]).toEqual([
			'',
			'same answer to every picture',
			''
		]);
	});
});

describe('training.passed()', () => {
	it('gives what stands at a step that it passes, goes on, and gives nothing of what was begun anew meanwhile', async () => {
		const { open, take, asked } = byHand();
		const training = new Training('?batch=16&depth=1', open);
		training.toggle();
		take(3);
		const come = (await training.passed())!;
		expect([come.step, come.standing!.step, come.curves[0]!.losses.length]).toEqual([3, 3, 3]);
		expect([training.isPlaying, asked.pauses]).toEqual([true, 0]);
		const other = new Training('?batch=16&depth=1', byHand().open);
		expect(other.take(come)).toBe(true);
		expect([other.step, other.hasCome]).toEqual([3, true]);
		const passing = training.passed();
		training.reset();
		expect(await passing).toBeNull();
	});
});

describe('layoutThreads(strands, given)', () => {
	const layoutOf = (way: string, search = '') => {
		const training = new Training(search);
		const { strands, verdict } = training.lanes.find(({ id }) => id === way)!;
		const b = matters(training.place as TaskId, 'b') ? 2 : null;
		return layoutThreads(strands, { width: 200, height: 60, channels: 4, a: 0, b, layer: verdict.layer });
	};

	it('frames where all that is asked for is read at once: of ways that can learn it, and of no other', () => {
		for (const task of tasks) {
			const search = `?task=${task}`;
			for (const { id, verdict } of new Training(search).lanes) {
				const framed = layoutOf(id, search).strands.filter(({ isEnough }) => isEnough);
				expect([task, id, framed.length > 0]).toEqual([task, id, verdict.can]);
			}
		}
		const framedAt = (way: string) => layoutOf(way).strands.find(({ isEnough }) => isEnough)?.x;
		expect(framedAt('groupShuffle')).toBeGreaterThan(framedAt('standard')!);
	});

	it('shows who reads pixel by pixel, and nothing of b where only a is asked for', () => {
		const hasSpace = (way: string) => layoutOf(way).strands.some((of) => of.hasSpace);
		expect(ways.filter((way) => !hasSpace(way))).toEqual(['pointwise']);
		for (const way of ways)
			expect(layoutOf(way, '?task=space').strands.map(({ sees }) => sees)).not.toContain('both');
		expect(layoutOf('depthwise', '?task=space').links.map(({ sees }) => sees)).not.toContain('b');
	});

	it('keeps everything inside, and what sees a apart from what sees b', () => {
		for (const way of ways) {
			for (const { x, y } of layoutOf(way).strands) {
				expect(x >= 0 && x <= 200 && y >= 0 && y <= 60).toBe(true);
			}
		}
		const seen = new Set(layoutOf('depthwise').links.map(({ sees }) => sees));
		expect(seen).toEqual(new Set(['a', 'b', 'neither']));
	});
});

describe('layout of curves and planes', () => {
	it('puts more right answers higher, and more loss higher, and nothing outside', () => {
		const box = { width: 100, height: 50, steps: 10 };
		expect(heightOf(1, { ...box, measure: 'accuracy' })).toBeLessThan(
			heightOf(marksOf('accuracy', 'together').ceiling!, { ...box, measure: 'accuracy' })
		);
		expect(heightOf(0, { ...box, measure: 'loss' })).toBeGreaterThan(
			heightOf(marksOf('loss', 'together').coin, { ...box, measure: 'loss' })
		);
		expect(curvePath([9, -9], { ...box, measure: 'loss' })).toBe('M10,4L20,46');
		expect(curvePath([], { ...box, measure: 'loss' })).toBe('');
	});

	it('draws pixels by their shade, and none for zero', () => {
		expect(planePaths([0, 1, -1, 0.5], 2, 1)).toEqual([
			{ shade: -6, path: 'M0 1h1.02v1.02h-1.02z' },
			{ shade: 3, path: 'M1 1h1.02v1.02h-1.02z' },
			{ shade: 6, path: 'M1 0h1.02v1.02h-1.02z' }
		]);
		expect(planePaths([0, 0], 2, 0)).toEqual([]);
	});
});

describe('what is said of a network before a step is taken', () => {
	it('is where it reads all that is asked for, or what it lacks of that', () => {
		const said = (task: TaskId) =>
			new Training(`?task=${task}`).lanes.map(({ verdict }) => strandsText(task, verdict));
		const both = (layer: number) =>
			`a and b, and more than one pixel of each, come together in layer ${layer}`;
		const apart = 'a and b come together nowhere before the sum at the end';
		expect(said('together')).toEqual([
			...[both(1), 'a and b come together, but pixel by pixel: no layer sees how anything lies', apart],
			...[both(1), both(1), apart, both(2)]
		]);
		const meet = (layer: number) => `a and b come together in layer ${layer}`;
		expect(said('colour')).toEqual([meet(1), meet(1), apart, meet(1), meet(1), apart, meet(2)]);
		expect(new Set(said('space'))).toEqual(
			new Set([
				'more than one pixel of a is read at once in layer 1',
				'a is read pixel by pixel: no layer sees how anything lies'
			])
		);
	});

	it('is not said of what the question does not need', () => {
		const lacks = (task: TaskId, own: string) => {
			const training = new Training(`?task=${task}&own=${own}`, byHand().open);
			const { verdict } = training.lanes.at(-1)!;
			return verdict.can ? null : strandsText(task, verdict);
		};
		// Each channel apart, pixel by pixel: it lacks another thing for each question.
		expect(lacks('colour', '1.gc1g4.relu')).toBe('a and b come together nowhere before the sum at the end');
		expect(lacks('space', '1.gc1g4.relu')).toBe('a is read pixel by pixel: no layer sees how anything lies');
	});

	it('is that a ReLU lacks where all is a sum, or comes too early, whatever comes together before', () => {
		const said = (search: string) => {
			const hand = byHand();
			const training = new Training(search, hand.open);
			training.toggle();
			hand.report(
				Array.from({ length: leg }, () => same({ loss: 0.7, accuracy: 0.5 })),
				training.lanes.length
			);
			const lane = training.lanes.at(-1)!;
			return [outcomeText(training, lane), strandsText(training.knobs.values.task, lane.verdict)];
		};
		for (const task of tasks)
			expect(said(`?task=${task}&own=1.dw3.bn`)).toEqual([
				'no ReLU: only a sum of the picture',
				'no ReLU: only a sum of the picture comes out, whatever comes together before'
			]);
		expect(said('?depth=1&own=1.pw.relu.dw3')).toEqual([
			'together only after the last ReLU',
			'what is asked for comes together only after the last ReLU, where it is added up and no more'
		]);
	});
});

describe('what has nothing to do with the answer', () => {
	it('is b, too, where the answer lies in a alone; of no, one and several other channels', () => {
		const first = (task: 'space' | 'together', channels: number) => otherText(task, channels).split('. ')[0];
		expect([2, 3, 4].map((channels) => first('space', channels))).toEqual([
			'b has nothing to do with it',
			'b and the other channel have nothing to do with it',
			'b and the other 2 channels have nothing to do with it'
		]);
		expect([2, 3, 4].map((channels) => first('together', channels))).toEqual([
			'Noise lies over both, and every step gets pictures that nobody has seen.',
			'The other channel has nothing to do with it',
			'The other 2 channels have nothing to do with it'
		]);
	});
});
