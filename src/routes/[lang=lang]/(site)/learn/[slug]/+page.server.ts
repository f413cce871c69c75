import { error } from '@sveltejs/kit';
import { isLocale, locales, useLocale } from '$lib/i18n';
import type { AboutFigure } from '$lib/viz/lessonFigure';
import { contents, lessonOf, slugs } from '../lessons';
import { loadFigure } from '../figureFiles';
import type { FigureState, PlacedFigure } from '$lib/lessons/compiler/lesson';
import type { EntryGenerator, PageServerLoad } from './$types';

export const entries: EntryGenerator = () =>
	locales.flatMap((lang) => slugs(lang).map((slug) => ({ lang, slug })));

/** Compiles the lesson when its page is prerendered, and fails where a figure would not take what the lesson says of it. */
export const load: PageServerLoad = async ({ params: { lang, slug } }) => {
	if (!isLocale(lang)) error(404);
	useLocale(lang);
	const compiled = lessonOf(lang, slug);
	if (!compiled) error(404);
	const { lesson, parts, phrases } = compiled;
	const about: Record<string, AboutFigure> = {};
	for (const part of parts) {
		if (part.kind !== 'figure') continue;
		const figure = await loadFigure(part.id);
		const controls = await figure.controls(part.of);
		checkControls(part, controls, `${lang}/${slug}.md`);
		about[part.name] = {
			height: figure.height,
			hasMore: part.controls !== null && controls.length > part.controls.length
		};
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
		about,
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

/** A text shows the one or two controls that its argument needs. */
function checkControls({ name, controls }: PlacedFigure, all: readonly string[], where: string): void {
	const shown = controls ?? all;
	const unknown = shown.find((control) => !all.includes(control));
	if (unknown !== undefined)
		throw new Error(`${where}: #${name} has no control ${unknown}; it has ${all.join(', ')}`);
	if (shown.length > 2)
		throw new Error(
			`${where}: #${name} shows ${shown.length} controls; name one or two of ${all.join(', ')}`
		);
}
