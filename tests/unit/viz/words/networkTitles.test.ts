import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { networkById, networkIds } from '$lib/nets';
import { titleOf } from '$lib/viz/words/networkTitles';

it('titleOf(network) is in the reader’s language where a title is made of words, and else the same in all', () => {
	const isWorded = (title: string) => / [a-z]{2}/.test(title);
	expect(networkIds.filter((id) => isWorded(networkById(id).title))).not.toEqual([]);
	for (const id of networkIds) {
		const network = networkById(id);
		if (isWorded(network.title)) expect(titleOf(network, 'zh')).toMatch(/\p{Script=Han}/u);
		else for (const language of ['en', 'zh'] as const) expect(titleOf(network, language)).toBe(network.title);
	}
});

it('no page or figure shows a title past titleOf(network)', () => {
	const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
		.map((file) => `src/${file.replaceAll('\\', '/')}`)
		.filter((file) => /\.(ts|svelte)$/.test(file) && !/^src\/lib\/(nets|i18n\/generated)\//.test(file));
	expect(files.length).toBeGreaterThan(0);
	const past = /networkById\([^()]*\)\.title\b|\{[^{}]*\btitle\b[^{}]*\} = networkById\(/;
	expect(files.filter((file) => past.test(readFileSync(file, 'utf8')))).toEqual([]);
});
