/** Accuracies of a network: as it was trained, with fewer bits for weights alone, and for weights and activations. */
export interface Lowerings {
	readonly trained: number;
	readonly weights: number;
	readonly both: number;
}

/**
 * Which of the two costs it more.
 * - `weights`, `activations`: at least twice as much as the other
 * - `moreWeights`, `moreActivations`: more, and not by chance
 * - `alike`: that is no more apart than chance
 * - `chance`: fewer bits for activations, too, change no more than chance
 * - `guessing`: neither leaves much more than guesses, which have nothing left to lose
 */
export type Hurting =
	'weights' | 'moreWeights' | 'activations' | 'moreActivations' | 'alike' | 'chance' | 'guessing';

/** Twice what guessing gets right of ten classes. */
const guessed = 0.2;
/** From so many times as much on, a loss is what hurts above all. */
const above = 2;

/** What an accuracy differs by from one test of so many pictures to another, as a share: one standard error. */
export const chanceOf = (accuracy: number, pictures: number): number =>
	Math.sqrt((accuracy * (1 - accuracy)) / pictures);

/** What weights alone lose, and what activations lose beyond that. */
export const lossesOf = ({ trained, weights, both }: Lowerings) => ({
	weights: trained - weights,
	activations: weights - both
});

/**
 * How far the two losses lie apart by chance. One less the other is trained − 2 weights + both: one standard error of that, as if
 * each had been tested on pictures of its own. They were tested on the same, so chance is rather less, and what is beyond is none.
 */
export const apartByChance = ({ trained, weights, both }: Lowerings, pictures: number): number =>
	Math.hypot(chanceOf(trained, pictures), 2 * chanceOf(weights, pictures), chanceOf(both, pictures));

/** @param pictures on which each was tested */
export function whichHurts(accuracies: Lowerings, pictures: number): Hurting {
	const { trained, weights, both } = accuracies;
	if (Math.max(weights, both) < guessed) return 'guessing';
	const losses = lossesOf(accuracies);
	if (Math.abs(losses.activations) <= chanceOf(trained, pictures)) return 'chance';
	const apart = apartByChance(accuracies, pictures);
	if (Math.abs(losses.weights - losses.activations) <= apart) return 'alike';
	if (losses.weights > losses.activations)
		return losses.weights >= above * losses.activations ? 'weights' : 'moreWeights';
	return losses.activations >= above * losses.weights ? 'activations' : 'moreActivations';
}
