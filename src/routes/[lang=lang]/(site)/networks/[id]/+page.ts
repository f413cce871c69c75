import { error } from '@sveltejs/kit';
import { locales } from '$lib/i18n';
import { isNetworkId, loaders } from '../loaders';
import type { EntryGenerator, PageLoad } from './$types';

export const entries: EntryGenerator = () =>
	locales.flatMap((lang) => Object.keys(loaders).map((id) => ({ lang, id })));

export const load: PageLoad = async ({ params: { id }, data }) => {
	if (!isNetworkId(id)) error(404);
	return { ...data, id, info: await loaders[id]() };
};
