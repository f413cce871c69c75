import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { locales } from '../../../../src/lib/i18n/languages';
import { minutesOf } from '../../../../src/routes/[lang=lang]/(site)/learn/quantities/teachers';
import { lessonOf } from '../../../../src/routes/[lang=lang]/(site)/learn/lessons';

describe('minutesOf(text, language)', () => {
	it('counts words or characters, and two minutes for each figure and question', () => {
		expect(minutesOf(`---\ntitle: T\nlead: L\n---\n${'word '.repeat(400)}`, 'en')).toBe(2);
		expect(minutesOf('字'.repeat(640), 'zh')).toBe(2);
		expect(minutesOf(':::figure ratio #x\n:::\n\n:::number y\n:::', 'en')).toBe(4);
	});
});

describe.each(locales)('the lesson for teachers in %s', (language) => {
	const text = readFileSync(`src/lib/lessons/${language}/teachers.md`, 'utf8');

	it('has six figures and forty-five minutes', () => {
		const minutes = [...text.matchAll(/^\d\. \*\*.*?\*\*[ ]?[(（](\d+)/gm)].map(([, of]) => Number(of));
		expect(minutes).toHaveLength(6);
		expect(minutes.reduce((sum, of) => sum + of, 0)).toBe(45);
	});

	it('opens figures that are there', () => {
		const links = [...text.matchAll(/\/learn\/([\w-]+)\?screen=([\w-]+)/g)];
		expect(links.length).toBeGreaterThanOrEqual(6);
		for (const [, slug, figure] of links)
			expect(
				lessonOf(language, slug!)!.parts.some((part) => part.kind === 'figure' && part.name === figure)
			).toBe(true);
	});
});
