import type { Shape, Window } from '../../ops';
import type { Integers } from './integers';
import type { IntegerKernel } from './kernel';

/** A tensor of integers by the name that steps have for it. */
export interface IntegerTensor {
	readonly ref: string;
	readonly shape: Shape;
	readonly integers: Integers;
	/** What each of its channels was divided by, so that one scale suits all; none where they are as they were. */
	readonly factors?: Float32Array;
}

/** Bounds that results are kept within. */
export interface Bounds {
	readonly low: number;
	readonly high: number;
}

/** What is computed next. All read tensors of integers, and all but `shuffle` and `concat` bring their results to another scale. */
export type Step = {
	readonly inputs: readonly string[];
	readonly output: string;
	/** Ids of the nodes that it computes; none where it only brings a part of a concatenation to the others' scale. */
	readonly nodes: readonly string[];
} & (
	| ({
			readonly kind: 'convolution';
			readonly window: Window;
			readonly groups: number;
			/** `[kh, kw, inChannels / groups, outChannels]`. */
			readonly kernel: IntegerKernel;
			/** Of each output channel: the bias, less what the input's zero point adds to each sum. */
			readonly bias: Int32Array;
			/** Of each output channel: what brings the sum to the output's scale, or to a real number. */
			readonly multipliers: Float32Array;
	  } & Bounds)
	| { readonly kind: 'maxPool'; readonly window: Window }
	/** Sums of a window, of what is no padding, times the multiplier of each output position. */
	| ({ readonly kind: 'averagePool'; readonly window: Window; readonly multipliers: Float32Array } & Bounds)
	/** Each of one or two inputs less its zero point, times its multiplier. */
	| ({ readonly kind: 'sum'; readonly multipliers: Float32Array } & Bounds)
	| { readonly kind: 'shuffle'; readonly groups: number }
	| { readonly kind: 'concat' }
);

/** A network on integers. */
export interface IntegerNetwork {
	readonly steps: readonly Step[];
	/** All tensors, by name; the graph's names where it has them. */
	readonly tensors: ReadonlyMap<string, IntegerTensor>;
	readonly input: IntegerTensor;
	/** The logits, which are real numbers where they are sums: nothing reads them as integers. */
	readonly output: { readonly ref: string; readonly shape: Shape; readonly isReal: boolean };
	/** Whether a softmax follows. */
	readonly hasSoftmax: boolean;
	/** What is stored: weights of so many bits, packed, and scales, biases and zero points. */
	readonly bytes: number;
}
