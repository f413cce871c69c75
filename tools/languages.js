/**
 * After the build, every page gets script with the texts of its own language alone: a third less to load where there are many
 * words. A chunk with messages, or that leads to one, is written twice more, as `….en.js` and `….zh.js`, with the choice between
 * the languages made; pages below `/en` and `/zh` name those. As built, for pages without a language, it has both.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { minifySync } from 'vite';

/** What the messages' choice is made by; `src/lib/i18n` keeps it at the present language. */
export const localeMark = 'globalThis.lightnetsLocale';

/**
 * An adapter that does this behind another.
 * @param {import('@sveltejs/kit').Adapter} adapter
 * @param {readonly string[]} languages
 * @param {string} folder that the adapter writes
 * @returns {import('@sveltejs/kit').Adapter}
 */
export function perLanguage(adapter, languages, folder = 'build') {
	return {
		...adapter,
		name: `${adapter.name}-per-language`,
		async adapt(builder) {
			await adapter.adapt(builder);
			const chunks = chunksWithWords(join(folder, '_app/immutable'));
			for (const language of languages) {
				const names = new Map(
					[...chunks.keys()].map((path) => [nameOf(path), named(nameOf(path), language)])
				);
				for (const [path, code] of chunks) {
					const decided = renamed(code.replaceAll(localeMark, JSON.stringify(language)), names);
					const { code: small, errors } = minifySync(path, decided, { module: true });
					if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
					writeFileSync(named(path, language), small);
				}
				const pages = filesIn(folder, '.html').filter((path) => {
					const [first] = path.slice(folder.length + 1).split(/[/.]/);
					return first === language;
				});
				for (const path of pages) writeFileSync(path, withOwnScript(readFileSync(path, 'utf8'), names));
			}
			builder.log(`${chunks.size} chunks with words, once for each language`);
		}
	};
}

/** The chunks that hold messages or, through others, import them: code by path. */
function chunksWithWords(/** @type {string} */ folder) {
	const all = new Map(filesIn(folder, '.js').map((path) => [path, readFileSync(path, 'utf8')]));
	const found = new Map([...all].filter(([, code]) => code.includes(localeMark)));
	for (let before = -1; before < found.size;) {
		before = found.size;
		const names = [...found.keys()].map(nameOf);
		for (const [path, code] of all) {
			if (!found.has(path) && names.some((name) => code.includes(name))) found.set(path, code);
		}
	}
	return found;
}

const nameOf = (/** @type {string} */ path) => path.slice(path.lastIndexOf('/') + 1);
const named = (/** @type {string} */ path, /** @type {string} */ language) =>
	path.replace(/\.js$/, `.${language}.js`);

/** Text that names other chunks. Their names hold a hash of their content, so nothing else can be meant. */
function renamed(/** @type {string} */ text, /** @type {Map<string, string>} */ names) {
	return text.replaceAll(/[\w.-]+\.js/g, (name) => names.get(name) ?? name);
}

/** A page that names its language's chunks; its policy allows the changed script by its new hash. */
function withOwnScript(/** @type {string} */ html, /** @type {Map<string, string>} */ names) {
	const hashOf = (/** @type {string} */ script) => createHash('sha256').update(script).digest('base64');
	const hashes = new Map();
	const page = html
		.replaceAll(/<script>([^]*?)<\/script>/g, (_, script) => {
			hashes.set(hashOf(script), hashOf(renamed(script, names)));
			return `<script>${renamed(script, names)}</script>`;
		})
		.replaceAll(/<link [^>]*>/g, (link) => renamed(link, names));
	return page.replaceAll(/'sha256-([^']+)'/g, (whole, hash) =>
		hashes.has(hash) ? `'sha256-${hashes.get(hash)}'` : whole
	);
}

function filesIn(/** @type {string} */ folder, /** @type {string} */ ending) {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith(ending))
		.map((path) => join(folder, path));
}
