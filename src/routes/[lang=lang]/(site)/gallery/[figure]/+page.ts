import { error } from '@sveltejs/kit';
import { locales } from '$lib/i18n';
import { figures, loadStory } from '../stories';
import type { EntryGenerator, PageLoad } from './$types';

export const entries: EntryGenerator = () =>
	locales.flatMap((lang) => figures.map((figure) => ({ lang, figure })));

export const load: PageLoad = async ({ params: { figure } }) => {
	const story = await loadStory(figure);
	if (!story) error(404);
	return { figure, story };
};
