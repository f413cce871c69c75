import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Shipped } from '../../src/routes/[lang=lang]/(site)/licences/shipped.ts';
import { allowedLicences, declared, licenceOfPackage, ours, textOfPackage, writtenBy } from './declared.ts';

const texts = fileURLToPath(new URL('./texts/', import.meta.url));

/** What ships with the text of its licence. */
export interface Licensed extends Shipped {
	readonly text: string;
}

/** Everything that is wrong with the licences of what ships, each in a sentence that says what would be right. */
export class LicenceError extends Error {
	constructor(problems: readonly string[]) {
		super(
			`The licences of what ships are not in order:\n${problems.map((problem) => `  ${problem}`).join('\n')}`
		);
	}
}

/**
 * Whose the modules and files of a build are, and under which licences.
 * @param ids ids of modules, and paths of files, absolute or from the root
 * @param root the project's folder
 * @throws {LicenceError} listing what has no licence, or one that is not allowed, or nobody to it
 */
export function collectLicences(ids: Iterable<string>, root: string): Licensed[] {
	const problems: string[] = [];
	const found = new Map<string, Licensed>();
	const take = (licensed: Licensed) => {
		if (found.has(licensed.file)) return;
		found.set(licensed.file, licensed);
		const problem = problemOf(licensed);
		if (problem) problems.push(problem);
	};
	for (const path of new Set(Array.from(ids, (id) => pathOf(id, root)))) {
		const of = declared.filter(({ files }) => files.test(path));
		for (const one of of) take(readDeclared(one, root));
		const folder = packageOf(path, root);
		if (folder) take(readPackage(folder));
		const set = /^static\/weights\/([^/]+)\//.exec(path)?.[1];
		if (set && of.length === 0) take(readSet(join(root, 'static/weights', set)));
		else if (!folder && of.length === 0 && !ours.test(path))
			problems.push(
				`${path} ships, and nobody knows whose it is: say so in tools/licences/declared.ts, expected an entry of "declared", "writtenBy" or "ours"`
			);
	}
	if (problems.length > 0) throw new LicenceError(problems.sort());
	return [...found.values()].sort((a, b) => (nameOf(a).toLowerCase() < nameOf(b).toLowerCase() ? -1 : 1));
}

/** The path of a module from the root; of the bundler's own modules, their names. */
function pathOf(id: string, root: string): string {
	const path = id
		.replace(/^\0/, '')
		.replace(/[?#].*$/, '')
		.replaceAll('\\', '/');
	return path.startsWith(`${root}/`) ? relative(root, path) : path;
}

/** The folder of the package that a path is of. */
function packageOf(path: string, root: string): string | null {
	const name = writtenBy.find(([pattern]) => pattern.test(path))?.[1];
	if (name) return join(root, 'node_modules', name);
	const inside = /^(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
	return inside === undefined ? null : inside.startsWith('/') ? inside : join(root, inside);
}

/** A package as its package.json and the texts beside it have it. */
export function readPackage(folder: string): Licensed {
	const { name, version, license, homepage, repository } = JSON.parse(
		readFileSync(join(folder, 'package.json'), 'utf8')
	) as {
		name: string;
		version: string;
		license?: unknown;
		homepage?: string;
		repository?: string | { url: string };
	};
	const files = readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => entry.name)
		.sort();
	const read = (pattern: RegExp) =>
		files.filter((file) => pattern.test(file)).map((file) => readFileSync(join(folder, file), 'utf8').trim());
	const own = read(/^(licen[cs]e|copying)/i);
	const lent = textOfPackage.find(([of]) => of.test(name))?.[1];
	if (own.length === 0 && lent !== undefined) own.push(readFileSync(join(texts, lent), 'utf8').trim());
	const licence = licenceOfPackage[name] ?? (typeof license === 'string' ? license : '');
	const repositoryUrl = typeof repository === 'string' ? repository : repository?.url;
	return {
		...{ name, version, licence, kind: licence === 'OFL-1.1' ? 'font' : 'code', note: null },
		source: homepage ?? addressOf(repositoryUrl) ?? null,
		file: fileOf(`${name}-${version}`),
		text: own.length === 0 ? '' : [...own.map(withoutBundled), ...read(/^notice/i)].join('\n\n')
	};
}

/** Vite lists what its program bundles, 95 KB, none of which is in a site. */
const withoutBundled = (text: string) => text.split(/^# Licenses of bundled dependencies/m)[0]!.trim();

/** `owner/name` is short for a repository on GitHub. */
const addressOf = (url: string | undefined) =>
	url
		?.replace(/^(?:github:)?(?=[\w.-]+\/[\w.-]+$)/, 'https://github.com/')
		.replace(/^git\+/, '')
		.replace(/^git:/, 'https:')
		.replace(/\.git$/, '');

function readDeclared(
	{ name, kind, licence, source, note, text }: (typeof declared)[number],
	root: string
): Licensed {
	const file = [join(texts, text), join(root, text)].find((path) => existsSync(path));
	return {
		...{ name, kind, licence, source, note, version: null, file: fileOf(nameOf({ name })) },
		text: file === undefined ? '' : readFileSync(file, 'utf8').trim()
	};
}

/** Weights of others, as the set.json that `npm run weights` wrote has it. */
function readSet(folder: string): Licensed {
	const { title, source, licence } = JSON.parse(readFileSync(join(folder, 'set.json'), 'utf8')) as Record<
		'title' | 'source' | 'licence',
		string
	>;
	const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
	return {
		...{ name: title, kind: 'data', version: null, licence, source: null, file: fileOf(basename(folder)) },
		note: { en: `Weights: ${source}.`, zh: `权重：${source}。` },
		text: file
			? readFileSync(join(folder, file), 'utf8').trim()
			: `${title}, ${source}.\nLicence: https://spdx.org/licenses/${licence}.html`
	};
}

const nameOf = ({ name }: Pick<Shipped, 'name'>) => (typeof name === 'string' ? name : name.en);

const fileOf = (name: string) =>
	`${name
		.toLowerCase()
		.replaceAll(/[^a-z0-9.]+/g, '-')
		.replace(/^-/, '')}.txt`;

/** What is wrong with a licence, in a sentence; `null` where nothing is. */
export function problemOf(licensed: Licensed): string | null {
	const { licence, text } = licensed;
	const what = titleOf(licensed);
	if (licence === '')
		return `${what} names no licence in its package.json, expected one of ${allowedLicences.join(', ')}: use another package`;
	if (!allowedLicences.includes(licence))
		return `${what} is under ${licence}, expected one of ${allowedLicences.join(', ')}: use another package, or allow it in tools/licences/declared.ts`;
	if (text === '')
		return `${what} (${licence}) comes without the text of its licence, expected a file LICENSE, LICENCE or COPYING: put its authors' text into tools/licences/texts and name it in tools/licences/declared.ts`;
	return null;
}

/** What a licence's file in the build says. */
export const fileText = (licensed: Licensed): string =>
	`${[titleOf(licensed), licensed.licence, licensed.source].filter(Boolean).join('\n')}\n\n${licensed.text}\n`;

const titleOf = (of: Pick<Shipped, 'name' | 'version'>) => [nameOf(of), of.version].filter(Boolean).join(' ');
