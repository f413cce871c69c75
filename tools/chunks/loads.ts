import { group } from 'd3-array';
import { reachedFrom, type Load, type Part } from './groups.ts';
import type { Module } from './links.ts';

/** Minified and compressed, code is about so large. */
const shrinks = 0.2;
/** What comes late is seen by some of those who open the page; see docs/adr/0021-files-hold-what-pages-load.md for what was measured. */
const late = 1 / 20;

/**
 * The loads of a site: each page, with what every page has, and each of a page's late parts, with what that page does not have yet.
 *
 * @param entries The modules that pages begin with; those that come with every page are told by {@link isEverywhere}.
 * @param holdsVersion Whether a module is another with every version. So is what needs it, by the name of its file.
 */
export function findLoads(
	modules: ReadonlyMap<string, Module>,
	entries: readonly string[],
	holdsVersion: (id: string) => boolean
): { readonly parts: readonly Part[]; readonly loads: readonly Load[] } {
	const asked = new Set([...entries, ...[...modules.values()].flatMap(({ later }) => later)]);
	const needs = new Map([...asked].map((id) => [id, neededBy(id, modules)]));
	const everywhere = entries.filter(isEverywhere).flatMap((id) => [...needs.get(id)!]);

	const loads: Load[] = [];
	const loadsOf = new Map([...modules.keys()].map((id) => [id, [] as number[]]));
	const add = (ids: Iterable<string>, load: Load) => {
		for (const id of ids) loadsOf.get(id)?.push(loads.length);
		loads.push(load);
	};
	for (const entry of entries) {
		const page = new Set([...everywhere, ...needs.get(entry)!]);
		const after = loads.length;
		add(page, { weight: 1 });
		for (const part of partsOf(page, modules, needs, entries)) {
			add(
				[...needs.get(part)!].filter((id) => !page.has(id)),
				{ weight: late, after }
			);
		}
	}
	const users = group(
		[...modules].flatMap(([id, { uses }]) => [...uses].map((used) => ({ id, used }))),
		({ used }) => used
	);
	const isNew = reachedFrom([...modules.keys()].filter(holdsVersion), (id) =>
		(users.get(id) ?? []).map((user) => user.id)
	);
	const parts = [...modules].map(([id, { size, uses }]) => ({
		...{ id, size: size * shrinks, loads: loadsOf.get(id)!, uses: [...uses], isNew: isNew.has(id) },
		// What is asked for by itself has a file of its own, and what one load alone needs goes into that.
		isFree: !asked.has(id) && loadsOf.get(id)!.length > 1
	}));
	return { parts, loads };
}

/** The kit's own entries and the layout of all pages. */
function isEverywhere(entry: string): boolean {
	return !/\/nodes\/[1-9]\d*\.js$/.test(entry);
}

function neededBy(id: string, modules: ReadonlyMap<string, Module>): ReadonlySet<string> {
	return reachedFrom([id, ...(modules.get(id)?.offers ?? [])], (needed) => modules.get(needed)?.uses ?? []);
}

/** What a page asks for later, and what that asks for, but no other page. */
function partsOf(
	page: ReadonlySet<string>,
	modules: ReadonlyMap<string, Module>,
	needs: ReadonlyMap<string, ReadonlySet<string>>,
	entries: readonly string[]
): ReadonlySet<string> {
	const askedBy = (ids: ReadonlySet<string>) =>
		[...ids].flatMap((id) => modules.get(id)?.later ?? []).filter((part) => !entries.includes(part));
	return reachedFrom(askedBy(page), (part) => askedBy(needs.get(part)!));
}
