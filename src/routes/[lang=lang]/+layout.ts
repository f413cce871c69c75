import { baseLocale, isLocale, setLocale } from '$lib/i18n';
import type { LayoutLoad } from './$types';

/** The language is the first part of the address; messages follow it. */
export const load: LayoutLoad = ({ params }) => {
	const lang = isLocale(params.lang) ? params.lang : baseLocale;
	void setLocale(lang, { reload: false });
	return { lang };
};
