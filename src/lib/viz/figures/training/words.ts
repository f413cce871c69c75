import { joined, m } from '$lib/i18n';
import type { ResolvedGraph } from '$lib/nets';
import { netOf, type LaneId } from '$lib/training/session';
import { columnsOf } from '$lib/training/strands';
import type { TaskId } from '$lib/training/task';
import type { Init } from '$lib/training/trainer';
import { needs, type Verdict } from '$lib/training/verdict';
import { formatProduct, formatShare } from '../../words/format';
import { lostBelow, lostSince, sameSince, type Curve } from './curves';
import { trainingKnobs, type Measure, type Rate, type Threads } from './knobs';
import type { Lane, Training } from './training.svelte';

export const wayNames: Readonly<Record<LaneId, () => string>> = {
	standard: m.training_way_standard,
	pointwise: m.training_way_pointwise,
	depthwise: m.training_way_depthwise,
	separable: m.training_way_separable,
	pointwiseFirst: m.training_way_pointwiseFirst,
	group: m.training_way_group,
	groupShuffle: m.training_way_groupShuffle,
	own: m.training_way_own
};

export const taskNames: Readonly<Record<TaskId, () => string>> = {
	together: m.training_task_together,
	space: m.training_task_space,
	colour: m.training_task_colour
};

export const initNames: Readonly<Record<Init, () => string>> = {
	he: m.training_init_he,
	glorot: m.training_init_glorot,
	small: m.training_init_small,
	zero: m.training_init_zero
};

export const measureNames: Readonly<Record<Measure, () => string>> = {
	accuracy: m.training_show_accuracy,
	loss: m.training_show_loss
};

export const threadsNames: Readonly<Record<Threads, () => string>> = {
	way: m.training_threads_way,
	gradient: m.training_threads_gradient
};

/** What the two channels that bars or points lie in are called everywhere. */
export const letters = { a: 'a', b: 'b' } as const;

const rules: Readonly<Record<TaskId, (given: typeof letters) => string>> = {
	together: m.training_rule_together,
	space: m.training_rule_space,
	colour: m.training_rule_colour
};
export const ruleText = (task: TaskId) => rules[task](letters);

/** Where it is shown why those that never meet cannot learn, in words and as an address. */
export interface Proof {
	readonly href: string;
	readonly text: string;
}

/** What has nothing to do with the answer, of this many channels. */
export function otherText(task: TaskId, channels: number): string {
	const count = channels - 2;
	const isB = !matters(task, 'b');
	if (count === 0) return isB ? m.training_other_b(letters) : m.training_other_none();
	return isB ? m.training_other_b_some({ ...letters, count }) : m.training_other_some({ count });
}

/** Whether the answer lies in a channel at all. */
export const matters = (task: TaskId, channel: keyof typeof letters) => channel === 'a' || task !== 'space';

export const answerText = (isYes: boolean) => (isYes ? m.training_yes() : m.training_no());

/** What a network lacks that a task asks for, in a few words. */
function lackText(task: TaskId, { meet, seesSpace, isLinear, isLate }: Verdict): string {
	const { meeting, space } = needs[task];
	if (isLinear) return m.training_now_linear();
	if (isLate) return m.training_now_late();
	if (meeting && !meet) return m.training_now_apart(letters);
	return space && !seesSpace ? m.training_now_blind() : m.training_now_never_at_once();
}

/** Where a network reads at once what a task asks for, or what it lacks. */
export function strandsText(task: TaskId, verdict: Verdict): string {
	const { layer, meet, seesSpace, isLinear, isLate } = verdict;
	const { meeting, space } = needs[task];
	if (layer !== null) {
		const found = { ...letters, layer };
		if (!meeting) return m.training_strands_space(found);
		return space ? m.training_strands_both(found) : m.training_strands_meet(found);
	}
	if (isLinear) return m.training_strands_linear();
	if (isLate) return m.training_strands_late();
	if (meeting && !meet) return m.training_strands_apart(letters);
	if (!space || seesSpace) return m.training_strands_never_at_once(letters);
	return meeting ? m.training_strands_bag(letters) : m.training_strands_blind(letters);
}

/** What the ring in the threads says. */
export function ringText(task: TaskId): string {
	const { meeting, space } = needs[task];
	if (!meeting) return m.training_legend_ring_space(letters);
	return space ? m.training_legend_ring_both(letters) : m.training_legend_ring_meeting(letters);
}

/** The highest rate that usually learns and keeps it: what is tried where steps were too long. Without batch norm nothing holds values in bounds. */
export const steadyRates = { norm: 0.1, plain: 0.03 } as const satisfies Readonly<Record<string, Rate>>;
export const steadyRateOf = ({ norm }: { readonly norm: boolean }) => steadyRates[norm ? 'norm' : 'plain'];

/** Whether steps are shorter than usual: where momentum has gathered all it can, one is `rate / (1 − momentum)` gradients long. */
const isSlow = ({ rate, momentum, norm }: Training['knobs']['values']) =>
	(rate / (1 - momentum)) * (1 - trainingKnobs.momentum.default) < 0.99 * steadyRateOf({ norm });

/**
 * The step since which a lane gives one answer to all pictures, where that is to be said: at a usual rate, one that cannot learn is as well
 * off so as otherwise.
 */
export function sameAnswersSince(
	training: Training,
	{ id, verdict, isStuck }: Pick<Lane, 'id' | 'verdict' | 'isStuck'>
): number | null {
	const curve = training.curveOf(id);
	const isTold = verdict.can || (training.knobs.values.rate > steadyRates.norm && !isStuck);
	return isTold ? sameSince(curve) : null;
}

/** What has come of a lane so far, in a few words; `''` before its curve has shown it. */
export function outcomeText(
	training: Training,
	{ id, verdict, isStuck }: Pick<Lane, 'id' | 'verdict' | 'isStuck'>
): string {
	const curve = training.curveOf(id);
	const { reached, failed } = curve;
	if (reached !== null)
		return (lostSince(curve) === null ? m.training_now_reached : m.training_now_lost)({ step: reached });
	if (failed !== null) return m.training_now_failed();
	if (training.hasHadItsSteps && !verdict.can)
		return isStuck ? m.training_now_stuck() : lackText(training.knobs.values.task, verdict);
	if (sameAnswersSince(training, { id, verdict, isStuck }) !== null) return m.training_now_same();
	if (!training.hasHadItsSteps) return '';
	return isSlow(training.knobs.values) ? m.training_now_not_yet_slow() : m.training_now_not_yet();
}

/** Why a lane gives no number, the same answer to all, or what is wrong again, where that can be told; `''` where nothing is amiss. */
export function troubleText(training: Training, lane: Pick<Lane, 'id' | 'verdict' | 'isStuck'>): string {
	const curve = training.curveOf(lane.id);
	const since = sameAnswersSince(training, lane);
	const lost = lostSince(curve);
	const { values } = training.knobs;
	const isFast = values.rate > steadyRateOf(values);
	const whyPlain = isFast && !values.norm ? m.training_why_no_norm() : '';
	if (curve.failed !== null) return joined(m.training_failed({ step: curve.failed + 1 }), whyPlain);
	if (since === null && lost === null) return '';
	return joined(
		lost === null ? '' : m.training_lost({ step: lost, share: formatShare(lostBelow, 0) }),
		since === null ? '' : m.training_same({ step: since }),
		!isFast ? '' : since !== null ? m.training_same_why() : values.norm ? m.training_lost_why() : '',
		whyPlain
	);
}

/** How a guess came out; `''` while that is open. One that was right of a lane that has lost it again says that, too. */
export function guessText(training: Training, { id }: Pick<Lane, 'id'>): string {
	const guess = training.guesses[id];
	if (!guess || !training.isDecided(id)) return '';
	const curve = training.curveOf(id);
	const isRight = (guess === 'learns') === (curve.reached !== null);
	if (lostSince(curve) !== null)
		return isRight ? m.training_guess_right_lost() : m.training_guess_wrong_lost();
	return isRight ? m.training_guess_right() : m.training_guess_wrong();
}

/**
 * Why a block of the reader's has more MACs than a way with as many weights: its maps are of another size. `null` where they are not, or
 * it reads single pixels.
 */
export function mapsText(training: Training): string | null {
	const own = training.lanes.find(({ id }) => id === 'own');
	if (!own?.strands.hasSpace.some(Boolean)) return null;
	const sizes = (net: ResolvedGraph) =>
		columnsOf(net)
			.slice(1, -1)
			.map(({ shape: [rows, columns] }) => formatProduct(rows, columns))
			.join(' → ');
	const maps = { own: sizes(own.net), others: sizes(netOf(training.plan, 'standard')) };
	return maps.own === maps.others ? null : m.training_own_maps(maps);
}

/** What a lane stands at; nothing once its loss is no number: what it had before is not what it has now. */
export const currentOf = ({ failed, smooth }: Curve, measure: Measure): number | undefined =>
	failed === null ? smooth[measure].at(-1) : undefined;

/** A loss, or a share of right answers; `–` where there is none, or none that could be read. */
export function measureText(value: number | undefined, measure: Measure): string {
	if (value === undefined || !Number.isFinite(value)) return '–';
	if (measure === 'accuracy') return formatShare(value, 0);
	return value < 1000 ? value.toFixed(2) : '> 1000';
}

/** Where all lanes stand, for those who do not see the curves. */
export function announcement(training: Training): string {
	const lanes = training.lanes.flatMap(({ id }) => {
		const curve = training.curveOf(id);
		const share = currentOf(curve, 'accuracy');
		const way = wayNames[id]();
		if (curve.failed !== null) return m.training_announce_failed({ way });
		return share === undefined ? [] : m.training_announce_lane({ way, share: formatShare(share, 0) });
	});
	return m.training_announce({ step: training.step, lanes: lanes.join(m.playground_comma()) });
}
