import type { Grain } from '$lib/ops/types';
import type { InputPreset, WeightPreset } from './presets';

/** The eight pages of the bench, in the order in which a reader meets them. */
export const benchOps = [
	'standard',
	'pointwise',
	'depthwise',
	'separable',
	'group',
	'shuffle',
	'transposed',
	'pooling'
] as const;
export type BenchOp = (typeof benchOps)[number];

export const isBenchOp = (name: string): name is BenchOp => benchOps.some((op) => op === name);

export { inputPresets, weightPresets, type InputPreset, type WeightPreset } from './presets';

export const pools = ['max', 'average', 'global'] as const;
export type Pool = (typeof pools)[number];

/** Rows and columns of padding on each side, 0 to `limits.side`. For a transposed convolution, what is cropped. */
export interface PaddingSides {
	readonly top: number;
	readonly bottom: number;
	readonly left: number;
	readonly right: number;
}

/** Values typed over those of a preset, by index in the tensor's data (row-major). */
export type Edits = Readonly<Record<number, number>>;

/** A layer of the bench: what it is called, for edits and the timeline. */
export type StageId =
	'conv' | 'depthwise' | 'pointwise' | 'first' | 'shuffle' | 'second' | 'transposed' | 'pool';

/** All that a page of the bench shows, as plain immutable data: what the address holds and undo goes back through. */
export interface BenchSpec {
	readonly op: BenchOp;
	/** Of the input. */
	readonly height: number;
	readonly width: number;
	readonly channels: number;
	/** Output channels; of the shuffle page, of both group convolutions. */
	readonly filters: number;
	/** Output channels of a depthwise convolution for each input channel. */
	readonly multiplier: number;
	readonly kernelHeight: number;
	readonly kernelWidth: number;
	readonly stride: number;
	readonly dilation: number;
	readonly groups: number;
	readonly padding: 'valid' | 'same' | PaddingSides;
	/** Of a transposed convolution: rows and columns that its output has more at the end. */
	readonly outputPadding: number;
	readonly bias: boolean;
	/** Whether the shuffle stands between the two group convolutions. */
	readonly shuffle: boolean;
	readonly pool: Pool;
	readonly ceil: boolean;
	readonly countPadding: boolean;
	readonly inputPreset: InputPreset;
	readonly weightPreset: WeightPreset;
	readonly seed: number;
	readonly inputEdits: Edits;
	/** Of each stage's kernel. */
	readonly weightEdits: Readonly<Partial<Record<StageId, Edits>>>;
	readonly biasEdits: Readonly<Partial<Record<StageId, Edits>>>;
	/** Step of the timeline over all stages, from 0; readers see `step + 1`. */
	readonly step: number;
	readonly grain: Grain;
}

/** The fields with a whole number each: those that have a slider, and the seed and the step. */
export type NumberField = {
	[K in keyof BenchSpec]: BenchSpec[K] extends number ? K : never;
}[keyof BenchSpec];

export interface Range {
	readonly min: number;
	readonly max: number;
}

/** What each number may be: sliders, validation and the reading of addresses follow this table. */
export const limits: Readonly<Record<NumberField | 'side', Range>> = {
	height: { min: 1, max: 12 },
	width: { min: 1, max: 12 },
	channels: { min: 1, max: 12 },
	filters: { min: 1, max: 12 },
	multiplier: { min: 1, max: 4 },
	kernelHeight: { min: 1, max: 7 },
	kernelWidth: { min: 1, max: 7 },
	stride: { min: 1, max: 4 },
	dilation: { min: 1, max: 4 },
	groups: { min: 1, max: 12 },
	outputPadding: { min: 0, max: 3 },
	seed: { min: 0, max: 9999 },
	step: { min: 0, max: Number.MAX_SAFE_INTEGER },
	side: { min: 0, max: 6 }
};

/** The largest output that is drawn: rows or columns, and channels. */
export const outputLimits = { side: 24, channels: 24 };

/** An edited value is kept between these. */
export const valueLimits: Range = { min: -999, max: 999 };

const common: Omit<BenchSpec, 'op'> = {
	height: 5,
	width: 5,
	channels: 2,
	filters: 3,
	multiplier: 1,
	kernelHeight: 3,
	kernelWidth: 3,
	stride: 1,
	dilation: 1,
	groups: 1,
	padding: 'valid',
	outputPadding: 0,
	bias: true,
	shuffle: true,
	pool: 'max',
	ceil: false,
	countPadding: false,
	inputPreset: 'random',
	weightPreset: 'random',
	seed: 1,
	inputEdits: {},
	weightEdits: {},
	biasEdits: {},
	step: 0,
	grain: 'value'
};

const own: Readonly<Record<BenchOp, Partial<BenchSpec>>> = {
	standard: {},
	pointwise: { height: 4, width: 4, channels: 4, kernelHeight: 1, kernelWidth: 1 },
	depthwise: { channels: 3 },
	separable: {},
	group: { channels: 4, filters: 4, groups: 2 },
	// Two groups of three: the smallest case in which one shuffle lets every output see every input.
	shuffle: {
		height: 2,
		width: 2,
		channels: 6,
		filters: 6,
		groups: 2,
		kernelHeight: 1,
		kernelWidth: 1,
		bias: false
	},
	transposed: { height: 3, width: 3, filters: 1, stride: 2 },
	pooling: { height: 6, width: 6, kernelHeight: 2, kernelWidth: 2, stride: 2 }
};

/** What a page shows at first: the smallest numbers in which what is special about the operation can be seen. */
export function defaults(op: BenchOp): BenchSpec {
	return { ...common, ...own[op], op };
}

/** A field of the spec that the reader sets. */
export type Field = Exclude<
	keyof BenchSpec,
	'op' | 'inputEdits' | 'weightEdits' | 'biasEdits' | 'step' | 'grain'
>;

const window: readonly Field[] = ['kernelHeight', 'kernelWidth', 'stride', 'padding', 'dilation'];
const size: readonly Field[] = ['height', 'width', 'channels'];
const values: readonly Field[] = ['inputPreset', 'weightPreset', 'seed'];

const fields: Readonly<Record<BenchOp, readonly Field[]>> = {
	standard: [...size, 'filters', ...window, 'groups', 'bias', ...values],
	pointwise: [...size, 'filters', 'stride', 'groups', 'bias', ...values],
	depthwise: [...size, 'multiplier', ...window, 'bias', ...values],
	separable: [...size, 'filters', ...window, 'bias', ...values],
	group: [...size, 'filters', ...window, 'groups', 'bias', ...values],
	shuffle: [...size, 'filters', 'groups', 'shuffle', 'bias', ...values],
	transposed: [...size, 'filters', ...window, 'outputPadding', 'groups', 'bias', ...values],
	pooling: [
		...size,
		'pool',
		'kernelHeight',
		'kernelWidth',
		'stride',
		'padding',
		'ceil',
		'countPadding',
		'inputPreset',
		'seed'
	]
};
const globalPoolFields: readonly Field[] = [...size, 'pool', 'inputPreset', 'seed'];
const maxPoolFields = fields.pooling.filter((field) => field !== 'countPadding');

/** The fields that mean something for this operation, in the reader's order. All others are at their defaults and are ignored. */
export function fieldsOf({ op, pool }: Pick<BenchSpec, 'op' | 'pool'>): readonly Field[] {
	if (op !== 'pooling') return fields[op];
	return { global: globalPoolFields, max: maxPoolFields, average: fields.pooling }[pool];
}
