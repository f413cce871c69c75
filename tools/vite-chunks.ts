import type { Plugin } from 'vite';
import { cycleIn, groupParts } from './chunks/groups.ts';
import { linksBetween } from './chunks/links.ts';
import { findLoads } from './chunks/loads.ts';

/** What a file costs by itself, in bytes on the way: its name in the page, its headers, what it imports and exports, and its turn. */
const request = 200;

/** The kit's module that has the name of the version. */
const holdsVersion = (id: string) => id.endsWith('/@sveltejs/kit/src/runtime/app/env/internal.js');

/**
 * Puts modules into files by what pages load. The bundler by itself makes a file for each set of pages and late parts that share
 * something: five hundred, half of them below a kilobyte, of which a page asked for up to 150.
 *
 * @param isPure Whether a module only defines things, as the bundler is told too.
 */
export function chunks(isPure: (id: string) => boolean): Plugin {
	let fileOf = new Map<string, string>();
	// What a module needs is in a file of its own pages, and not of those of the module.
	const codeSplitting = {
		includeDependenciesRecursively: false,
		groups: [{ name: (id: string) => fileOf.get(id) ?? null }]
	};
	return {
		name: 'chunks',
		apply: 'build',
		applyToEnvironment: ({ name }) => name === 'client',
		configEnvironment: (environment) =>
			environment === 'client' ? { build: { rolldownOptions: { output: { codeSplitting } } } } : null,
		// A file of one page may then say what another takes from it. The kit asks for the opposite after all configurations.
		options: (options) => ({ ...options, preserveEntrySignatures: 'allow-extension' }),
		buildEnd() {
			// In an order that does not depend on which was read first.
			const ids = [...this.getModuleIds()].sort();
			const modules = linksBetween(new Map(ids.map((id) => [id, this.getModuleInfo(id)!])), isPure);
			const entries = ids.filter((id) => this.getModuleInfo(id)!.isEntry);
			const { parts, loads } = findLoads(modules, entries, holdsVersion);
			const files = groupParts(parts, loads, request);
			fileOf = new Map(files.flatMap((file, i) => file.map((id) => [id, `file${i}`])));
		},
		generateBundle(_, bundle) {
			const imports = Object.entries(bundle).map(
				([name, file]) => [name, file.type === 'chunk' ? file.imports : []] as const
			);
			const cycle = cycleIn(new Map(imports));
			if (cycle) this.error(`files need each other, and would run in a wrong order: ${cycle.join(' → ')}`);
		}
	};
}
