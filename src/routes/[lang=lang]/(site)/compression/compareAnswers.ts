import { maxIndex } from 'd3-array';

/** Two networks' answers to one picture. */
export interface Compared {
	/** Index of the class that each puts first. */
	readonly before: number;
	readonly after: number;
	/** Largest difference of two logits of one class. */
	readonly difference: number;
	/** Largest less smallest logit of the first network, for scale. */
	readonly range: number;
}

/** Compares logits, class by class. */
export function compareAnswers(before: Float32Array, after: Float32Array): Compared {
	let [difference, most, least] = [0, -Infinity, Infinity];
	for (let i = 0; i < before.length; i++) {
		difference = Math.max(difference, Math.abs(before[i]! - after[i]!));
		most = Math.max(most, before[i]!);
		least = Math.min(least, before[i]!);
	}
	return { before: maxIndex(before), after: maxIndex(after), difference, range: most - least };
}
