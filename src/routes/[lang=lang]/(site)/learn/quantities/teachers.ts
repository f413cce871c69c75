import { languages, type Locale } from '$lib/i18n/languages';
import type { Texts } from '$lib/lessons/compiler/compile';

const files = import.meta.glob<string>('/src/lib/lessons/*/*.md', {
	eager: true,
	query: '?raw',
	import: 'default'
});

/** Words, or Chinese characters, that are read in a minute where one follows an argument. */
const pace = { latin: 200, cjk: 320 } as const;
/** Minutes for a figure, and for a question. */
const each = 2;

/** Minutes that a chapter takes: its words, figures and questions. */
export function minutesOf(text: string, language: Locale): number {
	const { script } = languages[language];
	const blocks = text.match(/^:::(figure|question|number)\b/gm)?.length ?? 0;
	const prose = text
		.replace(/^---\n[^]*?\n---\n/, '')
		.replace(/^:::.*$/gm, '')
		.replace(/\]\([^)]*\)/g, ']')
		.replace(/\{#[\w-]+\}/g, '');
	const words =
		prose.match(script === 'latin' ? /[\p{L}\d][\p{L}\d.,’'×-]*/gu : /\p{Script=Han}/gu)?.length ?? 0;
	return Math.round(words / pace[script] + each * blocks);
}

function chapterMinutes(language: Locale): readonly number[] {
	return Object.entries(files)
		.flatMap(([path, text]) => {
			const [, of, number] = /\/(\w+)\/(\d+)-[\w-]+\.md$/.exec(path) ?? [];
			return of === language ? [{ number: Number(number), text }] : [];
		})
		.sort((a, b) => a.number - b.number)
		.map(({ text }) => minutesOf(text, language));
}

const time = (chapter: number) => (language: Locale) => String(chapterMinutes(language)[chapter]!);

export default {
	pace: (language) => ({ en: `${pace.latin} words a minute`, zh: `每分钟 ${pace.cjk} 字` })[language],
	time0: time(0),
	time1: time(1),
	time2: time(2),
	time3: time(3),
	time4: time(4),
	time5: time(5),
	time6: time(6),
	time7: time(7),
	allTimes: (language) => String(chapterMinutes(language).reduce((sum, minutes) => sum + minutes, 0))
} satisfies Texts;
