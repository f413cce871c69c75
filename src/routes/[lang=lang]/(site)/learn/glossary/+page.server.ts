import { error } from '@sveltejs/kit';
import { isLocale, locales, useLocale } from '$lib/i18n';
import { glossary, type GlossaryGroup } from '$lib/lessons/glossary';
import { contents, lessonOf } from '../lessons';
import type { PageServerLoad } from './$types';

/** The glossary as its page shows it, with the chapters that use each term. */
export const load: PageServerLoad = ({ params: { lang } }) => {
	if (!isLocale(lang)) error(404);
	useLocale(lang);
	const lessons = contents(lang).map(({ slug, number, title }) => ({
		...{ slug, number, title },
		terms: lessonOf(lang, slug)!.terms
	}));
	const groups = (Object.keys(glossary) as GlossaryGroup[]).map((group) => ({
		group,
		terms: Object.entries(glossary[group]).map(([id, { shown, words }]) => ({
			...{ id, shown },
			...{ term: words[lang].term, says: words[lang].says, elsewhere: words[lang].elsewhere ?? [] },
			others: locales.filter((other) => other !== lang).map((of) => ({ of, term: words[of].term })),
			used: lessons
				.filter(({ terms }) => terms.has(id))
				.map(({ slug, number, title }) => ({ slug, number, title }))
		}))
	}));
	return { groups };
};
