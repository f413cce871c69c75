import { building } from '$app/environment';
import { baseLocale } from '$lib/i18n';
import type { Handle } from '@sveltejs/kit';

/** Puts the page's language into `<html lang>`, and names its address with a slash, which makes prerendering write that too. */
export const handle: Handle = ({ event, resolve }) =>
	resolve(event, {
		transformPageChunk: ({ html }) =>
			html
				.replace('%lang%', htmlLang(event.params.lang ?? baseLocale))
				.replace('%alternate%', building && event.params.lang ? alternate(event.url.pathname) : '')
	});

const htmlLang = (lang: string) => (lang === 'zh' ? 'zh-Hans' : lang);

/** The same page for hosts that look for it in a folder of its name, as all do for an address that ends with a slash. */
const alternate = (path: string) =>
	path.endsWith('/') ? '' : `<link rel="alternate" href="${path.slice(path.lastIndexOf('/') + 1)}/" />`;
