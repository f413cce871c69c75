import { baseLocale, isLocale, useLocale } from '$lib/i18n';
import type { LayoutLoad } from './$types';

/** The language is the first part of the address; messages follow it. */
export const load: LayoutLoad = ({ params }) => {
	const lang = isLocale(params.lang) ? params.lang : baseLocale;
	useLocale(lang);
	return { lang };
};
