import { error } from '@sveltejs/kit';
import { isLocale, locales, useLocale } from '$lib/i18n';
import type { Heights } from '$lib/viz/lessonFigure';
import { contents, lessonOf, slugs } from '../lessons';
import { loadFigure } from '../figureFiles';
import type { FigureState } from '$lib/lessons/compiler/lesson';
import type { EntryGenerator, PageServerLoad } from './$types';

export const entries: EntryGenerator = () =>
	locales.flatMap((lang) => slugs(lang).map((slug) => ({ lang, slug })));

/** Compiles the lesson when its page is prerendered, and fails where a figure would not take what the lesson says of it. */
export const load: PageServerLoad = async ({ params: { lang, slug } }) => {
	if (!isLocale(lang)) error(404);
	useLocale(lang);
	const compiled = lessonOf(lang, slug);
	if (!compiled) error(404);
	const { lesson, phrases } = compiled;
	const heights: Record<string, Heights> = {};
	for (const part of lesson.parts) {
		if (part.kind !== 'figure') continue;
		heights[part.id] = (await loadFigure(part.id)).height;
		await checkState(part, `${lang}/${slug}.md`);
	}
	for (const phrase of phrases) await checkState(phrase, `${lang}/${slug}.md`);

	const all = contents(lang);
	const here = all.findIndex((entry) => entry.slug === slug);
	const chapters = all.filter(({ number }) => number !== null);
	// What is no chapter stands beside the way, so nothing comes before or after it.
	const isChapter = lesson.number !== null;
	return {
		lesson,
		heights,
		previous: (isChapter && chapters[here - 1]) || null,
		next: (isChapter && chapters[here + 1]) || null
	};
};

async function checkState({ id, of, search }: FigureState, where: string): Promise<void> {
	const figure = await loadFigure(id);
	const ignored = await figure.ignored(search, of);
	const written = `${id}${of && `/${of}`}${search}`;
	if (ignored.length > 0)
		throw new Error(`${where}: ${written} has parts that mean nothing: ${ignored.join(', ')}`);
}
