import { m } from '$lib/i18n';
import type { Granularity } from '$lib/nets/quantization/kernel';
import { formatCount, formatFactor, formatShare } from '$lib/viz/words/format';
import { figuresAt, type IntegersRow } from './integers.svelte';
import { points } from './integersColumns';
import { activationBitsOf, type Lowered } from './integersKnobs';
import type { IntegersOfSet } from './integersOf';
import { chanceOf } from './whichHurts';

interface Chosen {
	/** Of a weight. */
	readonly bits: number;
	readonly granularity: Granularity;
	readonly lowered: Lowered;
}

type Row = Pick<IntegersRow, 'of' | 'figures'>;

/** The networks as the site runs them: one that is rounded in two ways counts once. */
const rowsAt = (measured: readonly IntegersOfSet[], { bits, granularity, lowered }: Chosen): readonly Row[] =>
	measured
		.filter(({ isUsed }) => isUsed)
		.map((of) => ({ of, figures: figuresAt(of, bits, granularity, lowered) }));

const worstOf = (rows: readonly Row[]): Row => rows.reduce((a, b) => (points(b) < points(a) ? b : a));

/** Points that the accuracy of the network that loses most differs by, from one test of as many pictures to another (one standard error). */
export const chanceAt = (measured: readonly IntegersOfSet[], chosen: Chosen, pictures: number): number =>
	100 * chanceOf(worstOf(rowsAt(measured, chosen)).of.trained.accuracy, pictures);

/** What fewer bits save the networks together, and what is lost most. @param pictures on which each was tested */
export function headline(measured: readonly IntegersOfSet[], chosen: Chosen, pictures: number): string {
	const { bits, lowered } = chosen;
	const rows = rowsAt(measured, chosen);
	const worst = worstOf(rows);
	const sumOf = (bytes: (row: Row) => number) => rows.reduce((sum, row) => sum + bytes(row), 0);
	const activations = activationBitsOf(bits, lowered);
	const numbers =
		activations === activationBitsOf(bits, 'both')
			? m.integers_numbers_both({ bits })
			: m.integers_numbers_weights({ bits, activations });
	const times = sumOf(({ of }) => of.trained.bytes) / sumOf(({ figures }) => figures.bytes);
	const text = { numbers, times: formatFactor(times) };
	if (points(worst) >= 0) return m.integers_sentence_none(text);
	const lost = {
		...{ ...text, network: worst.of.name },
		from: formatShare(worst.of.trained.accuracy, 2),
		to: formatShare(worst.figures.accuracy, 2)
	};
	return -points(worst) < chanceAt(measured, chosen, pictures)
		? m.integers_sentence_little({ ...lost, count: formatCount(pictures) })
		: m.integers_sentence(lost);
}
