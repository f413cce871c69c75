import { describe, expect, it } from 'vitest';
import { compileLesson } from '../../../src/lib/lessons/compiler/compile';

const figure = (name: string) => `:::figure ratio #${name}\nCaption.\n:::\n`;
const drive = (name: string) => `[words](#${name}?filters=3)`;

/** The passages of a lesson in short: heading, figure, and the kinds of their parts. */
function passages(body: string) {
	const { lesson } = compileLesson({
		...{ slug: 'test', number: 1, language: 'en', quantities: {} },
		exercises: {},
		answers: body.includes(':::question') ? { q: () => 'a' } : {},
		text: `---\ntitle: T\nlead: L\n---\n${body}`
	});
	return lesson.passages.map(({ heading, figure, parts }) => [
		/id="(\w+)"/.exec(heading)?.[1] ?? '',
		figure?.name ?? null,
		parts.map((part) => (part.kind === 'prose' ? (/id="(\w+)"/.exec(part.html)?.[1] ?? 'prose') : 'question'))
	]);
}

describe('passagesOf(drafts)', () => {
	it('puts a figure beside its whole section, wherever in it it is written', () => {
		expect(passages(`## A {#a}\n\nBefore\n\n${figure('f')}\nAfter\n\n## B {#b}\n\nWords`)).toEqual([
			['a', 'f', ['prose', 'prose']],
			['b', null, ['prose']]
		]);
	});

	it('puts the second figure of a section beside what follows it', () => {
		expect(passages(`## A {#a}\n\n${figure('f')}\nOne\n\n${figure('g')}\nTwo ${drive('g')}`)).toEqual([
			['a', 'f', ['prose']],
			['', 'g', ['prose']]
		]);
	});

	it('keeps a figure for later sections without one, up to the last that drives it', () => {
		const body = `## A {#a}\n\n${figure('f')}\n## B {#b}\n\nWords\n\n## C {#c}\n\n${drive('f')}\n\n## D {#d}\n\nEnd`;
		expect(passages(body)).toEqual([
			['a', 'f', ['b', 'prose', 'c', 'prose']],
			['d', null, ['prose']]
		]);
	});

	it('has questions among the words, and their phrases drive the figure too', () => {
		const question = `:::question q\nHow?\n\n- a\n- b\n\n---\n\n${drive('f')}\n:::\n`;
		expect(passages(`## A {#a}\n\n${figure('f')}\n## B {#b}\n\n${question}`)).toEqual([
			['a', 'f', ['b', 'question']]
		]);
	});
});
