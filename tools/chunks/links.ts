import { parseSync } from 'vite';

/** What a bundler tells of a module. */
export interface ModuleInfo {
	readonly code: string | null;
	/** What it imports, in the order of its statements, and then what the bundler added. */
	readonly importedIds: readonly string[];
	readonly dynamicallyImportedIds: readonly string[];
}

/** A module, by what stands behind the names that it uses. */
export interface Module {
	/** Characters of its code, before shaking and minifying. */
	readonly size: number;
	/** What it needs to run. */
	readonly uses: ReadonlySet<string>;
	/** What it hands on, and needs too where all of it is asked for. */
	readonly offers: ReadonlySet<string>;
	/** What it asks for later. */
	readonly later: readonly string[];
}

interface Binding {
	readonly from: string;
	/** What it is called there: `*` for all of that module, none for what it does. */
	readonly name?: string | undefined;
	/** What it is called here; none where it is only handed on. */
	readonly local?: string | undefined;
}

interface Parsed {
	readonly code: string;
	readonly imports: readonly Binding[];
	/** What is exported and stands elsewhere, by the name that it is exported by. */
	readonly forwards: ReadonlyMap<string, Binding>;
	/** Modules all names of which are exported. */
	readonly all: readonly string[];
	/** The names that stand here. */
	readonly own: ReadonlySet<string>;
}

/**
 * What each module really needs: a name that a module only hands on is followed to where it stands, as the bundler does when it leaves out
 * what nobody names (which it does after it has asked for the groups of files).
 *
 * @param isPure Whether a module only defines things. One that may do something by itself is needed by whoever imports it.
 */
export function linksBetween(
	infos: ReadonlyMap<string, ModuleInfo>,
	isPure: (id: string) => boolean
): Map<string, Module> {
	const parsed = new Map([...infos].map(([id, info]) => [id, parse(info)]));
	const found = new Map<string, ReadonlyMap<string, string>>();

	/** The module next to the names that a module exports, which may hand them on itself. */
	function namesOf(id: string): ReadonlyMap<string, string> {
		const known = found.get(id);
		if (known) return known;
		const names = new Map<string, string>();
		found.set(id, names);
		const module = parsed.get(id);
		for (const from of module?.all ?? []) for (const name of namesOf(from).keys()) names.set(name, from);
		for (const name of [...(module?.own ?? []), ...(module?.forwards.keys() ?? [])]) names.set(name, id);
		return names;
	}

	function standsIn(binding: Binding, code: string, seen: readonly string[] = []): string[] {
		const { from, name, local } = binding;
		const module = parsed.get(from);
		if (!module || name === undefined || module.own.has(name) || seen.includes(from)) return [from];
		const passed = isPure(from) ? [] : [from];
		if (name === '*') {
			const members = (local !== undefined && membersOf(code, local)) || [...namesOf(from).keys()];
			return [...passed, ...members.flatMap((member) => standsIn({ from, name: member }, code, seen))];
		}
		const next = module.forwards.get(name) ?? { from: namesOf(from).get(name) ?? from, name };
		return [...passed, ...standsIn({ ...next, local }, code, [...seen, from])];
	}

	return new Map(
		[...infos].map(([id, { dynamicallyImportedIds }]) => {
			const { code, imports, forwards, all } = parsed.get(id)!;
			const handedOn = [...forwards.values()];
			const uses = imports.filter((binding) => !handedOn.includes(binding));
			const offers = [...handedOn, ...all.map((from) => ({ from, name: '*' }))];
			const module = {
				size: code.length,
				uses: new Set([
					...uses.flatMap((binding) => standsIn(binding, code)),
					...offers.map(({ from }) => from).filter((from) => !isPure(from))
				]),
				offers: new Set(offers.flatMap(({ from, name }) => standsIn({ from, name }, code))),
				later: dynamicallyImportedIds
			};
			return [id, module];
		})
	);
}

function parse({ code, importedIds }: ModuleInfo): Parsed {
	const { staticImports, staticExports } = parseSync('module.js', code ?? '').module;
	const exported = staticExports.flatMap(({ entries }) => entries);
	const requests = [...staticImports, ...exported]
		.flatMap(({ start, moduleRequest }) => (moduleRequest ? { start, value: moduleRequest.value } : []))
		.sort((a, b) => a.start - b.start);
	const asked = [...new Set(requests.map(({ value }) => value))];
	if (asked.length > importedIds.length) {
		// Two requests are one module, and which is not told: this one is taken as a whole.
		const own = new Set(exported.map(({ exportName }) => nameOf(exportName)));
		return {
			code: code ?? '',
			imports: importedIds.map((from) => ({ from })),
			forwards: new Map(),
			all: [],
			own
		};
	}
	const idOf = (request: { readonly value: string }) => importedIds[asked.indexOf(request.value)]!;

	const imports: Binding[] = importedIds.slice(asked.length).map((from) => ({ from }));
	const byLocal = new Map<string, Binding>();
	for (const { moduleRequest, entries } of staticImports) {
		const from = idOf(moduleRequest);
		if (entries.length === 0) imports.push({ from });
		for (const { importName, localName } of entries) {
			const binding = { from, name: nameOf(importName), local: localName.value };
			imports.push(binding);
			byLocal.set(localName.value, binding);
		}
	}

	const forwards = new Map<string, Binding>();
	const all: string[] = [];
	const own = new Set<string>();
	for (const { moduleRequest, importName, exportName, localName } of exported) {
		const name = nameOf(exportName);
		const imported = byLocal.get(localName.name ?? '');
		if (moduleRequest && name === '*') all.push(idOf(moduleRequest));
		else if (moduleRequest) forwards.set(name, { from: idOf(moduleRequest), name: nameOf(importName) });
		else if (imported) forwards.set(name, imported);
		else own.add(name);
	}
	return { code: code ?? '', imports, forwards, all, own };
}

function nameOf({ kind, name }: { readonly kind: string; readonly name: string | null }): string {
	return kind === 'Default' ? 'default' : (name ?? '*');
}

/** What is named of something, unless all of it is taken. */
function membersOf(code: string, local: string): readonly string[] | undefined {
	const name = `(?<![\\w$.])${local.replaceAll('$', '\\$')}`;
	if (new RegExp(`= ${name};`).test(code)) return undefined;
	return [...new Set([...code.matchAll(new RegExp(`${name}\\.(\\w+)`, 'g'))].map(([, member]) => member!))];
}
