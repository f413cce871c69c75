import type { FileFacts } from './check';

/**
 * All files of a build, written when it is done (`tools/offline.js`). Files are named by their path below the site's base, and in
 * lists by their place in `files`.
 */
export interface Table {
	readonly files: readonly (readonly [path: string, bytes: number, sha256: string])[];
	/** Pages: the file, the title, and what the page needs beyond the shell, what comes late included. */
	readonly pages: readonly (readonly [file: number, title: string, needs: readonly number[]])[];
	/** What is kept from the first visit on: the pages that stand in for those that are not, and what every page has. */
	readonly shell: readonly number[];
}

/** A {@link Table} to look things up in. */
export class Files {
	readonly #facts: ReadonlyMap<string, FileFacts>;
	readonly #needs: ReadonlyMap<string, readonly string[]>;
	readonly titles: ReadonlyMap<string, string>;
	readonly shell: readonly string[];

	constructor({ files, pages, shell }: Table) {
		const path = (of: number) => files[of]![0];
		this.#facts = new Map(files.map(([file, bytes, sha256]) => [file, { bytes, sha256 }]));
		this.#needs = new Map(pages.map(([file, , needs]) => [path(file), needs.map(path)]));
		this.titles = new Map(pages.map(([file, title]) => [path(file), title]));
		this.shell = shell.map(path);
	}

	get paths(): readonly string[] {
		return [...this.#facts.keys()];
	}

	/** Paths of pages. */
	get pages(): readonly string[] {
		return [...this.titles.keys()];
	}

	facts(path: string): FileFacts | undefined {
		return this.#facts.get(path);
	}

	/** The page itself and all that it needs beyond the shell. */
	withNeeds(page: string): readonly string[] {
		return [page, ...(this.#needs.get(page) ?? [])];
	}

	/** The page at an address below the base, as static hosts find it: `en/ops/standard`, with `.html` or a slash behind it too. */
	pageAt(address: string): string | null {
		const bare = address.replace(/\/$/, '');
		const names = bare === '' ? ['index.html'] : [bare, `${bare}.html`, `${bare}/index.html`];
		return names.find((name) => name.endsWith('.html') && this.#facts.has(name)) ?? null;
	}

	/** Files that stand in a later build for a file of this one: that of the same name, whatever hash it has in it. */
	static stem(path: string): string {
		return path.startsWith('_app/immutable/') ? path.replace(/[.-][\w-]{8}(?=\.\w+$)/, '') : path;
	}
}

/** A file of trained weights: kept where the engine keeps and looks for them. */
export const isWeights = (path: string): boolean => path.startsWith('weights/');

const types: Readonly<Record<string, string>> = {
	html: 'text/html; charset=utf-8',
	js: 'text/javascript; charset=utf-8',
	css: 'text/css; charset=utf-8',
	json: 'application/json',
	webmanifest: 'application/manifest+json',
	svg: 'image/svg+xml',
	png: 'image/png',
	webp: 'image/webp',
	jpg: 'image/jpeg',
	woff2: 'font/woff2',
	wasm: 'application/wasm',
	txt: 'text/plain; charset=utf-8',
	bin: 'application/octet-stream'
};

/** Endings that a table may list: a file of another kind makes the build fail, so that it is not kept under a false type. */
export const knownEndings: readonly string[] = Object.keys(types);

/** The type that a kept file is answered with. */
export const typeOf = (path: string): string =>
	types[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
