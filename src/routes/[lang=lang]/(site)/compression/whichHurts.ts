/** Accuracies of a network: as it was trained, with fewer bits for weights alone, and for weights and activations. */
export interface Lowerings {
	readonly trained: number;
	readonly weights: number;
	readonly both: number;
}

/**
 * Which of the two costs it more.
 * - `alike`: that is no more apart than chance
 * - `chance`: fewer bits for activations, too, change no more than chance
 * - `guessing`: neither leaves much more than guesses, which have nothing left to lose
 */
export type Hurting = 'weights' | 'activations' | 'alike' | 'chance' | 'guessing';

/** Twice what guessing gets right of ten classes. */
const guessed = 0.2;

/** @param chance difference of two accuracies that says nothing, as a share */
export function whichHurts({ trained, weights, both }: Lowerings, chance: number): Hurting {
	if (Math.max(weights, both) < guessed) return 'guessing';
	if (Math.abs(weights - both) <= chance) return 'chance';
	const more = trained - weights - (weights - both);
	if (Math.abs(more) <= chance) return 'alike';
	return more > 0 ? 'weights' : 'activations';
}
