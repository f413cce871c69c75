import { baseLocale, isLocale } from '$lib/i18n';
import { catalogue } from '$lib/viz/figures/compare/catalogue';
import { techniques } from '$lib/viz/figures/compare/techniques';
import type { PageServerLoad } from './$types';

/** Counts all networks of the chart when the page is prerendered: sixty graphs are too many to build while somebody waits. */
export const load: PageServerLoad = ({ params }) => {
	const locale = isLocale(params.lang) ? params.lang : baseLocale;
	return { ...catalogue(locale), techniques: techniques(locale) };
};
