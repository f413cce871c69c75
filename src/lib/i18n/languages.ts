import type { locales as built } from './generated/runtime.js';

/** Which languages there are stands in `project.inlang/settings.json`. */
export type Locale = (typeof built)[number];

/** What the site has to know of a language besides its words. */
interface LanguageFacts {
	/** What its readers call it. */
	readonly name: string;
	/** For `lang` attributes, by which a browser chooses fonts, breaks lines and reads aloud. */
	readonly tag: string;
	/** Latin letters or Chinese characters, for how long a line may be and how close the letters of a heading stand. */
	readonly script: 'latin' | 'cjk';
	/** What stands between two sentences: Chinese leaves no blank after its full stop, which brings one. */
	readonly sentenceGap: string;
	/** Large round numbers as they are said, the largest first: 569 million, 5.69 亿. */
	readonly units: readonly (readonly [size: number, name: string])[];
	/**
	 * Whether numbers in a column share a unit, as in English, where 15,500 million stands below 569 million. Chinese says each
	 * in its own, in tables as in prose: 155 亿, 5.69 亿, 3800 万.
	 */
	readonly columnsShareUnits: boolean;
	/** Whether its units are as short as the letters of the field, and stand on axes and in tables in their place: 40 万 for 400k. */
	readonly areUnitsShort: boolean;
}

export const languages: Readonly<Record<Locale, LanguageFacts>> = {
	en: {
		...{ name: 'English', tag: 'en', script: 'latin', sentenceGap: ' ' },
		units: [
			[1e9, ' billion'],
			[1e6, ' million']
		],
		columnsShareUnits: true,
		areUnitsShort: false
	},
	zh: {
		...{ name: '中文', tag: 'zh-Hans', script: 'cjk', sentenceGap: '' },
		units: [
			[1e8, ' 亿'],
			[1e4, ' 万']
		],
		columnsShareUnits: false,
		areUnitsShort: true
	}
};

export const locales = Object.keys(languages) as readonly Locale[];

/** What a page without a language is in. */
export const baseLocale: Locale = 'en';

export const isLocale = (text: unknown): text is Locale => locales.some((locale) => locale === text);

/** The site's language for a browser's, such as `zh-CN`. */
export function localeFor(tag: string): Locale {
	const [primary] = tag.toLowerCase().split('-');
	return isLocale(primary) ? primary : baseLocale;
}
