/**
 * After the build, lists all files of it for the service worker: path, length, hash, and what each page needs. What the browser
 * keeps for use without a connection is checked against this list, and its size can be said before anything is fetched.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** @typedef {Record<string, { file: string, imports?: string[], dynamicImports?: string[], css?: string[] }>} Chunks as Vite lists them */

/** What service-worker.ts has where the list's name goes. */
const mark = '{"table":"of files"}';

/** Endings that the service worker knows the type of; `src/lib/stored/table.ts` has the types. */
const endings = /\.(html|js|css|json|webmanifest|svg|png|webp|jpg|woff2|wasm|txt|bin)$/;

/** Files that pages do not ask for, or that have to be asked for anew each time. */
const left = [
	/^service-worker\.js$/,
	/^404\.html$/,
	/^_app\/version\.json$/,
	/^weights\/[^/]+\/(set|card)\.json$/,
	// For who works on figures.
	/^[^/]+\/gallery[./]/,
	/^weights\/.*\/LICEN[CS]E/i,
	// Of hosts: .nojekyll, _headers, CNAME.
	/(^|\/)\./,
	/^_(?!app\/)/,
	/^CNAME$/,
	/\.(br|gz|map)$/
];

/**
 * An adapter that does this behind another.
 * @param {import('@sveltejs/kit').Adapter} adapter
 * @param {string} folder that the adapter writes
 * @returns {import('@sveltejs/kit').Adapter}
 */
export function forOffline(adapter, folder = 'build') {
	return {
		...adapter,
		name: `${adapter.name}-for-offline`,
		async adapt(builder) {
			await adapter.adapt(builder);
			const chunks = JSON.parse(
				readFileSync(join(builder.getClientDirectory(), '.vite/manifest.json'), 'utf8')
			);
			const table = listFiles(folder, chunks);
			writeTable(folder, table, builder.config.kit.version.name);
			const bytes = table.files.reduce((sum, [, bytes]) => sum + bytes, 0);
			builder.log(`${table.files.length} files for use offline, ${(bytes / 1e6).toFixed(1)} MB`);
		}
	};
}

/**
 * @param {string} folder
 * @param {Chunks} chunks
 * @returns {import('../src/lib/stored/table').Table}
 */
export function listFiles(folder, chunks) {
	const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => posix.relative(folder, join(parentPath, name).replaceAll('\\', '/')))
		.filter((path) => !left.some((pattern) => pattern.test(path)))
		// For an address with a slash at its end: the service worker leads to the one without.
		.filter(
			(path, _, all) =>
				!path.endsWith('/index.html') || !all.includes(path.replace(/\/index\.html$/, '.html'))
		)
		.sort();
	const odd = paths.filter((path) => !endings.test(path));
	if (odd.length > 0)
		throw new Error(
			`tools/offline.js: ${odd.join(', ')}: a kind of file that service-worker.ts has no type for`
		);
	const numberOf = new Map(paths.map((path, number) => [path, number]));
	const texts = new Map(
		paths
			.filter((path) => path.endsWith('.html'))
			.map((path) => [path, readFileSync(join(folder, path), 'utf8')])
	);
	const needs = needsOf(chunks, numberOf);
	const everywhere = [
		...['index.html', 'language.js', 'icon.svg', 'manifest.webmanifest'],
		...[...texts.keys()].filter((path) => /^\w+\/offline\.html$/.test(path))
	].filter((path) => numberOf.has(path));
	const shell = new Set(everywhere);
	for (const path of everywhere) for (const needed of needs(path, texts.get(path))) shell.add(needed);
	return {
		files: paths.map((path) => {
			const content = readFileSync(join(folder, path));
			return [path, content.length, createHash('sha256').update(content).digest('hex')];
		}),
		pages: [...texts].flatMap(([path, html]) => {
			// The address without a language only leads on.
			if (path === 'index.html') return [];
			const needed = [...needs(path, html)].filter((other) => !shell.has(other)).sort();
			return [[numberOf.get(path) ?? 0, titleOf(html), numbers(needed)]];
		}),
		shell: numbers([...shell].sort())
	};

	function numbers(/** @type {string[]} */ some) {
		return some.flatMap((path) => numberOf.get(path) ?? []);
	}
}

/** What a page needs: the files that its HTML names, and all chunks that they lead to. */
function needsOf(/** @type {Chunks} */ chunks, /** @type {Map<string, number>} */ known) {
	const byFile = new Map(Object.entries(chunks).map(([key, { file }]) => [file, key]));
	/** Through the app's own chunk every page leads to every other; its error page alone is needed too. */
	const isApp = (/** @type {string} */ file) => /\/entry\/app\./.test(file);
	const errorPage = Object.entries(chunks).find(([key]) => key.endsWith('/nodes/1.js'))?.[1].file;
	return (/** @type {string} */ path, html = '') => {
		/** @type {Set<string>} */
		const found = new Set();
		const add = (/** @type {string} */ file) => {
			if (found.has(file) || !known.has(file)) return;
			found.add(file);
			const chunk = chunks[byFile.get(file) ?? ''];
			for (const style of chunk?.css ?? []) add(style);
			for (const key of chunk?.imports ?? []) add(chunks[key]?.file ?? '');
			if (!isApp(file)) for (const key of chunk?.dynamicImports ?? []) add(chunks[key]?.file ?? '');
		};
		for (const [, name = ''] of html.matchAll(
			/(?:<(?:link|script|img)\b[^>]*?\s(?:href|src)=|import\()"([^"#?]+)"/g
		))
			add(posix.join(posix.dirname(path), name));
		const data = `${path.replace(/(\/index)?\.html$/, '')}/__data.json`;
		if (known.has(data)) found.add(data);
		if (html && errorPage) add(errorPage);
		return found;
	};
}

const entities = /** @type {Record<string, string>} */ ({
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	'#39': "'"
});
const titleOf = (/** @type {string} */ html) =>
	(/<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '')
		.replace(/&(#?\w+);/g, (whole, name) => entities[name] ?? whole)
		.replace(/( ·|:) Lightnets$/, '');

/**
 * Writes the list beside the files, under a name of its content, and names it in the service worker.
 * @param {string} folder
 * @param {import('../src/lib/stored/table').Table} table
 * @param {string} version
 */
export function writeTable(folder, table, version) {
	const file = join(folder, 'service-worker.js');
	if (!existsSync(file)) throw new Error(`${file} is not there`);
	const text = JSON.stringify(table);
	const sha256 = createHash('sha256').update(text).digest('hex');
	const path = `_app/immutable/files.${sha256.slice(0, 8)}.json`;
	writeFileSync(join(folder, path), text);
	const named = JSON.stringify({ version, path, bytes: Buffer.byteLength(text), sha256 });
	const code = readFileSync(file, 'utf8');
	if (!code.includes(mark)) throw new Error(`${file} has no place for the list of files`);
	writeFileSync(file, code.replace(mark, named));
}
