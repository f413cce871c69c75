export { m } from './generated/messages.js';

export const locales = ['en', 'zh'] as const;
export type Locale = (typeof locales)[number];
/** What a page without a language is in. */
export const baseLocale: Locale = 'en';

/** Messages go by a global variable, so that `tools/languages.js` can settle it for all pages of a language. */
const present = globalThis as { lightnetsLocale?: Locale };

export const isLocale = (text: unknown): text is Locale => locales.some((locale) => locale === text);
export const getLocale = (): Locale => present.lightnetsLocale ?? baseLocale;

/** Sets the language of the page, before anything of it is written. */
export function useLocale(locale: Locale): void {
	present.lightnetsLocale = locale;
}
