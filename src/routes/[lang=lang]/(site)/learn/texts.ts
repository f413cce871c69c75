import { formatCount, formatFactor, formatShare } from '$lib/viz/words/format';
import { languages, type Locale } from '$lib/i18n/languages';

/** How lessons write numbers: a text for each language, from the number. */
export type Text = (language: Locale) => string;

/** The same in both languages: a shape, a formula's number. */
export const plain =
	(text: string | number): Text =>
	() =>
		String(text);

/** Every digit: 10,838,016. */
export const counted = (n: number): Text => plain(formatCount(n));

/** How many times as much, three digits: 8.42. */
export const factor = (n: number): Text => plain(formatFactor(n));

/** A share of 1 in percent: 94.9%. */
export const percent = (share: number, digits: 0 | 1 | 2 = 1): Text => plain(formatShare(share, digits));

const millisecond: Readonly<Record<Locale, string>> = { en: 'ms', zh: '毫秒' };

/** A time: 15.2 ms. */
export const milliseconds =
	(time: number, digits: number): Text =>
	(language) =>
		`${time.toFixed(digits)} ${millisecond[language]}`;

/** Points between two shares of 1: the difference of what {@link percent} prints of them, so that a reader who subtracts finds it. */
export const pointsBetween = (share: number, other: number): Text => {
	// What is printed as less than the least is nothing beside the other.
	const shown = (of: number) => Number.parseFloat(formatShare(of)) || 0;
	return plain(Math.abs(shown(share) - shown(other)).toFixed(1));
};

/** Three digits, as it is said: 569 million, 5.69 亿. */
export const rounded = (n: number): Text => inColumn([n])(n);

/** The same for numbers that stand side by side, as in a column: where the language has it so, all in the unit of the least. */
export const inColumn =
	(numbers: readonly number[]) =>
	(n: number): Text =>
	(language) => {
		const { units, columnsShareUnits } = languages[language];
		const least = columnsShareUnits ? threeDigits(Math.min(...numbers)) : threeDigits(n);
		const [size, name] = units.find(([size]) => least >= size) ?? [1, ''];
		if (size === 1) return formatCount(n);
		// What is in a unit of its own has four digits at most, and these stand together: 3800 万.
		const inUnit = threeDigits(n / size);
		return `${columnsShareUnits && inUnit >= 1000 ? formatCount(inUnit) : inUnit}${name}`;
	};

const threeDigits = (n: number) => Number(n.toPrecision(3));
