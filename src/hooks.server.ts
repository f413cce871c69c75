import type { Handle } from '@sveltejs/kit';
import { baseLocale } from '$lib/i18n';

/** Puts the page's language into `<html lang>`. */
export const handle: Handle = ({ event, resolve }) =>
	resolve(event, {
		transformPageChunk: ({ html }) => html.replace('%lang%', htmlLang(event.params.lang ?? baseLocale))
	});

const htmlLang = (lang: string) => (lang === 'zh' ? 'zh-Hans' : lang);
