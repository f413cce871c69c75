import type { Granularity } from '$lib/ops/types';
import { custom, flag, integer, type Kind, oneOf, type Range } from '../../address/kinds';
import { inputPresets, weightPresets } from '../../tensor/presets';

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

export const pools = ['max', 'average', 'global'] as const;
export type Pool = (typeof pools)[number];

/** Rows and columns of padding on each side, 0 to {@link sideLimits}. For a transposed convolution, what is cropped. */
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

/** What padding can be on a side. */
export const sideLimits: Range = { min: 0, max: 6 };

/** The largest output that is drawn: rows or columns, and channels. */
export const outputLimits = { side: 24, channels: 24 };

/** An edited value is kept between these. */
export const valueLimits: Range = { min: -999, max: 999 };

const side = integer(sideLimits);

/** A word, or one number where all sides agree, otherwise top, right, bottom, left, as in CSS. */
const padding = custom<'valid' | 'same' | PaddingSides>({
	read(text, ignore) {
		if (text === 'valid' || text === 'same') return text;
		const parts = text.split(',');
		const sides = parts.flatMap((part) => side.read(part, () => undefined) ?? []);
		const [top = 0, right = top, bottom = top, left = right] = sides;
		const isWhole = sides.length === parts.length && (sides.length === 1 || sides.length === 4);
		return isWhole ? { top, bottom, left, right } : ignore();
	},
	write(value) {
		if (typeof value === 'string') return value;
		const { top, bottom, left, right } = value;
		return top === bottom && left === right && top === left
			? String(top)
			: [top, right, bottom, left].join(',');
	}
});

/** A field that the reader sets. */
interface Declared<T> {
	/** What an address calls it; fields with the same name stand in one part of it, `in=5x5x2`. */
	readonly key: string;
	/** What it can be: controls, validation and the reading of addresses follow this. */
	readonly kind: Kind<T>;
	/** What it is at first, where a page does not say otherwise. */
	readonly initial: T;
	/** Where it means something. */
	readonly on: readonly Variant[];
}
/** A page, the page of pooling as one kind of pool has it. */
type Variant = Exclude<BenchOp, 'pooling'> | Pool;

const withGroups = ['standard', 'pointwise', 'group', 'shuffle', 'transposed'] as const;
const windowed = ['standard', 'depthwise', 'separable', 'group', 'transposed'] as const;
const pooled = ['max', 'average'] as const;
const convolutions = [...windowed, 'pointwise', 'shuffle'] as const;
const everywhere = [...convolutions, ...pools] as const;

const number = (key: string, min: number, max: number, initial: number, on: readonly Variant[]) => ({
	...{ key, initial, on },
	kind: integer({ min, max }),
	range: { min, max }
});
const check = (key: string, initial: boolean, on: readonly Variant[]) => ({ key, kind: flag(), initial, on });
const choice = <const T extends string>(
	key: string,
	values: readonly T[],
	initial: T,
	on: readonly Variant[]
) => ({
	...{ key, initial, on, values },
	kind: oneOf(values)
});

/** All that the reader sets, in the order of addresses: the one place where a field is declared. */
export const benchFields = {
	pool: choice('pool', pools, 'max', pools),
	/** Of the input. */
	height: number('in', 1, 12, 5, everywhere),
	width: number('in', 1, 12, 5, everywhere),
	channels: number('in', 1, 12, 2, everywhere),
	/** Output channels; of the shuffle page, of both group convolutions. */
	filters: number('f', 1, 12, 3, [...withGroups, 'separable']),
	/** Output channels of a depthwise convolution for each input channel. */
	multiplier: number('m', 1, 4, 1, ['depthwise']),
	kernelHeight: number('k', 1, 7, 3, [...windowed, ...pooled]),
	kernelWidth: number('k', 1, 7, 3, [...windowed, ...pooled]),
	stride: number('s', 1, 4, 1, [...windowed, 'pointwise', ...pooled]),
	padding: { key: 'p', kind: padding, initial: 'valid', on: [...windowed, ...pooled] },
	/** Of a transposed convolution: rows and columns that its output has more at the end. */
	outputPadding: number('op', 0, 3, 0, ['transposed']),
	dilation: number('d', 1, 4, 1, windowed),
	groups: number('g', 1, 12, 1, withGroups),
	bias: check('b', true, convolutions),
	/** Whether the shuffle stands between the two group convolutions. */
	shuffle: check('shuffle', true, ['shuffle']),
	ceil: check('ceil', false, pooled),
	countPadding: check('count', false, ['average']),
	inputPreset: choice('x', inputPresets, 'random', everywhere),
	weightPreset: choice('w', weightPresets, 'random', convolutions),
	seed: number('seed', 0, 9999, 1, everywhere)
} as const satisfies Readonly<Record<string, Declared<unknown>>>;

type Fields = typeof benchFields;
/** A field of the spec that the reader sets. */
export type Field = keyof Fields;
/** A field with a whole number: it has a range, and a slider. */
export type NumberField = { [K in Field]: Fields[K] extends { range: Range } ? K : never }[Field];
/** A field that is on or off. */
export type FlagField = { [K in Field]: Fields[K]['kind'] extends Kind<boolean> ? K : never }[Field];
type Values = { readonly [K in Field]: Fields[K]['kind'] extends Kind<infer T> ? T : never };

/** All that a page of the bench shows, as plain immutable data: what the address holds and undo goes back through. */
export interface BenchSpec extends Values {
	readonly op: BenchOp;
	readonly inputEdits: Edits;
	/** Of each stage's kernel. */
	readonly weightEdits: Readonly<Partial<Record<StageId, Edits>>>;
	readonly biasEdits: Readonly<Partial<Record<StageId, Edits>>>;
	/** Step of the timeline over all stages, from 0; readers see `step + 1`. */
	readonly step: number;
	readonly granularity: Granularity;
}

const names = Object.keys(benchFields) as Field[];
const initial = Object.fromEntries(
	names.map((field) => [field, benchFields[field].initial])
) as unknown as Values;

/** Whether a field is a whole number. */
export const isNumberField = (field: Field): field is NumberField => 'range' in benchFields[field];

/** What differs from the usual values. */
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
	const untouched = {
		inputEdits: {},
		weightEdits: {},
		biasEdits: {},
		step: 0,
		granularity: 'value'
	} as const;
	return { ...initial, ...untouched, ...own[op], op };
}

/** The fields that mean something for this operation. All others are at their defaults and are ignored. */
export function fieldsOf({ op, pool }: Pick<BenchSpec, 'op' | 'pool'>): readonly Field[] {
	const variant: Variant = op === 'pooling' ? pool : op;
	return names.filter((field) => (benchFields[field].on as readonly Variant[]).includes(variant));
}
