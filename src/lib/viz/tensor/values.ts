/** Steps of the value scale on each side of zero; a value is as dark (on dark, as light) as tokens `--value-0` … `--value-8` have it. */
export const valueSteps = 8;

/** Step of the value scale, −8 to 8, of a value where `largest` is the largest magnitude beside it. */
export function valueStep(value: number, largest: number): number {
	if (!(largest > 0) || Number.isNaN(value)) return 0;
	const step = Math.round((value / largest) * valueSteps);
	// Whatever is not zero is not drawn as zero.
	const visible = step === 0 ? Math.sign(value) : step;
	return Math.max(-valueSteps, Math.min(valueSteps, visible));
}

/** Class of a value step, by its magnitude: `v-0` … `v-8`. The sign is for a minus to say. */
export const valueClass = (step: number) => `v-${Math.abs(step)}`;

/** Whether what is written on a step is written in the other colour: token `--on-strong-value`. */
export const isStrongStep = (step: number) => Math.abs(step) >= 5;

/** Largest magnitude among values; infinities are left out. */
export function largestOf(values: Float64Array): number {
	let largest = 0;
	for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
	return largest;
}

/** A number as figures and sentences show it: at most `digits` digits after the point, and a true minus sign. */
export function formatNumber(value: number, digits = 2): string {
	if (value === Infinity) return '∞';
	if (value === -Infinity) return '−∞';
	const scale = 10 ** digits;
	const rounded = Math.round(value * scale) / scale;
	const text = String(Math.abs(rounded));
	return rounded < 0 ? `−${text}` : text;
}

/** A number in a cell: three significant digits, no zero before the point. */
export function formatCell(value: number): string {
	const magnitude = Math.abs(value);
	const digits = magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : 2;
	return formatNumber(value, digits).replace(/^(−?)0\./, '$1.');
}

/** Digits below the line: `12` as `₁₂`. */
export function subscript(n: number): string {
	return [...String(n)].map((digit) => String.fromCharCode(0x2080 + Number(digit))).join('');
}

/** A term of a sum: negative ones stand in brackets. */
export function formatTerm(value: number): string {
	return value < 0 ? `(${formatNumber(value)})` : formatNumber(value);
}
