import { json } from '@sveltejs/kit';
import { isLocale, locales } from '$lib/i18n';
import { techniques } from '$lib/viz/figures/compare/techniques';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

/** No link leads here, so prerendering is told of it. */
export const entries: EntryGenerator = () => locales.map((lang) => ({ lang }));

/** The table of techniques, counted when the site is built, for lessons that show it. */
export const GET: RequestHandler = ({ params: { lang } }) =>
	isLocale(lang) ? json(techniques(lang)) : new Response(null, { status: 404 });
