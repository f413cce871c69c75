import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { backendNames } from '../../../src/lib/engine/backendNames';
import { baseLocale, locales } from '../../../src/lib/i18n/languages';
import { formats } from '../../../src/lib/formats';
import settings from '../../../project.inlang/settings.json';

const root = 'src/lib/i18n/messages';
const read = (area: string, language: string) =>
	JSON.parse(readFileSync(`${root}/${area}/${language}.json`, 'utf8')) as Record<string, Message>;

/** A text, or texts by case (`n=one`, `n=other`), which English needs and Chinese does not. */
type Message = string | readonly { readonly match: Readonly<Record<string, string>> }[];
const texts = (message: Message = '') =>
	typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match));
const holes = (message: Message | undefined) =>
	[
		...new Set(texts(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([hole]) => hole)))
	].sort();

const areas = readdirSync(root);

it('the table of languages begins with the one that stands in for all others', () => {
	expect(locales).toEqual(settings.locales);
	expect(baseLocale).toBe(settings.baseLocale);
	expect(locales[0]).toBe(baseLocale);
});

it('every area of messages is listed in the settings', () => {
	expect(settings['plugin.inlang.messageFormat'].pathPattern.toSorted()).toEqual(
		areas.map((area) => `./${root}/${area}/{locale}.json`).sort()
	);
});

describe.each(areas)('messages of %s', (area) => {
	const first = read(area, baseLocale);

	it('have the prefix of their area', () => {
		expect(Object.keys(first).filter((key) => !key.startsWith(`${area}_`))).toEqual([]);
	});

	it.each(locales)('have in %s the keys and holes of the first language, and no empty text', (language) => {
		const messages = read(area, language);
		expect(Object.keys(messages).sort()).toEqual(Object.keys(first).sort());
		for (const [key, message] of Object.entries(messages)) {
			for (const text of texts(message)) expect(text.trim(), key).not.toBe('');
			expect(holes(message), key).toEqual(holes(first[key]));
		}
	});
});

it('has words for every backend, in both messages and every language', () => {
	for (const language of locales)
		for (const message of Object.values(read('backends', language))) {
			const cases = typeof message === 'string' ? [] : message.flatMap(({ match }) => Object.keys(match));
			const backends = cases.map((of) => /^backend=(\w+)/.exec(of)?.[1]).filter((of) => of !== undefined);
			expect([...new Set(backends)].sort()).toEqual(backendNames.toSorted());
		}
});

/** Weights alone, and the site's own graphs, which are not called by its name. */
const notNamed = ['safetensors', 'Lightnets'];

it.each(locales)('names in %s every format of networks where files are dropped', (language) => {
	const [text = ''] = texts(read('formats', language)['formats_drop_kinds']);
	const missing = formats.filter(({ name }) => !notNamed.includes(name) && !text.includes(name));
	expect(missing.map(({ name }) => name)).toEqual([]);
});
