import { format } from 'd3-format';
import { getLocale, languages } from '$lib/i18n';

/** Numbers as text, the same everywhere. Both languages group by thousands and write a point; what they differ in is units. */

const whole = format(',.0f');
const threeDigits = format('.3s');
const shares = [format('.0%'), format('.1%'), format('.2%')] as const;

/** Every digit: 10,838,016. */
export function formatCount(n: number): string {
	return whole(n);
}

/** With so many digits after its point: 8.4. */
export function formatDecimal(n: number, digits: number): string {
	return format(`,.${String(digits)}f`)(n);
}

/**
 * Three digits or so and the letter of the field, what is below 1000 in full: 569M, 4.23M, 27.2k, 8.36G. Chinese counts by other units:
 * 5.69亿, 423万.
 */
export function formatShort(n: number): string {
	return inOwnUnit(n) ?? inLetters(n);
}

/** As {@link formatShort}, for the marks of an axis: 20M, 1.5M; 2000万, 150万. */
export function formatTick(n: number): string {
	return inOwnUnit(n) ?? (Math.abs(n) < 999.5 ? whole(n) : format('.3~s')(n));
}

const inLetters = (n: number) => (Math.abs(n) < 999.5 ? whole(n) : threeDigits(n));

/** In the language's own unit, where it has short ones; `null` where the letters of the field are the shorter. */
function inOwnUnit(n: number): string | null {
	const { units, areUnitsShort } = languages[getLocale()];
	if (!areUnitsShort) return null;
	const rounded = Number(n.toPrecision(3));
	const [size, name] = units.find(([size]) => Math.abs(rounded) >= size) ?? [1, ''];
	return size === 1 ? whole(n) : `${Number((n / size).toPrecision(3))}${name.trim()}`;
}

/** Bytes in decimal units: 4.99 MB, 602 kB. */
export function formatBytes(n: number): string {
	return inLetters(n).replace(/[kMGT]?$/, '\u00a0$&B');
}

/** A time: 0.35 ms, 8.4 ms, 41 ms, 1.25 s. */
export function formatMilliseconds(milliseconds: number): string {
	if (milliseconds >= 999.5) return `${(milliseconds / 1000).toFixed(2)}\u00a0s`;
	const digits = milliseconds < 0.995 ? 2 : milliseconds < 9.95 ? 1 : 0;
	return `${milliseconds.toFixed(digits)}\u00a0ms`;
}

/** A share of 1 in percent: 94.9%. What is not all is not written as all, nor what is something as nothing: 99.9%, <0.1%. */
export function formatShare(share: number, digits: 0 | 1 | 2 = 1): string {
	const write = shares[digits];
	const least = 10 ** -(digits + 2);
	if (share > 0 && write(share) === write(0)) return `<${write(least)}`;
	// Parts that make a whole may miss it by rounding.
	return share < 1 - 1e-9 && write(share) === write(1) ? write(1 - least) : write(share);
}

/** Numbers with × between: a shape, a kernel, a stride. */
export function formatProduct(...factors: readonly number[]): string {
	return factors.map(String).join('×');
}

/** A shape in words; one that is a guess says so. */
export const formatShape = (shape: readonly number[], isGuess = false): string =>
	`${formatProduct(...shape)}${isGuess ? '?' : ''}`;

/** From a whole number to one that is not less: `3–5`, and `3` where both are the same. */
export const formatRange = (first: number | string, last: number | string): string =>
	first === last ? String(first) : `${first}–${last}`;

/** How many times as much: 8.42, 50.3, 120; up to three digits. */
export function formatFactor(factor: number): string {
	return String(Number(factor.toPrecision(3)));
}

/** The same where several stand below each other, always with three digits: 14.1, 3.50. */
export function formatRatio(factor: number): string {
	const rounded = Number(factor.toPrecision(3));
	return formatDecimal(rounded, Math.max(0, 2 - Math.floor(Math.log10(rounded))));
}
