import { type Locale, setLocale } from './generated/runtime.js';

export { m } from './generated/messages.js';
export { baseLocale, getLocale, isLocale, locales, type Locale } from './generated/runtime.js';

/** Sets the language of the page. Built messages go by the global variable (see `tools/languages.js`), others by Paraglide. */
export function useLocale(locale: Locale): void {
	Object.assign(globalThis, { lightnetsLocale: locale });
	void setLocale(locale, { reload: false });
}
