import type { Activations } from '$lib/engine/client';

/** A class and the share of certainty that the network gives it. */
export interface Guess {
	readonly index: number;
	/** 0 to 1. */
	readonly share: number;
}

/**
 * The classes with the largest shares, the largest first; the lower index first where two are equal.
 * @param output of a classifier: `[1, 1, classes]`, shares or, where they do not add up to 1, scores before softmax
 */
export function topOf({ data }: Activations, count = 5): readonly Guess[] {
	const shares = sharesOf(data);
	return Array.from(shares, (share, index) => ({ index, share }))
		.sort((a, b) => b.share - a.share || a.index - b.index)
		.slice(0, count);
}

/** Whether an output is one number a class. */
export function isClassifier({ shape }: Pick<Activations, 'shape'>): boolean {
	return shape[0] === 1 && shape[1] === 1 && shape[2] > 1;
}

function sharesOf(values: Float32Array): Float32Array {
	const sum = values.reduce((total, value) => total + value, 0);
	if (Math.abs(sum - 1) < 1e-3 && values.every((value) => value >= 0)) return values;
	const largest = values.reduce((most, value) => Math.max(most, value), -Infinity);
	const powers = values.map((value) => Math.exp(value - largest));
	const total = powers.reduce((all, value) => all + value, 0);
	return powers.map((value) => value / total);
}
