import { overwriteGetLocale } from './generated/runtime.js';
import type { Locale } from './languages';

export { m } from './generated/messages.js';
export { getLocale } from './generated/runtime.js';
export { baseLocale, isLocale, languages, locales } from './languages';
export type { Locale } from './languages';

/** Sets the language of the page, before anything of it is written. */
export function useLocale(locale: Locale): void {
	overwriteGetLocale(() => locale);
}
