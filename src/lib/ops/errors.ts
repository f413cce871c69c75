/** What is wrong, for pages that say it in another language; {@link OpError.params} holds what the sentence needs. */
export type OpErrorCode =
	/** `path` is not a whole number of at least `min`. */
	| 'wholeNumber'
	/** `path` is not a number in a range: `range` says which. */
	| 'number'
	/** The value is neither true nor false. */
	| 'flag'
	/** `path` is neither a number nor a pair of numbers. */
	| 'pair'
	/** The padding is of no known kind. */
	| 'padding'
	/** `groups` does not divide `total`, the number of channels called `of`; `divisors` would, `valid` fit all channels. */
	| 'groups'
	/** Along `axis`, the kernel spans `span` with its `dilation`, and the padded input has only `size`; `max` would fit. */
	| 'kernelTooLarge'
	/** A side of a pool's padding is not less than the kernel's `size`, so that a window would hold padding alone. */
	| 'poolPadding'
	/** Along `axis`, the padding of a transposed convolution crops `crop` of `size` rows or columns, so that none is left. */
	| 'cropTooLarge'
	/** The output padding of a transposed convolution along `axis` is more than `max`: it has to be less than its stride or dilation. */
	| 'outputPadding'
	/** Along `axis`, the output of a transposed convolution would have `size` rows or columns, more than `max`. */
	| 'outputTooLarge'
	/** The operator `kind` takes `expected` inputs, and not `value`. */
	| 'inputCount'
	/** An input's shape is not three whole numbers from 1 on. */
	| 'shape'
	/** An input's shape does not fit `first`, the shape of the first input. */
	| 'shapesDiffer'
	/** The sizes of a split add up to `sum`, and the input has `channels`. */
	| 'splitSum'
	/** `path` is none of `choices`. */
	| 'choice'
	/** Blocks of `block` do not divide `of`, which is `total`. */
	| 'block';

/** What an {@link OpError} is made of. */
export interface OpErrorParts {
	readonly code: OpErrorCode;
	/** Name of the option (or `inputs`) that is wrong. */
	readonly argument: string;
	readonly value: unknown;
	/** Values that would be right: all of them where they are few, otherwise the nearest. */
	readonly valid: readonly (number | string)[];
	readonly params?: Readonly<Record<string, string | number>>;
	/** The English sentence. */
	readonly message: string;
}

/** A wrong argument of an operator: names it, its value, and what would be right. */
export class OpError extends Error {
	override readonly name = 'OpError';
	readonly code: OpErrorCode;
	readonly argument: string;
	readonly value: unknown;
	readonly valid: readonly (number | string)[];
	readonly params: Readonly<Record<string, string | number>>;

	constructor(parts: OpErrorParts) {
		super(parts.message);
		this.code = parts.code;
		this.argument = parts.argument;
		this.value = parts.value;
		this.valid = parts.valid;
		this.params = parts.params ?? {};
	}
}

/** A value as an error shows it: `3`, `"full"`, `[5, 5, 2]`, `{"top":1}`. */
export function formatValue(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(formatValue).join(', ')}]`;
	if (typeof value === 'number' || value === undefined) return String(value);
	return JSON.stringify(value) ?? String(value);
}

/** `1, 2 or 4`. */
export function formatChoice(values: readonly (number | string)[]): string {
	const head = values.slice(0, -1).join(', ');
	const last = String(values.at(-1) ?? '');
	return head === '' ? last : `${head} or ${last}`;
}
