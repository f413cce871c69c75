import { m } from '$lib/i18n';
import { GraphError } from '$lib/nets/errors';
import {
	BlockError,
	removeStep,
	replaceStep,
	shareOf,
	shares,
	stepAt,
	type BlockSpec,
	type Branches,
	withoutStride,
	type StepPath
} from '$lib/nets/blocks';
import type { KnobValues } from '$lib/nets/knobs';
import type { Blocks } from './blocks.svelte';
import type { blockKnobs } from './knobs';

/** A change that would make the block fit. */
export interface Fix {
	readonly label: string;
	readonly apply: (blocks: Blocks) => void;
}

/** Changes that would do, the nearest first. */
export function blockFixes(error: BlockError | GraphError, spec: BlockSpec): Fix[] {
	if (error instanceof GraphError) return [];
	const { code, params, path } = error;
	const numbers = (name: string) =>
		String(params[name] ?? '')
			.split(', ')
			.map(Number)
			.filter((n) => n > 0);
	switch (code) {
		case 'share':
		case 'split':
			return numbers('nearest').map(channelsFix);
		case 'groups':
			return path ? groupFixes(spec, path, numbers('valid'), Number(params['groups'])) : [];
		case 'addChannels':
			return path ? laneFixes(spec, path, params) : [];
		case 'laneSize':
			return path ? sizeFixes(spec, path) : [];
		case 'stage':
			return numbers('nearest').map((width) => ({
				label: m.blocks_fix_stage({ stage: Number(params['stage']), width }),
				apply: (blocks) =>
					blocks.setKnobs({ [`width${Number(params['stage'])}`]: width } as Partial<
						KnobValues<typeof blockKnobs>
					>)
			}));
		default:
			return [];
	}
}

function channelsFix(channels: number): Fix {
	return {
		label: m.blocks_fix_channels({ channels }),
		apply: (blocks) => blocks.setKnobs({ channels })
	};
}

function groupFixes(spec: BlockSpec, path: StepPath, valid: readonly number[], groups: number): Fix[] {
	const step = stepAt(spec, path);
	if (step?.op !== 'group' && step?.op !== 'shuffle') return [];
	return valid
		.filter((n) => n <= 32)
		.sort((a, b) => Math.abs(a - groups) - Math.abs(b - groups))
		.slice(0, 3)
		.map((n) => ({
			label: m.blocks_fix_groups({ groups: n }),
			apply: (blocks) => blocks.change(path, { ...step, groups: n })
		}));
}

/** An empty lane can have a 1×1 convolution, as in ResNet; other lanes' last widths are for the reader to say. */
function laneFixes(spec: BlockSpec, path: StepPath, params: BlockError['params']): Fix[] {
	const step = stepAt(spec, path) as Branches;
	const empty = step.lanes.findIndex((lane) => lane.length === 0);
	if (empty < 0) return [];
	const wanted = Number(params[empty === 0 ? 'channels' : 'first']);
	return [
		{
			label: m.blocks_fix_project({ lane: empty + 1 }),
			apply: (blocks) => {
				const width = blocks.size.outChannels;
				const share = shares.find((known) => Math.abs(shareOf(known) * width - wanted) < 1e-6) ?? '1';
				const lanes = step.lanes.with(empty, [{ op: 'pointwise', share, stride: 1 }]);
				blocks.change(path, { ...step, lanes });
			}
		},
		{
			label: m.blocks_fix_concat(),
			apply: (blocks) => blocks.change(path, { ...step, join: 'concat' })
		}
	];
}

function sizeFixes(spec: BlockSpec, path: StepPath): Fix[] {
	const step = stepAt(spec, path) as Branches;
	const empty = step.lanes.findIndex((lane) => lane.length === 0);
	const pool: Fix[] =
		empty < 0
			? []
			: [
					{
						label: m.blocks_fix_pool({ lane: empty + 1 }),
						apply: (blocks) => {
							const lanes = step.lanes.with(empty, [{ op: 'pool', pool: 'avg', kernel: 3, stride: 2 }]);
							blocks.change(path, { ...step, lanes });
						}
					}
				];
	return [
		...pool,
		{
			label: m.blocks_fix_stride(),
			apply: (blocks) =>
				blocks.replace(replaceStep(spec, path, { ...step, lanes: step.lanes.map(withoutStride) }), path)
		}
	];
}

/** Taking the step out again, where the sentence is about one. */
export function removeFix(error: BlockError | GraphError, spec: BlockSpec): Fix | null {
	const path = error instanceof BlockError ? error.path : null;
	if (!path || error.params['stage'] !== undefined) return null;
	const rest = removeStep(spec, path);
	if (rest.length === 0) return null;
	return { label: m.blocks_fix_remove(), apply: (blocks) => blocks.replace(rest) };
}
