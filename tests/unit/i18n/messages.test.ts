import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { backendNames } from '../../../src/lib/engine/backendNames';
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

it('every area of messages is listed in the settings', () => {
	expect(settings['plugin.inlang.messageFormat'].pathPattern.toSorted()).toEqual(
		areas.map((area) => `./${root}/${area}/{locale}.json`).sort()
	);
});

describe.each(areas)('messages of %s', (area) => {
	const en = read(area, 'en');
	const zh = read(area, 'zh');

	it('has the same keys in both languages, each with the prefix of its area', () => {
		expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
		expect(Object.keys(en).filter((key) => !key.startsWith(`${area}_`))).toEqual([]);
	});

	it('has the same holes in both languages and no empty text', () => {
		for (const [key, message] of Object.entries(en)) {
			for (const text of [...texts(message), ...texts(zh[key])]) expect(text.trim(), key).not.toBe('');
			expect(holes(zh[key]), key).toEqual(holes(message));
		}
	});
});

it('has words for every backend, in both messages and languages', () => {
	for (const language of ['en', 'zh'])
		for (const message of Object.values(read('backends', language))) {
			const cases = typeof message === 'string' ? [] : message.flatMap(({ match }) => Object.keys(match));
			const backends = cases.map((of) => /^backend=(\w+)/.exec(of)?.[1]).filter((of) => of !== undefined);
			expect([...new Set(backends)].sort()).toEqual(backendNames.toSorted());
		}
});
