import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeGraph } from '$lib/viz/address/graphText';
import { benchFields } from '$lib/viz/figures/bench/spec';
import { lessonOf, slugs } from '../../src/routes/[lang=lang]/(site)/learn/lessons';
import { pageAt } from './addresses/pages';

/**
 * Addresses that are in people's notes, slides and links, one for each page and each field, and what they open: a change of
 * the code must not change it. `UPDATE_GOLDEN=1` records what they open now; look at each before you commit it.
 */
interface Row {
	readonly address: string;
	/** What differs from the page without a search; `null` where something is not there that is there then. */
	readonly opens?: Readonly<Record<string, unknown>>;
	/** The search that the page then writes. */
	readonly again?: string;
	/** What is said to mean nothing, sorted. */
	readonly ignored?: readonly string[];
}

/** Pages that take no search. */
const pages = [
	...['/learn', '/learn/glossary', '/networks', '/networks/two', '/gallery', '/gallery/ratio'],
	...['/offline', '/privacy', '/licences']
];

const folder = 'tests/golden/addresses';
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const rowsOf = (file: string) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as readonly Row[];

/** A chapter's questions that ask for a number, or its figures. */
const namesOf = (chapter: string, kind: 'number' | 'figure') =>
	lessonOf('en', chapter)!.parts.flatMap((part) => (part.kind === kind ? [part.name] : []));

function rowOf(address: string): Row {
	const [path = '', search] = address.split(/(?=\?)/, 2);
	const open = pageAt(path, namesOf);
	const { value, again, ignored } = open(search ?? '');
	const usual = flat(open('').value);
	const now = flat(value);
	const names = [...new Set([...Object.keys(usual), ...Object.keys(now)])];
	const opens = Object.fromEntries(
		names
			.filter((name) => JSON.stringify(usual[name]) !== JSON.stringify(now[name]))
			.map((name) => [name, now[name] ?? null])
	);
	// The page's own search opens the same.
	expect(open(again)).toEqual({ value, again, ignored: [] });
	return { address, opens, again, ignored: ignored.toSorted() };
}

/** `{ knobs: { alpha: 1 } }` as `{ 'knobs.alpha': 1 }`. */
function flat(value: unknown, path = ''): Record<string, unknown> {
	if (value === null || typeof value !== 'object' || Array.isArray(value)) return { [path]: value };
	return Object.assign(
		{},
		...Object.entries(value).map(([name, part]) =>
			flat(part, (path && `${path}.${name}`.replace(/^\./, '')) || name)
		)
	) as Record<string, unknown>;
}

if (process.env.UPDATE_GOLDEN) {
	for (const file of files) {
		const rows = rowsOf(file).map(({ address }) => JSON.stringify(rowOf(address)));
		writeFileSync(`${folder}/${file}`, `[\n${rows.join(',\n')}\n]\n`);
	}
}

describe.each(files)('%s', (file) => {
	it.each(rowsOf(file).map((row) => [row.address, row] as const))('%s', (address, row) => {
		expect(rowOf(address)).toEqual(row);
	});
});

it('has the address of every figure and phrase of the lessons', () => {
	const known = new Set(rowsOf('lessons.json').map(({ address }) => address));
	const placed = slugs('en').flatMap((slug) => {
		const { parts, phrases } = lessonOf('en', slug)!;
		const figures = parts.filter((part) => part.kind === 'figure');
		return [...figures, ...phrases].map(({ id, of, search }) => `figure:${id}${of && `/${of}`}${search}`);
	});
	expect(placed.filter((address) => !known.has(address))).toEqual([]);
});

it('has each field of the bench, with another value than at first', () => {
	const said = new Set(rowsOf('bench.json').flatMap(({ opens }) => Object.keys(opens ?? {})));
	const isSaid = (field: string) => [...said].some((name) => name.split('.')[0] === field);
	expect(Object.keys(benchFields).filter((field) => !isSaid(field))).toEqual([]);
});

it('has every page of today, and each is there', () => {
	const routes = readdirSync('src/routes', { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('+page.svelte'))
		.map((file) => `/${file}`.replace(/\/\[lang=lang\]|\/\(site\)|\/\+page\.svelte$/g, '') || '/');
	const leads = (route: string, path: string) =>
		new RegExp(`^${route.replace(/\[\w+\]/g, '[^/]+')}$`).test(path);
	const isThere = (path: string) => routes.some((route) => leads(route, path));
	const known = files.flatMap(rowsOf).map(({ address }) => address.split('?')[0]!);
	const all = [...pages, ...known.filter((path) => path.startsWith('/'))];
	expect(all.filter((path) => !isThere(path))).toEqual([]);
	// A route with a name in its place is known by that name too: the own network, the worksheet.
	const exact = (route: string) =>
		route.includes('[') ? all.some((path) => leads(route, path)) : all.includes(route);
	expect(routes.filter((route) => !exact(route))).toEqual([]);
});

/** What follows `#graph=` in the addresses of the reader's own graph, as it is and compressed. */
it.each([
	['teyJuYW1lIjoiYSJ9', '{"name":"a"}'],
	['dq1bKS8xNVbJSSlTSUcrMKygtKVayio7VUcrLT0kFM2sB', '{"name":"a","inputs":[],"nodes":[]}'],
	['dAAAA', null],
	['x', null],
	['t****', null]
])('#graph=%s holds %s', async (code, text) => expect(await decodeGraph(code)).toBe(text));
