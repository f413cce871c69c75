import type { Problem } from '$lib/lessons/compiler/lesson';

/** What is said of an entry. */
export type Verdict =
	{ readonly kind: 'unreadable' | 'right' | 'wrong' } | { readonly kind: 'mistake'; readonly name: string };

/** Whether a typed number is the one that is asked for, as it is or rounded to the digits that are asked for. */
export function fits(entry: number, value: number, digits: number): boolean {
	if (digits === 0) return entry === value;
	return Math.abs(entry - value) <= 0.5 * 10 ** -digits + 1e-9;
}

const units: Readonly<Record<string, number>> = { k: 1e3, K: 1e3, M: 1e6, 万: 1e4, 亿: 1e8 };
/** What may stand between groups of digits and is no mark of decimals. */
const spaces = /(?<=\d)[ '’_](?=\d)/g;

/**
 * The numbers that an entry can mean: both ways of writing thousands and decimals are read, so `1,234` can be two. None
 * where it is no number.
 */
export function readings(text: string): readonly number[] {
	// Full-width digits and signs, and all kinds of spaces.
	const plain = text.normalize('NFKC').replace(/\s+/g, ' ').replace('−', '-').trim();
	const [, sign, body, unit] = /^[=≈~]? ?(-?)([\d.,'’_ ]*\d) ?([kKM万亿]?)$/.exec(plain) ?? [];
	if (body === undefined) return [];
	const digits = body.replace(spaces, '');
	if (digits !== body && !/^\d{1,3}([ '’_]\d{3})+([.,]\d+)?$/.test(body)) return [];
	const found: string[] = [];
	if (/^\d+$/.test(digits)) found.push(digits);
	// Thousands, and the groups of four that Chinese counts in.
	if (/^(\d{1,3}(,\d{3})+|\d{1,4}(,\d{4})+)(\.\d+)?$/.test(digits)) found.push(digits.replaceAll(',', ''));
	if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(digits)) found.push(digits.replaceAll('.', '').replace(',', '.'));
	if (/^\d*[.,]\d+$/.test(digits)) found.push(digits.replace(',', '.'));
	const times = (sign === '-' ? -1 : 1) * (units[unit!] ?? 1);
	return [...new Set(found.map((number) => Number((Number(number) * times).toPrecision(12))))];
}

/** Holds an entry against a problem. */
export function judge(text: string, { values, digits, mistakes }: Problem): Verdict {
	const entries = readings(text);
	if (entries.length === 0) return { kind: 'unreadable' };
	const isEntry = (value: number) => entries.some((entry) => fits(entry, value, digits));
	if (isEntry(values.answer!)) return { kind: 'right' };
	const mistake = mistakes.find(({ value }) => isEntry(value));
	return mistake ? { kind: 'mistake', name: mistake.name } : { kind: 'wrong' };
}
