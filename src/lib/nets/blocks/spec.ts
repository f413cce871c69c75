import * as v from 'valibot';
import type { ErrorParams } from '../errors';

/** Version of the texts that blocks are written as; it rises when an older reader would misread. */
export const blockVersion = 1;

/** Sizes beyond which a block is refused, so that one from an address cannot hang the page. */
export const blockLimits = {
	/** Steps, those in lanes and the branches themselves included. */
	steps: 40,
	lanes: 4,
	/** Branches within branches. */
	depth: 2,
	groups: 32,
	/** Characters of a block's text. */
	length: 4000
} as const;

/** Channels that a convolution gives, as a share of the block's: so the same block fits every width. */
export const shares = ['1/8', '1/6', '1/4', '1/3', '1/2', '2/3', '3/4', '1', '2', '3', '4', '6'] as const;
export type Share = (typeof shares)[number];
export const kernels = [3, 5, 7] as const;
/** Windows of a group convolution: 1 is the pointwise group convolution. */
export const groupKernels = [1, ...kernels] as const;
export const poolKernels = [3, 5] as const;
export const strides = [1, 2] as const;
export const pools = ['max', 'avg'] as const;
export const joins = ['add', 'concat'] as const;
export const laneInputs = ['copy', 'split'] as const;

type Stride = (typeof strides)[number];

/** One step of a block. */
export type Step =
	| {
			readonly op: 'standard';
			readonly kernel: (typeof kernels)[number];
			readonly share: Share;
			readonly stride: Stride;
	  }
	| { readonly op: 'depthwise'; readonly kernel: (typeof kernels)[number]; readonly stride: Stride }
	| { readonly op: 'pointwise'; readonly share: Share; readonly stride: Stride }
	| {
			readonly op: 'group';
			readonly kernel: (typeof groupKernels)[number];
			readonly groups: number;
			readonly share: Share;
			readonly stride: Stride;
	  }
	| { readonly op: 'shuffle'; readonly groups: number }
	| {
			readonly op: 'pool';
			readonly pool: (typeof pools)[number];
			readonly kernel: (typeof poolKernels)[number];
			readonly stride: Stride;
	  }
	| { readonly op: 'norm' }
	| { readonly op: 'relu' }
	| Branches;

/** Lanes side by side. Each reads all of what comes in, or its part of it; an empty lane passes it on. */
export interface Branches {
	readonly op: 'branches';
	readonly input: (typeof laneInputs)[number];
	readonly join: (typeof joins)[number];
	readonly lanes: readonly BlockSpec[];
}

/** A block: steps one after the other. */
export type BlockSpec = readonly Step[];
export type StepOp = Step['op'];

/** Where a step stands: its place; in lanes the place of the branches, the lane, the place in it. */
export type StepPath = readonly number[];

const groups = v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(blockLimits.groups));
const stride = v.optional(v.picklist(strides), 1);
const share = v.optional(v.picklist(shares), '1');

const stepSchema: v.GenericSchema<unknown, Step> = v.variant('op', [
	v.strictObject({ op: v.literal('standard'), kernel: v.picklist(kernels), share, stride }),
	v.strictObject({ op: v.literal('depthwise'), kernel: v.picklist(kernels), stride }),
	v.strictObject({ op: v.literal('pointwise'), share, stride }),
	v.strictObject({ op: v.literal('group'), kernel: v.picklist(groupKernels), groups, share, stride }),
	v.strictObject({ op: v.literal('shuffle'), groups }),
	v.strictObject({
		op: v.literal('pool'),
		pool: v.picklist(pools),
		kernel: v.picklist(poolKernels),
		stride
	}),
	v.strictObject({ op: v.literal('norm') }),
	v.strictObject({ op: v.literal('relu') }),
	v.strictObject({
		op: v.literal('branches'),
		input: v.optional(v.picklist(laneInputs), 'copy'),
		join: v.picklist(joins),
		lanes: v.pipe(v.array(v.array(v.lazy(() => stepSchema))), v.minLength(2), v.maxLength(blockLimits.lanes))
	})
]);

/** What the JSON of a block looks like. */
export const blockSchema = v.strictObject({ version: v.number(), steps: v.array(stepSchema) });

/**
 * What can be wrong with a block. Pages translate by code and fill in `params`; `message` is the English sentence.
 *
 * - `tooLong` (`max`), `json` (`line`, `column`, `found` of `JsonFault`), `version` (`version`, `known`): of its text
 * - `word` (`word`, `nearest`): the text has a step that there is none of
 * - `unclosed`: a bracket is open at the end; `unopened`: one closes that is not open
 * - `field` (`path`, `received`, `expected`): a value that a step does not take
 * - `empty`, `tooManySteps` (`count`, `max`), `tooDeep` (`max`)
 * - `share` (`share`, `width`, `nearest`): the share of the block's channels is no whole number
 * - `groups` (`groups`, `inChannels`, `outChannels`, `valid`): channels do not divide into the groups
 * - `split` (`channels`, `lanes`, `nearest`): channels do not divide into the lanes
 * - `addChannels` (`lane`, `channels`, `first`): lanes to be added have different channels
 * - `laneSize` (`lane`, `size`, `first`): lanes to be joined have different sizes
 * - `stage` (`stage`, `width`, `nearest`): the block does not fit the width of a stage; `cause` says why
 */
export type BlockErrorCode =
	| 'tooLong'
	| 'json'
	| 'version'
	| 'word'
	| 'unclosed'
	| 'unopened'
	| 'field'
	| 'empty'
	| 'tooManySteps'
	| 'tooDeep'
	| 'share'
	| 'groups'
	| 'split'
	| 'addChannels'
	| 'laneSize'
	| 'stage';

/** A block that cannot be: the sentence says what would be right, and `path` which step it is about. */
export class BlockError extends Error {
	override readonly name = 'BlockError';

	constructor(
		readonly code: BlockErrorCode,
		message: string,
		readonly params: ErrorParams = {},
		readonly path: StepPath | null = null,
		cause?: unknown
	) {
		super(message, cause === undefined ? undefined : { cause });
	}
}

/** Calls `visit` with every step and its path, those around before those inside. */
export function walkSteps(
	spec: BlockSpec,
	visit: (step: Step, path: StepPath) => void,
	at: StepPath = []
): void {
	spec.forEach((step, i) => {
		const path = [...at, i];
		visit(step, path);
		if (step.op === 'branches') step.lanes.forEach((lane, k) => walkSteps(lane, visit, [...path, k]));
	});
}

/** @throws {BlockError} for a block without steps, or with too many, or nested too deep. */
export function checkExtent(spec: BlockSpec): void {
	let count = 0;
	let deepest = 0;
	walkSteps(spec, ({ op }, path) => {
		count++;
		if (op === 'branches') deepest = Math.max(deepest, (path.length + 1) / 2);
	});
	const { steps, depth } = blockLimits;
	if (count === 0) throw new BlockError('empty', 'a block needs at least one step');
	if (count > steps) {
		throw new BlockError('tooManySteps', `${count} steps are too many; at most ${steps}`, {
			count,
			max: steps
		});
	}
	if (deepest > depth) {
		throw new BlockError('tooDeep', `branches stand within branches at most ${depth} deep`, { max: depth });
	}
}

/** The share as a number. */
export function shareOf(share: Share): number {
	const [over = 1, under = 1] = share.split('/').map(Number);
	return over / under;
}
