import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { baseLocale, locales, type Locale } from '../../../src/lib/i18n/languages';
import {
	contents,
	lessonOf,
	quantityNames,
	quantityText,
	slugs
} from '../../../src/routes/[lang=lang]/(site)/learn/lessons';

const others = locales.filter((language) => language !== baseLocale);
const filesOf = (language: string) => readdirSync(`src/lib/lessons/${language}`).sort();

it.each(others)('%s has the same lessons in the same order as the first language', (language) => {
	const numbers = (of: Locale) => contents(of).map(({ number }) => number);
	expect(filesOf(baseLocale).length).toBeGreaterThan(0);
	expect(filesOf(language)).toEqual(filesOf(baseLocale));
	expect(slugs(language)).toEqual(slugs(baseLocale));
	expect(numbers(language)).toEqual(numbers(baseLocale));
});

describe.each(others.flatMap((language) => slugs(baseLocale).map((slug) => ({ slug, language }))))(
	'lesson $slug in $language',
	({ slug, language }) => {
		const first = lessonOf(baseLocale, slug)!;
		const other = lessonOf(language, slug)!;
		const figures = ({ parts }: typeof first) =>
			parts.flatMap((part) =>
				part.kind === 'figure' ? [[part.name, part.id, part.of, part.search, part.controls].join(' ')] : []
			);
		const questions = ({ parts }: typeof first) =>
			parts.flatMap((part) => (part.kind === 'question' ? [`${part.name}, ${part.options.length}`] : []));

		it('has the same headings, figures, questions, phrases and links as in the first language', () => {
			expect(other.lesson.sections.map(({ anchor }) => anchor)).toEqual(
				first.lesson.sections.map(({ anchor }) => anchor)
			);
			expect(other.names).toEqual(first.names);
			expect(figures(other)).toEqual(figures(first));
			expect(questions(other)).toEqual(questions(first));
			// A sentence may be turned around in the other language.
			expect(other.phrases.map((phrase) => JSON.stringify(phrase)).sort()).toEqual(
				first.phrases.map((phrase) => JSON.stringify(phrase)).sort()
			);
			expect(other.pages.toSorted()).toEqual(first.pages.toSorted());
		});

		it('uses every quantity that is computed for it', () => {
			expect([...first.quantities].sort()).toEqual(quantityNames(slug).toSorted());
			expect([...other.quantities].sort()).toEqual(quantityNames(slug).toSorted());
		});
	}
);

/** What is written between braces is computed, and what belongs to a figure, a formula, a link or a name is no claim. */
function proseOf(text: string): string {
	return text
		.replace(/^---\n[^]*?\n---\n/, (front) => front.replace(/^title:.*$/m, ''))
		.replace(/^:::.*$/gm, '')
		.replace(/\$\$[^]*?\$\$|\$[^$\n]+\$/g, '')
		.replace(/\]\([^)]*\)/g, ']')
		.replace(/\{\{\w+\}\}/g, '')
		.replace(/\{#[\w-]+\}/g, '')
		.replace(/`[^`]*`/g, '');
}

/** Names of networks and papers, sections of papers, years and shapes hold digits that are no figures. */
const names =
	/arXiv[:\s]*\d{4}\.\d{4,5}|section \d\.\d|第 \d\.\d 节|(VGG|ResNet|ResNeXt|CIFAR|Inception|MobileNet|ShuffleNet)[-\s]?(v|V)?\d+(\.\d+)?|v\d+\.\d+|float\d+|int\d+|\d+(×\d+)+/g;

/** Figures that are quoted as such, where a quantity would say less. Keep it short. */
const allowed = new Set<string>([
	// The title of SqueezeNet's paper.
	'0.5MB',
	'0.5'
]);

describe.each(locales)('prose in %s', (language) => {
	it.each(filesOf(language))('%s types no figure that a quantity should give', (file) => {
		const text = proseOf(readFileSync(`src/lib/lessons/${language}/${file}`, 'utf8')).replace(names, '');
		const withUnit =
			/\d+(?:[.,]\d+)*\s*(?:%|‰|M\b|k\b|G\b|MB|kB|KB|GB|ms\b|毫秒|万|亿|倍|million|billion|thousand|MACs|FLOPs|percent|times\b)/g;
		const large = /(?<![\d.])\d{1,3}(,\d{3})+|(?<![\d.,])\d{4,}(?![\d,])|(?<![\d.])\d+\.\d+/g;
		const found = [...text.matchAll(withUnit), ...text.matchAll(large)]
			.map(([figure]) => figure.trim())
			.filter((figure) => !/^(19|20)\d\d$/.test(figure) && !allowed.has(figure));
		expect(found).toEqual([]);
	});
});

it('in Chinese, no blank stands between two of its characters, numbers with their units put in', () => {
	const folder = 'src/lib/lessons/zh';
	const faults = slugs('zh').flatMap((slug) => {
		const file = readdirSync(folder).find((name) => name.replace(/^\d+-/, '') === `${slug}.md`)!;
		const text = readFileSync(`${folder}/${file}`, 'utf8').replace(/\{\{(\w+)\}\}/g, (_, name: string) =>
			quantityText(slug, name, 'zh')
		);
		return [...text.matchAll(/.{0,20}[一-鿿）。，；：] (?=[一-鿿（）])[^|\n]{0,6}/g)].map(([found]) => found);
	});
	expect(faults).toEqual([]);
});
