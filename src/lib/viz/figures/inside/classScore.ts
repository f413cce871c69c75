import { joined, m } from '$lib/i18n';
import { formatReal, formatRealTerm } from './numbers';

/** A score of a class, and what it is made of. */
export interface ClassScore {
	/** What the network gives. */
	readonly score: number;
	/** Of the map of the class. */
	readonly average: number;
	/** `null` where the network has none. */
	readonly bias: number | null;
	/** Whether the network is computed on integers, whose every layer rounds. */
	readonly isOnIntegers: boolean;
}

/** Of the terms: more than sums of 32-bit numbers err by. */
const noise = 1e-4;

/** What a score has beside the average and the bias, since what comes in between is rounded; 0 where that is not to be seen. */
export function roundedBetween({ score, average, bias }: ClassScore): number {
	const sum = average + (bias ?? 0);
	const size = Math.abs(average) + Math.abs(bias ?? 0);
	if (Math.abs(score - sum) <= noise * size || formatReal(score) === formatReal(sum)) return 0;
	return score - sum;
}

/** The terms of a score, which add up to it, and what each is. */
export function classScoreWords(of: ClassScore): { readonly terms: string; readonly are: string } {
	const rounded = roundedBetween(of);
	const more = [...(of.bias === null ? [] : [of.bias]), ...(rounded === 0 ? [] : [rounded])];
	const terms = [formatReal(of.average), ...more.map(formatRealTerm)].join(' + ');
	if (rounded === 0)
		return { terms, are: of.bias === null ? m.inside_class_is_average() : m.inside_class_is_sum() };
	return {
		terms,
		are: joined(
			of.bias === null ? m.inside_class_is_average_rounded() : m.inside_class_is_sum_rounded(),
			of.isOnIntegers ? m.inside_class_on_integers() : ''
		)
	};
}
