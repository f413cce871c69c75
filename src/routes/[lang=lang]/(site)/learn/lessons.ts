import type { Locale } from '$lib/i18n/languages';
import {
	compileLesson,
	frontMatter,
	type Compiled,
	type Source,
	type Texts
} from '$lib/lessons/compiler/compile';

/** Only for the server: pages get the compiled lesson as data, and none of what compiles it. */
const files = import.meta.glob<string>('/src/lib/lessons/*/*.md', {
	eager: true,
	query: '?raw',
	import: 'default'
});
const quantities = import.meta.glob<Texts>('./quantities/*.ts', { eager: true, import: 'default' });
const answers = import.meta.glob<Texts>('./answers/*.ts', { eager: true, import: 'default' });
const exercises = import.meta.glob<Source['exercises']>('./exercises/*.ts', {
	eager: true,
	import: 'default'
});

/** A lesson in the contents: chapters by their number, then the errata. */
export interface Entry {
	readonly slug: string;
	readonly number: number | null;
	readonly title: string;
	readonly lead: string;
}

interface File {
	readonly slug: string;
	readonly number: number | null;
	readonly text: string;
}

function filesOf(language: Locale): readonly File[] {
	return Object.entries(files)
		.flatMap(([path, text]) => {
			const [, of, number, slug] = /\/(\w+)\/(?:(\d+)-)?([\w-]+)\.md$/.exec(path) ?? [];
			if (of !== language || slug === undefined) return [];
			return [{ slug, number: number === undefined ? null : Number(number), text }];
		})
		.sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity));
}

const quantitiesOf = (slug: string): Texts => quantities[`./quantities/${slug}.ts`] ?? {};

/** Every lesson, in the order in which it is read. */
export function contents(language: Locale): readonly Entry[] {
	return filesOf(language).map(({ slug, number, text }) => {
		const quantity = (name: string) => quantitiesOf(slug)[name]!(language);
		const { title, lead } = frontMatter(text, { quantity });
		return { slug, number, title, lead };
	});
}

/** Slugs of the lessons that a language has. */
export function slugs(language: Locale): readonly string[] {
	return filesOf(language).map(({ slug }) => slug);
}

/** A lesson, compiled; `null` where there is none of this name. */
export function lessonOf(language: Locale, slug: string): Compiled | null {
	const file = filesOf(language).find((other) => other.slug === slug);
	if (!file) return null;
	return compileLesson({
		...file,
		language,
		quantities: quantitiesOf(slug),
		answers: answers[`./answers/${slug}.ts`] ?? {},
		exercises: exercises[`./exercises/${slug}.ts`] ?? {}
	});
}

/** Names of the quantities that are written down for a lesson. */
export function quantityNames(slug: string): readonly string[] {
	return Object.keys(quantitiesOf(slug));
}

/** What is written of a number of a lesson. */
export function quantityText(slug: string, name: string, language: Locale): string {
	return quantitiesOf(slug)[name]!(language);
}
