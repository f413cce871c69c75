import { error } from '@sveltejs/kit';
import { isLocale } from '$lib/i18n';
import { contents } from './lessons';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params: { lang } }) => {
	if (!isLocale(lang)) error(404);
	return { entries: contents(lang) };
};
