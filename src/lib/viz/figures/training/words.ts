import { m } from '$lib/i18n';
import type { LaneId } from '$lib/training/session';
import type { TaskId } from '$lib/training/task';
import { formatShare } from '../../words/format';
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

/** What the two channels that matter are called everywhere. */
export const letters = { a: 'a', b: 'b' } as const;

const rules: Readonly<Record<TaskId, (given: typeof letters) => string>> = {
	together: m.training_rule_together,
	space: m.training_rule_space,
	colour: m.training_rule_colour
};
export const ruleText = (task: TaskId) => rules[task](letters);

export const answerText = (isYes: boolean) => (isYes ? m.training_yes() : m.training_no());

/** What keeps a lane from the task, or that nothing does. */
export function verdictText({ verdict }: Pick<Lane, 'verdict'>): string {
	if (verdict.can) return m.training_now_can();
	return verdict.seesSpace ? m.training_now_apart(letters) : m.training_now_blind();
}

/** What has come of a lane so far, in a few words; `''` while nothing can be said. */
export function outcomeText(training: Training, { id }: Pick<Lane, 'id'>): string {
	const { reached, failed } = training.curveOf(id);
	if (failed !== null) return '';
	if (reached !== null) return m.training_now_reached({ step: reached });
	const share = training.curveOf(id).smooth.accuracy.at(-1);
	return training.isDecided(id) && share !== undefined && share < 0.6 ? m.training_now_coin() : '';
}

/** Where all lanes stand, for those who do not see the curves. */
export function announcement(training: Training): string {
	const lanes = training.lanes.flatMap(({ id }) => {
		const share = training.curveOf(id).smooth.accuracy.at(-1);
		return share === undefined
			? []
			: m.training_announce_lane({ way: wayNames[id](), share: formatShare(share, 0) });
	});
	return m.training_announce({ step: training.step, lanes: lanes.join(', ') });
}
