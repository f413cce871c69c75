import { m } from '$lib/i18n';
import { kindMarks, type Mark } from '../../kinds/marks';
import type { KnownId, PresetId, Step, StepOp } from '$lib/nets/blocks';

/** What a step is called. */
export const stepNames: Readonly<Record<StepOp, () => string>> = {
	standard: m.blocks_step_standard,
	depthwise: m.blocks_step_depthwise,
	pointwise: m.blocks_step_pointwise,
	group: m.blocks_step_group,
	shuffle: m.blocks_step_shuffle,
	pool: m.blocks_step_pool,
	norm: m.blocks_step_norm,
	relu: () => 'ReLU',
	branches: m.blocks_step_branches
};

/** What a step is told by: the mark of its kind of layer. */
export const stepMarks: Readonly<Record<StepOp, Mark>> = {
	standard: kindMarks.standard,
	depthwise: kindMarks.depthwise,
	pointwise: kindMarks.pointwise,
	group: kindMarks.grouped,
	shuffle: kindMarks.rearrange,
	pool: kindMarks.pool,
	norm: kindMarks.norm,
	relu: kindMarks.activation,
	branches: kindMarks.join
};

/** What branches do, in a word. */
export function stepName(step: Step): string {
	if (step.op === 'branches')
		return step.input === 'split'
			? step.join === 'add'
				? m.blocks_step_split_add()
				: m.blocks_step_split_concat()
			: step.join === 'add'
				? m.blocks_step_add()
				: m.blocks_step_concat();
	if (step.op === 'pool') return step.pool === 'max' ? m.blocks_step_max() : m.blocks_step_avg();
	return stepNames[step.op]();
}

/** A step's window, groups and stride in short: `3×3 /2`. */
export function stepDetail(step: Step): string {
	const parts: string[] = [];
	if ('kernel' in step) parts.push(`${step.kernel}×${step.kernel}`);
	if ('groups' in step) parts.push(`g = ${step.groups}`);
	if ('share' in step) parts.push(step.share === '1' ? 'C' : shareText(step.share));
	if ('stride' in step && step.stride > 1) parts.push(`/${step.stride}`);
	return parts.join(' · ');
}

/** A share of the block's channels: `C/8`, `2C/3`, `4C`. */
export function shareText(share: string): string {
	const [over, under] = share.split('/');
	return `${over === '1' ? '' : over}C${under === undefined ? '' : `/${under}`}`;
}

export const presetNames: Readonly<Record<PresetId, () => string>> = {
	fire: m.blocks_preset_fire,
	separable: m.blocks_preset_separable,
	'shuffle-unit': m.blocks_preset_shuffle_unit,
	'xception-middle': m.blocks_preset_xception_middle,
	standard: m.blocks_preset_standard,
	residual: m.blocks_preset_residual,
	'inverted-residual': m.blocks_preset_inverted_residual,
	'shuffle-v2': m.blocks_preset_shuffle_v2,
	unshuffled: m.blocks_preset_unshuffled
};

/** Networks that the known blocks are of, for their colours. */
export const knownColors: Readonly<Record<KnownId, string>> = {
	standard: 'var(--net-reference)',
	fire: 'var(--net-squeezenet)',
	separable: 'var(--net-mobilenet)',
	'shuffle-unit': 'var(--net-shufflenet)',
	'xception-middle': 'var(--net-xception)'
};

/** What can be added, in the order in which it is offered. */
export const palette: readonly { readonly name: () => string; readonly step: Step }[] = [
	{ name: m.blocks_step_standard, step: { op: 'standard', kernel: 3, share: '1', stride: 1 } },
	{ name: m.blocks_step_depthwise, step: { op: 'depthwise', kernel: 3, stride: 1 } },
	{ name: m.blocks_step_pointwise, step: { op: 'pointwise', share: '1', stride: 1 } },
	{ name: m.blocks_step_group, step: { op: 'group', kernel: 1, groups: 3, share: '1', stride: 1 } },
	{ name: m.blocks_step_shuffle, step: { op: 'shuffle', groups: 3 } },
	{ name: m.blocks_step_pool, step: { op: 'pool', pool: 'avg', kernel: 3, stride: 1 } },
	{ name: m.blocks_step_norm, step: { op: 'norm' } },
	{ name: () => 'ReLU', step: { op: 'relu' } },
	{ name: m.blocks_step_add, step: { op: 'branches', input: 'copy', join: 'add', lanes: [[], []] } },
	{ name: m.blocks_step_concat, step: { op: 'branches', input: 'copy', join: 'concat', lanes: [[], []] } },
	{
		name: m.blocks_step_split_concat,
		step: { op: 'branches', input: 'split', join: 'concat', lanes: [[], []] }
	}
];
