export { m } from './generated/messages.js';
export { baseLocale, getLocale, isLocale, locales, setLocale, type Locale } from './generated/runtime.js';
