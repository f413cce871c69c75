import { getLocale, overwriteGetLocale } from './generated/runtime.js';
import { languages, type Locale } from './languages';

export { m } from './generated/messages.js';
export { getLocale } from './generated/runtime.js';
export { baseLocale, isLocale, languages, locales } from './languages';
export type { Locale } from './languages';

/** Sets the language of the page, before anything of it is written. */
export function useLocale(locale: Locale): void {
	overwriteGetLocale(() => locale);
}

/** Sentences one after the other, as the language of the page sets them; those that are empty are left out. */
export function joined(...sentences: readonly string[]): string {
	return sentences.filter(Boolean).join(languages[getLocale()].sentenceGap);
}

/** A sentence, and what stands between it and what follows it in an element of its own. */
export const before = (sentence: string): string => sentence + languages[getLocale()].sentenceGap;

/** A sentence with names in it that may end with a bracket of the language's own: a full-width one brings its blank along. */
export const tight = (sentence: string): string => sentence.replace(/([）”》]) /g, '$1');

/** What a thing is called, and in brackets what of it is said beside. */
export const bracketed = (name: string, beside: string): string =>
	languages[getLocale()].script === 'cjk' ? `${name}（${beside}）` : `${name} (${beside})`;
