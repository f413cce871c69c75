import { m } from '$lib/i18n';
import type { ComparedLayer, Difference, OptionDifference } from '$lib/nets';

/** In what two layers differ; their numbers stand in columns of their own. */
export function differenceText(
	difference: Difference,
	a: ComparedLayer,
	b: ComparedLayer,
	options: readonly OptionDifference[]
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
			return from && to && from.isQuantized !== to.isQuantized
				? m.formats_two_by_storage({ to: to.isQuantized ? 'integers' : 'floats' })
				: m.formats_two_by_weights();
		}
	}
}

/** What two layers were told that differs, as code has it: `epsilon 0.001 → 0.00001, stride 1×1 → 2×2`. */
export const optionsText = (options: readonly OptionDifference[]): string =>
	options.map(({ name, a, b }) => `${name} ${textOf(a)} → ${textOf(b)}`).join(', ');

function textOf(value: unknown): string {
	// As many digits as float32 has.
	if (typeof value === 'number') return String(Number(value.toPrecision(7)));
	if (Array.isArray(value)) return value.map(textOf).join('×');
	if (typeof value === 'object' && value !== null)
		return Object.entries(value)
			.map(([name, of]) => `${name} ${textOf(of)}`)
			.join(' ');
	return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '–';
}
