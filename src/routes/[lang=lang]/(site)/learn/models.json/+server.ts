import { json } from '@sveltejs/kit';
import { isLocale, locales } from '$lib/i18n';
import { catalogue } from '$lib/viz/figures/compare/catalogue';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

/** No link leads here, so prerendering is told of it. */
export const entries: EntryGenerator = () => locales.map((lang) => ({ lang }));

/** The models of the chart, counted when the site is built, for lessons that show it. */
export const GET: RequestHandler = ({ params: { lang } }) =>
	isLocale(lang) ? json(catalogue(lang)) : new Response(null, { status: 404 });
