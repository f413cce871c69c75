/** `[height, width, channels]` of an activation; batch 1 is left out. Vectors are `[1, 1, n]`. */
export type Shape = readonly [height: number, width: number, channels: number];

/** At least one. */
export type Some<T> = readonly [T, ...T[]];

/** A small dense tensor, row-major. Activations have a {@link Shape}; weights have the shape of their {@link WeightSpec}. */
export interface Tensor<S extends readonly number[] = Shape> {
	readonly shape: S;
	readonly data: Float64Array;
}

/** One value of one input or output tensor of an operator. */
export interface Cell {
	/** Which of the operator's inputs (or outputs) it lies in. */
	readonly tensor: number;
	readonly y: number;
	readonly x: number;
	readonly channel: number;
}

/** How a parameter is counted: DESIGN splits weights, biases and the two halves of batch norm. */
export type WeightRole = 'weight' | 'bias' | 'bnTrainable' | 'bnStatistics';

/** A parameter that an operator needs: its name (`kernel`, `bias`, `gamma`, …), its shape, and what it counts as. */
export interface WeightSpec {
	readonly name: string;
	readonly shape: readonly number[];
	readonly role: WeightRole;
}

/** Weight values by the names of the {@link WeightSpec}s. */
export type Weights = Readonly<Record<string, Tensor<readonly number[]>>>;

/** What every operator's resolved geometry has; each operator adds its own. */
export interface Geometry {
	readonly inputs: Some<Shape>;
	readonly outputs: Some<Shape>;
}

/** An output value at a time, or a multiplication (for pooling: a comparison or an addition) at a time. */
export type Granularity = 'value' | 'multiply';

/** One thing that a step reads: an input value and, where the operator has weights, what it is multiplied by. */
export interface Term {
	/** The input cell, or `null` where the tap falls on padding. Its `y` and `x` are then in {@link Term.at}. */
	readonly input: Cell | null;
	/** Position of the tap in the input, also outside it: `y`, `x` may be negative or beyond the edge. */
	readonly at: Cell;
	readonly inputValue: number;
	/** Index of the weight in its tensor's data (`kernel`, unless the operator says otherwise); `null` without weights. */
	readonly weight: number | null;
	readonly weightValue: number | null;
	/**
	 * What the tap brings to the running result: `inputValue * weightValue`, or `inputValue` without weights
	 * (its square for local response norm, `exp(inputValue - own value)` for softmax).
	 */
	readonly product: number;
}

/** Step `n` of a trace, computed from `n` alone. */
export interface Step {
	readonly n: number;
	readonly granularity: Granularity;
	/** The output value that the step works on. */
	readonly output: Cell;
	/** What it reads: every tap at grain `value`, one at grain `multiply`. */
	readonly terms: readonly Term[];
	/** Position of `terms[0]` among the taps of this output value (0 at grain `value`). */
	readonly tap: number;
	/** Number of taps of this output value. */
	readonly taps: number;
	/** Running result before the step and after it, bias not yet in (for max pooling: the maximum so far; `-Infinity` before). */
	readonly before: number;
	readonly after: number;
	/** What the last tap adds at the end: the bias, or 0. */
	readonly bias: number;
	/** The finished output value, when this step finishes it; otherwise `null`. */
	readonly writes: number | null;
}

/** Parameters by role, in numbers of values. */
export type ParamCount = Readonly<Record<WeightRole, number>>;

/** What one application of an operator costs. Bytes count float32 (4 a value), each tensor read or written once. */
export interface Cost {
	readonly params: ParamCount;
	/** Multiply-accumulates of convolutions and dense layers, taps on padding included; 0 for all else. */
	readonly macs: number;
	/** Arithmetic beside the MACs: bias adds, batch-norm, activations, comparisons and additions of pools. */
	readonly otherOps: number;
	readonly bytesRead: number;
	readonly bytesWritten: number;
}

/** One use of a weight: the output value that it goes into, and the input value that it multiplies (`null`: padding). */
export interface WeightUse {
	readonly output: Cell;
	readonly input: Cell | null;
}

/** How an operator moves over height and width, as far as receptive fields go. */
export type SpatialMap =
	| {
			readonly kind: 'window';
			readonly kernelSize: readonly [number, number];
			readonly stride: readonly [number, number];
			readonly dilation: readonly [number, number];
			/** Padding above and to the left. */
			readonly padding: readonly [number, number];
	  }
	/** Transposed convolution: the stride divides. */
	| {
			readonly kind: 'transposed';
			readonly kernelSize: readonly [number, number];
			readonly stride: readonly [number, number];
			readonly dilation: readonly [number, number];
			readonly padding: readonly [number, number];
	  }
	/** Each output position reads the input positions that are listed for its row and for its column; `step` apart on average. */
	| {
			readonly kind: 'resample';
			readonly step: readonly [number, number];
			readonly reads: readonly [
				rows: readonly (readonly number[])[],
				columns: readonly (readonly number[])[]
			];
	  }
	/** Positions of inputs of these sizes stand in one row, row by row and input after input. */
	| { readonly kind: 'lined'; readonly sizes: readonly (readonly [number, number])[] }
	/** Each output position reads the same position (along an axis of a single place, the only one). */
	| { readonly kind: 'pointwise' }
	/** Each output reads all positions. */
	| { readonly kind: 'global' };

/** A run of channels of one input. */
export interface ChannelRange {
	readonly tensor: number;
	readonly start: number;
	readonly count: number;
}

/** What an operator is for. */
export type Role =
	| 'convolution'
	| 'transposed'
	| 'dense'
	| 'norm'
	| 'activation'
	| 'pool'
	| 'join'
	| 'rearrange'
	| 'dropout'
	| 'opaque';

/**
 * Where output channels come from:
 * - `own`: from the channel of the same number of every input, and no other;
 * - `moved`: each is one channel of an input, unchanged, and none of them is used twice;
 * - `grouped`: from all channels of their group;
 * - `mixed`: from several channels in any other way.
 */
export type ChannelUse = 'own' | 'moved' | 'grouped' | 'mixed';

/** How the terms of an output value come together. */
export type Form =
	/** Products are added, and the bias. */
	| 'sum'
	| 'average'
	| 'max'
	/** Two values are multiplied. */
	| 'product'
	/** The value is that of a channel before, unchanged. */
	| 'copy'
	/** A function of one value. */
	| 'function'
	/** One over the sum of exponentials of differences. */
	| 'softmax'
	/** One value over a power of a sum of squares. */
	| 'localNorm'
	/** A function of one value and of a slope that is learnt. */
	| 'slope'
	/** One value of several, less their mean and over their deviation. */
	| 'channelNorm';

/** What is known of a kind beside its arithmetic, so that nobody keeps a list of kinds. Tests hold it against what it does. */
export interface Traits {
	readonly role: Role;
	readonly channels: ChannelUse;
	readonly form: Form;
}

/** Types of options. */
export type FieldType = 'number' | 'flag' | 'size' | 'padding' | 'numbers' | 'text' | 'shapes';

type FieldTypeOf<V> = [V] extends [number]
	? 'number'
	: [V] extends [boolean]
		? 'flag'
		: [V] extends [string]
			? 'text'
			: [V] extends [number | readonly [number, number]]
				? 'size'
				: [V] extends [readonly number[]]
					? 'numbers'
					: [V] extends [readonly Shape[]]
						? 'shapes'
						: {
									readonly top: number;
									readonly bottom: number;
									readonly left: number;
									readonly right: number;
							  } extends V
							? 'padding'
							: never;

/** The type of each option; those that may be left out have a `?`. */
export type Fields<Options> = {
	readonly [O in keyof Options]-?: object extends Pick<Options, O>
		? `${FieldTypeOf<Exclude<Options[O], undefined>>}?`
		: FieldTypeOf<Options[O]>;
};

/**
 * One kind of operator. `geometry` resolves shapes and options once, and throws an `OpError` that says what is wrong
 * and what would be right; all else takes its result and cannot fail.
 */
export interface Operator<Options, G extends Geometry = Geometry> {
	readonly kind: string;
	readonly traits: Traits;
	/** What its options are, for readers of files. */
	readonly fields: Fields<Options>;
	geometry(inputs: readonly Shape[], options: Options): G;
	weights(g: G): readonly WeightSpec[];
	run(inputs: readonly Tensor[], weights: Weights, g: G): Tensor[];
	stepCount(g: G, granularity: Granularity): number;
	step(n: number, granularity: Granularity, inputs: readonly Tensor[], weights: Weights, g: G): Step;
	/** First step (at `grain`) that works on this output cell. */
	stepOf(output: Cell, granularity: Granularity, g: G): number;
	cost(g: G): Cost;
	spatial(g: G): SpatialMap;
	/** The input channels that an output channel is computed from. */
	channelsRead(g: G, output: { readonly tensor: number; readonly channel: number }): readonly ChannelRange[];
	/** The input cells (never padding) that an output cell is computed from. */
	reads(g: G, output: Cell): readonly Cell[];
	/** The output cells that an input cell is used for: the inverse of `reads`. */
	feeds(g: G, input: Cell): readonly Cell[];
	/** Everything that a value of `kernel` touches, in the order of the trace; only operators with a kernel have it. */
	weightFeeds?(g: G, weight: number): readonly WeightUse[];
}
