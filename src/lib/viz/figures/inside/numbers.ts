import { formatNumber } from '../../tensor/values';

/** A value in a sentence: four significant digits. */
export function formatReal(value: number): string {
	return formatNumber(value, decimals(Math.abs(value), 4));
}

/** The same as a term of a sum: negative ones stand in brackets. */
export function formatRealTerm(value: number): string {
	return value < 0 ? `(${formatReal(value)})` : formatReal(value);
}

/** Numbers of one grid, with as many digits after the point as its largest needs for three; no zero before the point. */
export function formatGrid(largest: number): (value: number) => string {
	const digits = decimals(largest, 3);
	return (value) => formatNumber(value, digits).replace(/^(−?)0\./, '$1.');
}

function decimals(magnitude: number, significant: number): number {
	if (!(magnitude > 0) || magnitude === Infinity) return 2;
	return Math.max(0, Math.min(8, significant - 1 - Math.floor(Math.log10(magnitude))));
}
