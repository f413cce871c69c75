import { scaleOr1, stepsOf } from './integers';

/** Whether all weights of a layer have one scale, or those of each output channel their own. */
export const granularities = ['channel', 'tensor'] as const;
export type Granularity = (typeof granularities)[number];

/** How weights become integers. */
export interface KernelOptions {
	/** 2 to 8. */
	readonly bits: number;
	readonly granularity: Granularity;
	/** Looks for the scale with the least squared error; the largest weight is the largest integer otherwise. */
	readonly isFitted: boolean;
}

/** Integers that a file stores, and what they stand for: `(value - zeroPoint) * scale`. */
export interface StoredIntegers {
	readonly values: Int8Array | Uint8Array | Int32Array;
	/** One for all values, or one for each place along `axis`. */
	readonly scales: readonly number[];
	readonly zeroPoints: readonly number[];
	/** Axis of the weight's shape that scales go along; `null` for one scale. */
	readonly axis: number | null;
}

/** Trained weights, some with the integers that they are a view of, in the same order. */
export type StoredWeights = Readonly<
	Record<
		string,
		Readonly<
			Record<
				string,
				{
					readonly shape: readonly number[];
					readonly data: Float32Array;
					readonly quantized?: StoredIntegers;
				}
			>
		>
	>
>;

/**
 * Weights as integers, which stand for `values * scale`. From `-most` to `most`, `most` being 2^(bits - 1) - 1, where they were
 * rounded here; those of a file less their zero point, −255 to 255.
 */
export interface IntegerKernel {
	/** In the order of the weights: output channels are the last axis. */
	readonly values: Int8Array | Int16Array;
	/** Of each output channel. */
	readonly scales: Float32Array;
}

/** Scales that fitting tries: shares of the one that clips nothing. */
const shares = Array.from({ length: 40 }, (_, i) => 1 - i / 50);

/**
 * Rounds weights to integers.
 * @param leastScales of each output channel: a scale is not below it
 */
export function quantizeKernel(
	kernel: Float32Array,
	outChannels: number,
	{ bits, granularity, isFitted }: KernelOptions,
	leastScales?: ArrayLike<number>
): IntegerKernel {
	if (!(Number.isInteger(bits) && bits >= 2 && bits <= 8))
		throw new RangeError(`bits is ${bits}, expected a whole number from 2 to 8`);
	const most = 2 ** (bits - 1) - 1;
	const groups =
		granularity === 'tensor'
			? [kernel]
			: Array.from({ length: outChannels }, (_, channel) => column(kernel, outChannels, channel));
	const found = groups.map((weights) => scaleOf(weights, most, isFitted));
	const scales = Float32Array.from({ length: outChannels }, (_, channel) =>
		scaleOr1(Math.max(found[granularity === 'tensor' ? 0 : channel]!, leastScales?.[channel] ?? 0))
	);
	const values = Int8Array.from(kernel, (weight, i) => nearest(weight, scales[i % outChannels]!, most));
	return { values, scales };
}

/** The weights that integers stand for. */
export function kernelValues({ values, scales }: IntegerKernel): Float32Array {
	return Float32Array.from(values, (value, i) => value * scales[i % scales.length]!);
}

/** The weights of one output channel. */
export function column(kernel: Float32Array, outChannels: number, channel: number): Float32Array {
	return Float32Array.from(
		{ length: kernel.length / outChannels },
		(_, row) => kernel[row * outChannels + channel]!
	);
}

/** The integer from `-most` to `most` that stands for a weight. */
export const nearest = (weight: number, scale: number, most: number): number =>
	Math.min(Math.max(stepsOf(weight, scale), -most), most);

function scaleOf(weights: Float32Array, most: number, isFitted: boolean): number {
	const largest = weights.reduce((max, weight) => Math.max(max, Math.abs(weight)), 0) / most;
	if (!isFitted || largest === 0) return largest;
	let best = largest;
	let least = Infinity;
	for (const share of shares) {
		const scale = largest * share;
		let error = 0;
		for (const weight of weights) error += (weight - nearest(weight, scale, most) * scale) ** 2;
		if (error < least) {
			least = error;
			best = scale;
		}
	}
	return best;
}
