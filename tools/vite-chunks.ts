import type { Plugin, Rolldown } from 'vite';

type Graph = Pick<Rolldown.PluginContext, 'getModuleInfo'>;

/** SvelteKit's pages and layouts, as it imports them. */
const node = /client-optimized\/nodes\/(\d+)\.js$/;
/** Whole features of Svelte that nothing else of it needs. They only define things. */
export const svelteParts =
	/\/svelte\/src\/internal\/client\/dom\/(?:blocks|elements\/bindings)\/(await|html|input|select)\.js$/;
/** The layout and the error page of all pages: what they begin with is on every page, however many others name it too. */
const everywhere = ['0', '1'];
const messages = /\/i18n\/generated\/messages\/(\w+)\.js$/;

/**
 * Puts modules that the same pages begin with into one file. Left alone, the bundler also keeps apart what is wanted again by
 * something that comes late, which by then is there anyway: three times as many files, each compressed by itself.
 */
export function chunksByPage(): Plugin {
	let pages: Map<string, string> | undefined;
	return {
		name: 'chunks-by-page',
		apply: 'build',
		enforce: 'post',
		config: () => ({
			build: {
				rolldownOptions: {
					// A page's own file may hold more than the page, so that it can be shared.
					preserveEntrySignatures: 'allow-extension',
					output: {
						codeSplitting: {
							includeDependenciesRecursively: false,
							groups: [
								{
									debugName: 'pages',
									// Of operators, networks and TensorFlow.js, each page takes what it names out of much that it does not.
									test: /\/src\/(lib\/(viz|i18n)|routes)\/|\/node_modules\/(d3-|internmap|@sveltejs\/kit\/src\/(exports|runtime\/components)\/|svelte\/src\/internal\/disclose)/,
									name: (id, graph) => (pages ??= pagesOfModules(graph, id)).get(id) ?? null
								},
								{
									// What a page that has any network has all of.
									name: 'nets',
									test: /\/src\/lib\/nets\/((builder|errors|knobs|resolve|types|validate)|networks\/(network|parts)|analyses\/cost)\.ts$/
								},
								{
									// Of Svelte, what only some pages use; all name it, since all go through one index.
									test: svelteParts,
									name: (id) => `svelte-${svelteParts.exec(id)?.[1]}`
								}
							]
						}
					}
				}
			}
		})
	};
}

/** For each module that pages begin with, a name for which these are. */
function pagesOfModules(graph: Graph, some: string): Map<string, string> {
	const modules = reachable(graph, some);
	const messageOf = new Map<string, string>();
	for (const id of modules) {
		if (!messages.test(id)) continue;
		for (const key of graph.getModuleInfo(id)?.exports ?? []) messageOf.set(key, id);
	}
	const pages = new Map<string, string[]>();
	for (const id of modules) {
		const page = node.exec(id)?.[1];
		if (page === undefined) continue;
		const needs = startsWith(graph, id, messageOf);
		// The gallery begins with everything, late parts of other pages among it: these must not bring each other.
		if ([...needs].some((needed) => needed.endsWith('.story.ts'))) continue;
		for (const needed of needs) {
			const list = pages.get(needed);
			if (list) list.push(page);
			else pages.set(needed, [page]);
		}
	}
	return new Map(
		[...pages].map(([id, list]) => {
			const isEverywhere = everywhere.some((page) => list.includes(page));
			return [id, isEverywhere ? 'pages' : `pages-${list.sort().join('-')}`];
		})
	);
}

/** All modules, found from one of them in whichever direction. */
function reachable(graph: Graph, some: string): Set<string> {
	const found = new Set([some]);
	for (const id of found) {
		const info = graph.getModuleInfo(id);
		if (!info) continue;
		const { importedIds, dynamicallyImportedIds, importers, dynamicImporters } = info;
		for (const next of [importedIds, dynamicallyImportedIds, importers, dynamicImporters].flat()) {
			found.add(next);
		}
	}
	return found;
}

/** What is loaded with a module. Of the messages, those that the code names: all go through one index. */
function startsWith(graph: Graph, id: string, messageOf: ReadonlyMap<string, string>): Set<string> {
	const found = new Set([id]);
	for (const next of found) {
		const info = graph.getModuleInfo(next);
		for (const imported of info?.importedIds ?? []) {
			if (!messages.test(imported)) found.add(imported);
		}
		if (next.includes('/node_modules/')) continue;
		for (const [, key = ''] of info?.code?.matchAll(/\bm\.(\w+)/g) ?? []) {
			const message = messageOf.get(key);
			if (message) found.add(message);
		}
	}
	return found;
}
