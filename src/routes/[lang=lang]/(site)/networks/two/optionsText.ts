import { m } from '$lib/i18n';
import { optionName } from '$lib/viz/words/optionNames';
import { formatShare } from '$lib/viz/words/format';
import type { ComparedLayer, ComparedRow, Difference, GraphDifference, OptionDifference } from '$lib/nets';

/** In what two layers differ; their numbers stand in columns of their own. */
export function differenceText(
	difference: Difference,
	a: ComparedLayer,
	b: ComparedLayer,
	{ options, apart }: Pick<ComparedRow, 'options' | 'apart'>
): string {
	switch (difference) {
		case 'kind':
			return m.formats_two_by_kind();
		case 'output':
			return m.formats_two_by_output();
		case 'params':
			return a.isUnsized === b.isUnsized ? m.formats_two_by_params() : m.formats_two_by_known();
		case 'macs':
			return a.isUncounted === b.isUncounted ? m.formats_two_by_macs() : m.formats_two_by_known();
		case 'options':
			return optionsText(options);
		case 'weights': {
			const [from, to] = [a.stored, b.stored];
			if (!from || !to) return m.formats_two_by_weights_of({ at: from ? 'first' : 'second' });
			const parts = [
				...(from.isQuantized === to.isQuantized
					? []
					: [m.formats_two_by_storage({ to: to.isQuantized ? 'integers' : 'floats' })]),
				...(apart > 0 ? [m.formats_two_by_weights({ share: apartText(apart) })] : [])
			];
			return parts.join(m.playground_comma());
		}
	}
}

/** A share that is not 0, and is not said to be. */
function apartText(share: number): string {
	if (!Number.isFinite(share)) return '∞';
	return share < 0.0001 ? `<\u00a0${formatShare(0.0001, 2)}` : formatShare(share, share < 0.01 ? 2 : 1);
}

/** How many layers differ, and in what; where they differ in several ways, how many in each. */
export function changedText({ changed, rows, kinds, paired }: GraphDifference): string {
	const all = rows.length;
	const alone = all - paired;
	if (changed === 0) return m.formats_two_same({ all });
	const isOne = kinds.length + (alone > 0 ? 1 : 0) === 1;
	const named = kinds.map(([kind, count]) => {
		const name = m.formats_two_kind({ kind });
		return isOne ? name : m.formats_two_kind_count({ name, count });
	});
	if (alone > 0) named.push(m.formats_two_alone({ count: alone }));
	return m.formats_two_changed({ changed, all, kinds: named.join(m.playground_comma()) });
}

/** What two layers were told that differs: `ε 0.001 → 0.00001, stride 1×1 → 2×2`. */
export const optionsText = (options: readonly OptionDifference[]): string =>
	options
		.map(({ name, a, b }) => `${optionName(name)} ${textOf(a)} → ${textOf(b)}`)
		.join(m.playground_comma());

function textOf(value: unknown): string {
	// As many digits as float32 has.
	if (typeof value === 'number') return String(Number(value.toPrecision(7)));
	if (Array.isArray(value)) return value.map(textOf).join('×');
	if (typeof value === 'object' && value !== null) {
		const sides = Object.entries(value).map(([side, of]) => [side, textOf(of)] as const);
		// Where all sides are alike, one number says it.
		if (sides.length > 0 && new Set(sides.map(([, of]) => of)).size === 1) return sides[0]![1];
		return sides.map(([side, of]) => m.networks_option_at({ name: of, at: side })).join(' ');
	}
	if (typeof value === 'boolean') return m.networks_option_flag({ flag: String(value) });
	return typeof value === 'string' ? value : '–';
}
