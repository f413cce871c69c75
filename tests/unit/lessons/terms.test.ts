import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languages, locales } from '../../../src/lib/i18n/languages';
import { glossary, terms } from '../../../src/lib/lessons/glossary';
import { termFinder } from '../../../src/lib/lessons/compiler/terms';
import { lessonOf, slugs } from '../../../src/routes/[lang=lang]/(site)/learn/lessons';

const messages = 'src/lib/i18n/messages';
const textsOf = (language: string) => [
	...readdirSync(`src/lib/lessons/${language}`).map((file) => `src/lib/lessons/${language}/${file}`),
	...readdirSync(messages).map((area) => `${messages}/${area}/${language}.json`)
];

describe('termFinder(words)', () => {
	const finder = termFinder([
		['depthwise', { term: 'depthwise convolution', also: ['depthwise'], says: '' }],
		['convolution', { term: 'convolution', says: '' }],
		['mac', { term: 'MAC', says: '' }],
		['通道', { term: '通道', says: '' }],
		['混洗', { term: '通道混洗', says: '' }]
	]);
	const found = (text: string) => finder.find(text).map(({ id, start, end }) => [id, text.slice(start, end)]);

	it('finds the longest term that begins at a place, in the plural too', () => {
		expect(found('Depthwise convolutions, depthwise, a convolution, MACs.')).toEqual([
			['depthwise', 'Depthwise convolutions'],
			['depthwise', 'depthwise'],
			['convolution', 'convolution'],
			['mac', 'MACs']
		]);
		expect(found('通道混洗之后的通道')).toEqual([
			['混洗', '通道混洗'],
			['通道', '通道']
		]);
	});

	it('finds none within another word', () => {
		expect(found('deconvolution, machine, convolutional, pre-convolution')).toEqual([]);
	});
});

describe('the glossary', () => {
	it('has each term in one group, and each form once in a language', () => {
		expect(Object.values(glossary).flatMap((group) => Object.keys(group))).toEqual(Object.keys(terms));
		for (const language of locales) {
			const forms = Object.values(terms).flatMap(({ words }) => [
				words[language].term,
				...(words[language].also ?? [])
			]);
			expect(forms.filter((form, i) => forms.indexOf(form) !== i)).toEqual([]);
		}
	});

	it.each(locales)('says what each term is in one sentence, in %s', (language) => {
		const end = languages[language].script === 'cjk' ? '。' : '.';
		for (const { words } of Object.values(terms)) {
			const { says } = words[language];
			expect(says.endsWith(end), says).toBe(true);
			expect(says.split(end), says).toHaveLength(2);
			expect(says, says).not.toContain('{');
		}
	});

	it.each(locales)('has no term that no chapter uses, in %s', (language) => {
		const used = new Set(slugs(language).flatMap((slug) => [...lessonOf(language, slug)!.terms]));
		expect(Object.keys(terms).filter((id) => !used.has(id))).toEqual([]);
	});
});

/** What the site's own things are called in Chinese, and not called. */
const own: readonly (readonly [term: string, never: RegExp])[] = [
	['运算台', /实验台|操作台/],
	['试验场', /演练场/],
	['组数', /分组数/],
	['首层', /起始层/],
	['平移', /偏移/],
	['量化尺度', /缩放因子|量化步长|整数[^，。；]{0,8}和比例/],
	// What is made less is said as a fraction: a thing is not “8 times less”.
	[
		'几分之一',
		/(?<![至最多])(?:节省|省|减少|少|降低|便宜)(?:了|到|约|大约)? ?(?:[\d.]|\{|几|多少|[一二两三四五六七八九十百])[^，。；：“]{0,24}倍/
	],
	['我们没有找到', /已知的\S{0,4}[数法]法?都|没有已知/]
];

describe.each(locales)('texts in %s', (language) => {
	const never = [
		...Object.values(terms).flatMap(({ words }) => {
			const { term, never } = words[language];
			return never ? [[term, never] as const] : [];
		}),
		...(language === 'zh' ? own : [])
	];
	const texts = textsOf(language);

	it.each(never.length > 0 ? never : [['nothing', /(?!)/] as const])('call %s nothing else', (_, others) => {
		const found = texts.flatMap((file) =>
			readFileSync(file, 'utf8')
				.split('\n')
				.flatMap((line, i) => (others.test(line) ? [`${file}:${i + 1}: ${others.exec(line)![0]}`] : []))
		);
		expect(found).toEqual([]);
	});
});

it('marks the first use of a term in a section, and none in headings, tables, links and what is bold', () => {
	for (const language of locales) {
		for (const slug of slugs(language)) {
			const { lesson } = lessonOf(language, slug)!;
			for (const { parts, heading } of lesson.passages) {
				expect(heading).not.toContain('data-term');
				for (const part of parts) {
					if (part.kind !== 'prose') expect(JSON.stringify(part)).not.toContain('data-term');
					else
						for (const [table] of part.html.matchAll(/<table>[^]*?<\/table>/g))
							expect(table).not.toContain('data-term');
				}
			}
		}
	}
});

/** A bypass is SqueezeNet's word for its shortcuts. */
it('旁路 is said of SqueezeNet alone', () => {
	const found = textsOf('zh')
		.filter((file) => /lessons/.test(file) && !/squeezenet/.test(file))
		.flatMap((file) => readFileSync(file, 'utf8').split('\n'))
		.filter((line) => line.includes('旁路') && !line.includes('SqueezeNet'));
	expect(found).toEqual([]);
});
