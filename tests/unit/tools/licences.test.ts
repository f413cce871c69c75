import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { collectLicences, fileText } from '../../../tools/licences/collect';
import { allowedLicences, declared } from '../../../tools/licences/declared';

const root = mkdtempSync(join(tmpdir(), 'lightnets-licences-'));
afterAll(() => rmSync(root, { recursive: true }));

function put(files: Readonly<Record<string, string>>): void {
	for (const [path, content] of Object.entries(files)) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), content);
	}
}

const mit = 'MIT License\n\nCopyright (c) Somebody';

/** A package of the project, of which `index.js` is in the build. */
function install(
	name: string,
	about: object,
	files: Readonly<Record<string, string>> = { LICENSE: mit }
): string {
	const folder = `node_modules/${name}`;
	put({ [`${folder}/package.json`]: JSON.stringify({ name, version: '1.2.3', ...about }) });
	put(Object.fromEntries(Object.entries(files).map(([file, content]) => [`${folder}/${file}`, content])));
	return join(root, folder, 'index.js');
}

const collect = (...ids: string[]) => collectLicences(ids, root);

beforeEach(() => rmSync(join(root, 'node_modules'), { recursive: true, force: true }));

describe('collectLicences', () => {
	it('lists each package of the build once, by name, with its text and where it is from', () => {
		const b = install('b', { license: 'ISC', homepage: 'https://b.example' }, { 'license.md': 'ISC of b' });
		const scoped = install('@a/b', { license: 'MIT', repository: { url: 'git+https://a.example/b.git' } });
		const found = collect(
			b,
			`\0${b}?commonjs`,
			`${dirname(b)}/lib/more.js?worker`,
			scoped,
			join(root, 'src/ours.ts')
		);
		expect(found).toMatchObject([
			{
				name: '@a/b',
				version: '1.2.3',
				licence: 'MIT',
				source: 'https://a.example/b',
				file: 'a-b-1.2.3.txt'
			},
			{ name: 'b', version: '1.2.3', licence: 'ISC', source: 'https://b.example', file: 'b-1.2.3.txt' }
		]);
		expect(fileText(found[1]!)).toBe('b 1.2.3\nISC\nhttps://b.example\n\nISC of b\n');
	});

	it.each([
		['owner/name', 'https://github.com/owner/name'],
		['github:owner/name', 'https://github.com/owner/name'],
		['git://github.com/owner/name.git', 'https://github.com/owner/name'],
		['https://example.org/owner/name', 'https://example.org/owner/name']
	])('reads the repository %s', (repository, source) => {
		expect(collect(install('a', { license: 'MIT', repository }))).toMatchObject([{ source }]);
	});

	it('takes the innermost package, and a second version of one as another', () => {
		install('a', { license: 'MIT' });
		const outer = install('b', { license: 'MIT' });
		const inner = install('a/node_modules/b', { name: 'b', version: '2.0.0', license: 'MIT' });
		expect(collect(outer, inner).map(({ file }) => file)).toEqual(['b-1.2.3.txt', 'b-2.0.0.txt']);
	});

	it('knows a font by its licence, and adds what NOTICE says', () => {
		const font = install(
			'font',
			{ license: 'OFL-1.1' },
			{ 'OFL.txt': 'no', LICENSE: 'OFL', NOTICE: 'By many.' }
		);
		expect(collect(font)).toMatchObject([{ kind: 'font', text: 'OFL\n\nBy many.' }]);
	});

	it('finds the packages whose code a compiler or the bundler wrote', () => {
		install(
			'vite',
			{ license: 'MIT' },
			{ 'LICENSE.md': `${mit}\n\n# Licenses of bundled dependencies\nmany` }
		);
		install('@inlang/paraglide-js', { license: 'MIT' });
		const found = collect('\0vite/preload-helper.js', join(root, '.svelte-kit/messages/runtime.js'));
		expect(found.map(({ name }) => name)).toEqual(['@inlang/paraglide-js', 'vite']);
		expect(found[1]!.text).toBe(mit);
	});

	it('lists what is declared where one of its files ships, beside the package that it comes in', () => {
		install('katex', { license: 'MIT' });
		const names = (file: string) => collect(`node_modules/katex/dist/${file}`).map(({ name }) => name);
		expect(names('katex.min.css')).toEqual(['katex']);
		expect(names('fonts/KaTeX_Main-Regular.woff2')).toEqual([
			'katex',
			{ en: 'KaTeX fonts', zh: 'KaTeX 字体' }
		]);
	});

	it('lists weights of others as their set.json has it', () => {
		put({
			'static/weights/theirs/set.json': JSON.stringify({
				title: 'Theirs',
				source: 'T',
				licence: 'Apache-2.0'
			})
		});
		const [theirs] = collect('static/weights/theirs/model.json');
		expect(theirs).toMatchObject({ name: 'Theirs', kind: 'data', licence: 'Apache-2.0' });
		expect(theirs!.text).toContain('Apache-2.0');
	});

	it.each([
		[
			'names no licence',
			{},
			undefined,
			/wrong 1\.2\.3 names no licence .* expected one of 0BSD, Apache-2\.0/
		],
		[
			'is under one that is not allowed',
			{ license: 'GPL-3.0-only' },
			undefined,
			/wrong 1\.2\.3 is under GPL-3\.0-only, expected one of 0BSD/
		],
		[
			'names a file instead',
			{ license: 'SEE LICENSE IN LICENSE.txt' },
			undefined,
			/wrong 1\.2\.3 is under SEE LICENSE IN LICENSE\.txt, expected one of/
		],
		[
			'comes without the text',
			{ license: 'MIT' },
			{ NOTICE: 'By many.', 'README.md': mit },
			/wrong 1\.2\.3 \(MIT\) comes without the text of its licence, expected a file LICENSE, LICENCE or COPYING/
		]
	])('throws where a package %s', (_, about, files, message) => {
		expect(() => collect(install('right', { license: 'MIT' }), install('wrong', about, files))).toThrow(
			message
		);
	});

	it.each(['static/pictures/somebodys.webp', '\0somewhere/helper.js', '../elsewhere/index.js'])(
		'throws where nobody is known for %j',
		(id) => {
			expect(() => collect(id)).toThrow(`${id.replace('\0', '')} ships, and nobody knows whose it is`);
		}
	);

	it('says all that is wrong at once', () => {
		const ids = [install('one', {}), install('two', { license: 'CC-BY-NC-4.0' })];
		expect(() => collect(...ids)).toThrow(
			/one 1\.2\.3 names no licence[^]*two 1\.2\.3 is under CC-BY-NC-4\.0/
		);
	});
});

describe('what is declared', () => {
	it('has a licence that is allowed and a text each, and nothing in static is left out', () => {
		const files = readdirSync('static', { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map(({ parentPath, name }) => join(parentPath, name));
		cpSync('LICENSE', join(root, 'LICENSE'));
		const found = collectLicences(
			files.filter((file) => !file.startsWith('static/weights/') || file.includes('/cifar10-')),
			root
		);
		expect(found.map(({ name }) => name)).toContain('Fluent Emoji');
		for (const { licence, text } of declared) {
			expect(allowedLicences, text).toContain(licence);
			expect(['LICENSE', ...readdirSync('tools/licences/texts')], text).toContain(text);
		}
	});
});
