import { m } from '$lib/i18n';
import { mostActivationBits } from '$lib/nets/quantization/integers';
import type { Granularity } from '$lib/nets/quantization/kernel';
import { formatDecimal, formatShare } from '$lib/viz/words/format';
import { figuresAt } from './integers.svelte';
import type { Lowered } from './integersKnobs';
import type { IntegersOfSet } from './integersOf';
import { apartByChance, chanceOf, lossesOf, whichHurts } from './whichHurts';

type Measured = Pick<IntegersOfSet, 'name' | 'trained' | 'settings' | 'calibration' | 'isUsed'>;

interface Chosen {
	readonly bits: number;
	readonly granularity: Granularity;
	/** On which each was tested. */
	readonly pictures: number;
}

/** Of the networks as the site runs them, the one that loses most with fewer bits for weights and activations. */
export function hurtMost<M extends Measured>(
	measured: readonly M[],
	bits: number,
	granularity: Granularity
): M {
	const lost = (of: M) => of.trained.accuracy - figuresAt(of, bits, granularity, 'both').accuracy;
	return measured.filter(({ isUsed }) => isUsed).reduce((a, b) => (lost(b) > lost(a) ? b : a));
}

const hurtings = {
	weights: m.integers_which_weights,
	moreWeights: m.integers_which_more_weights,
	activations: m.integers_which_activations,
	moreActivations: m.integers_which_more_activations,
	alike: m.integers_which_alike,
	chance: m.integers_which_chance,
	guessing: m.integers_which_guessing
};

/** Which of the two hurts a network, and by how much. */
export function whichWords(of: Measured, { bits, granularity, pictures }: Chosen): string {
	const at = (way: Lowered) => figuresAt(of, bits, granularity, way).accuracy;
	const accuracies = { trained: of.trained.accuracy, weights: at('weights'), both: at('both') };
	const losses = lossesOf(accuracies);
	return m.integers_which({
		...{ bits, most: mostActivationBits, network: of.name },
		hurting: hurtings[whichHurts(accuracies, pictures)]({
			chance: formatDecimal(100 * chanceOf(accuracies.trained, pictures), 1),
			apart: formatDecimal(100 * apartByChance(accuracies, pictures), 1),
			weights: formatDecimal(100 * losses.weights, 2),
			activations: formatDecimal(100 * losses.activations, 2)
		}),
		...{ weights: formatShare(accuracies.weights, 2), both: formatShare(accuracies.both, 2) },
		trained: formatShare(accuracies.trained, 2)
	});
}
