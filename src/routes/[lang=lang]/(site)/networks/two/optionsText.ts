import type { OptionDifference } from '$lib/nets';

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
