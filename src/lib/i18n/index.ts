import { overwriteGetLocale } from './generated/runtime.js';

export { m } from './generated/messages.js';
export { getLocale } from './generated/runtime.js';

export const locales = ['en', 'zh'] as const;
export type Locale = (typeof locales)[number];
/** What a page without a language is in. */
export const baseLocale: Locale = 'en';

export const isLocale = (text: unknown): text is Locale => locales.some((locale) => locale === text);

/** Sets the language of the page, before anything of it is written. */
export function useLocale(locale: Locale): void {
	overwriteGetLocale(() => locale);
}
