/**
 * Real numbers as small integers: what an integer stands for is `(integer - zeroPoint) * scale`, from 0 to `most`. Results are
 * the same on every machine: sums are of integers, and the one product that brings a sum to the next scale is of float32.
 */
export interface Integers {
	/** A float32, above 0. */
	readonly scale: number;
	/** The integer that stands for 0, which padding needs to be one of them. */
	readonly zeroPoint: number;
	/** The largest integer. */
	readonly most: number;
}

/** Of the least and greatest value. */
export interface Range {
	readonly low: number;
	readonly high: number;
}

/**
 * Bits that an activation has at most where its scale is chosen here: two products of them with an 8-bit weight fit into 16 bits, so
 * that no processor saturates. Files have activations of 8 bits.
 */
export const mostActivationBits = 7;

/** Bits of an activation where it is rounded with weights of so many. */
export const activationBitsFor = (bits: number): number => Math.min(bits, mostActivationBits);

/** Adding it to a float32 below 2²² in size rounds that to the nearest integer, ties to even. */
const rounder = 1.5 * 2 ** 23;

/** The nearest integer of a float32 below 2²² in size, ties to the even one. */
export function roundToEven(value: number): number {
	return Math.fround(value + rounder) - rounder;
}

/** How many steps of a scale a value is long, in whole ones: halves go to the even integer, as everywhere here. */
export const stepsOf = (value: number, scale: number): number => roundToEven(Math.fround(value / scale));

/** Integers of so many bits for values of a range, which is widened to have 0. */
export function integersFor({ low, high }: Range, bits: number): Integers {
	const most = 2 ** bits - 1;
	const from = Math.min(low, 0);
	const to = Math.max(high, 0);
	const scale = scaleOr1((to - from) / most);
	return { scale, zeroPoint: Math.min(Math.max(stepsOf(-from, scale), 0), most), most };
}

/** A scale as float32; 1 where all there is is 0, or so near that the scale's inverse would be infinite. */
export function scaleOr1(scale: number): number {
	return scale < 1e-30 ? 1 : Math.fround(scale);
}

/** The nearest integer for each value. */
export function toIntegers(
	values: ArrayLike<number>,
	{ scale, zeroPoint, most }: Integers,
	result = new Uint8Array(values.length)
): Uint8Array {
	const low = -zeroPoint;
	const high = most - zeroPoint;
	for (let i = 0; i < result.length; i++) {
		const at = Math.fround(values[i]! / scale);
		// Comparisons, since minima and maxima take several times as long, and pictures have many values.
		const kept = at < low ? low : at > high ? high : at;
		result[i] = Math.fround(kept + rounder) - rounder + zeroPoint;
	}
	return result;
}

/** What integers stand for. @param factors what their channels were divided by */
export function toReals(
	integers: Uint8Array,
	{ scale, zeroPoint }: Integers,
	factors?: Float32Array
): Float32Array {
	return Float32Array.from(
		integers,
		(value, i) => (value - zeroPoint) * scale * (factors ? factors[i % factors.length]! : 1)
	);
}

/**
 * Brings a sum of products to another scale: its product with a float32 is rounded, shifted by the zero point, and kept
 * within `low` … `high`.
 */
export function rescaled(
	sum: number,
	multiplier: number,
	zeroPoint: number,
	low: number,
	high: number
): number {
	const product = Math.fround(Math.fround(sum) * multiplier);
	return roundToEven(Math.min(Math.max(product, low - zeroPoint), high - zeroPoint)) + zeroPoint;
}
