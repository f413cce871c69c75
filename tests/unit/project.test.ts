import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import lock from '../../package-lock.json';
import project from '../../package.json';
import { loop, shots } from '../../tools/screenshots/shots';

it('the newest version in the changelog is that of the package, and of its lock', () => {
	const versions = readFileSync('CHANGELOG.md', 'utf8').matchAll(
		/^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$/gm
	);
	const [newest] = Array.from(versions, ([, version]) => version);
	expect(newest).toBe(project.version);
	expect(lock.version).toBe(project.version);
	expect(lock.packages[''].version).toBe(project.version);
});

it('the Node of .nvmrc is one that the package allows', () => {
	const node = readFileSync('.nvmrc', 'utf8').trim();
	const major = /^\d+$/.exec(node)?.[0];
	const allowed = project.engines.node.split(' || ').map((range) => /^(?:\^|>=)(\d+)/.exec(range)?.[1]);
	expect(allowed).toContain(major);
});

it('the README shows each picture that npm run screenshots makes, in light and in dark, and there are no others', () => {
	const made = [...shots, loop].flatMap(({ name }) => [`${name}.dark.webp`, `${name}.light.webp`]).sort();
	expect(readdirSync('docs/pictures').sort()).toEqual(made);
	const shown = readFileSync('README.md', 'utf8').matchAll(/"docs\/pictures\/([^"]+)"/g);
	expect(Array.from(shown, ([, file]) => file).sort()).toEqual(made);
});

it('files that the README and its neighbours lead to are there', () => {
	for (const file of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md']) {
		// Without what is code, in which links are examples.
		const text = readFileSync(file, 'utf8').replace(/^ {4}.*|`[^`]*`/gm, '');
		const links = text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g);
		for (const [, path] of links) expect(existsSync(path!), `${file}: ${path}`).toBe(true);
	}
});

/** Every file and folder that is written by hand; a folder ends in a slash. */
const written = ['src', 'tests', 'tools', 'docs', 'static', 'project.inlang'].flatMap((root) =>
	readdirSync(root, { recursive: true, withFileTypes: true }).map(
		(entry) => `/${entry.parentPath}/${entry.name}`.replaceAll('\\', '/') + (entry.isDirectory() ? '/' : '')
	)
);
/** What comes to be only when a command runs. */
const made = ['runs/'];

/** A path as a document writes it: `…` is any folders, `<name>` any name, `{en,zh}` each of these; it may begin in any folder. */
function patternOf(path: string): RegExp {
	const source = path
		.replace(/\/$/, '')
		.replace(/[.[\]()+$^|*?\\]/g, '\\$&')
		.replaceAll('…', '.+')
		.replaceAll(/<[^>]+>/g, '[^/]+')
		.replaceAll(/\{([^}]+)\}/g, (_, names: string) => `(?:${names.replaceAll(',', '|')})`);
	return new RegExp(`/${source}/?$`);
}

/** What stands between backticks and is a path: a folder or an ending is in it. `bench/<operation>` is a lesson's figure. */
const pathsIn = (text: string) =>
	Array.from(text.matchAll(/`([^`\s]+)`/g), ([, code]) => code!).filter(
		(code) =>
			/^[\w.<…][\w./<>{},[\]()=+…-]*$/.test(code) &&
			/^[\w…].*\/|\.(ts|js|json|md|svelte|css)$/.test(code) &&
			!/\/<\w+>$/.test(code)
	);

it.each(['CONTRIBUTING.md', 'docs/architecture.md'])('every path that %s names is there', (file) => {
	const paths = pathsIn(readFileSync(file, 'utf8')).filter((path) => !made.includes(path));
	expect(paths.length).toBeGreaterThan(20);
	const isThere = (path: string) => existsSync(path) || written.some((one) => patternOf(path).test(one));
	expect(paths.filter((path) => !isThere(path))).toEqual([]);
});

const files = written.map((path) => path.split('/').at(-1)!);

it('CONTRIBUTING lists every figure that a lesson can place, and no other', () => {
	const [table = ''] = /^\| figure .*(?:\n\|.*)+/m.exec(readFileSync('CONTRIBUTING.md', 'utf8')) ?? [];
	const listed = Array.from(table.matchAll(/^\| `(\w+)/gm), ([, id]) => id!);
	const placed = files.flatMap((name) => /^(\w+)\.figure\.ts$/.exec(name)?.[1] ?? []);
	expect(listed.sort()).toEqual(placed.sort());
});

it('every figure has a story', () => {
	const figures = 'src/lib/viz/figures';
	const without = readdirSync(figures).filter(
		(figure) => !readdirSync(`${figures}/${figure}`).some((name) => name.endsWith('.story.ts'))
	);
	expect(without).toEqual([]);
});
