import { error } from '@sveltejs/kit';
import { isLocale, useLocale } from '$lib/i18n';
import { siteMark, type NumberQuestion } from '$lib/lessons/compiler/lesson';
import { contents, lessonOf } from '../lessons';
import type { PageServerLoad } from './$types';

/** The questions of every chapter that ask for a number. */
export const load: PageServerLoad = ({ params: { lang } }) => {
	if (!isLocale(lang)) error(404);
	useLocale(lang);
	const chapters = contents(lang).flatMap(({ slug, number, title }) => {
		if (number === null) return [];
		// What leads to a figure of the chapter leads there from a sheet, too.
		const html = (text: string) =>
			text
				.replaceAll(/ (class="phrase"|data-(figure|state)="[^"]*")/g, '')
				// A sentence that is nothing but a way to a figure says nothing on paper.
				.replaceAll(/(?<=[.。] ?)<a [^>]*>[^<]*<\/a>[.。]/g, '<span class="way">$&</span>')
				.replaceAll('href="#', `href="${siteMark}/learn/${slug}#`);
		const questions = lessonOf(lang, slug)!
			.parts.filter((part): part is NumberQuestion => part.kind === 'number')
			.map(({ name, prompt, reveal, first }) => ({
				name,
				prompt: html(prompt),
				reveal: html(reveal),
				first
			}));
		return questions.length === 0 ? [] : [{ slug, number, title, questions }];
	});
	return { chapters };
};
