import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { knownEndings, type Table } from '../../../src/lib/stored/table';
import { listFiles, writeTable } from '../../../tools/offline.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'lightnets-offline-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, content = path) => {
	mkdirSync(dirname(join(folder, path)), { recursive: true });
	writeFileSync(join(folder, path), content);
};
const immutable = '_app/immutable/';
const pageOf = (title: string, up: string, node: number) =>
	`<title>${title} · Lightnets</title><link rel="icon" href="${up}icon.svg"><script>import("${up}${immutable}entry/app.1.js")</script>` +
	`<link href="${up}${immutable}nodes/${node}.js" rel="modulepreload"><a href="${up}en/away">`;
const chunks = {
	app: { file: `${immutable}entry/app.1.js`, dynamicImports: ['node1', 'node2', 'node3'] },
	'x/nodes/1.js': { file: `${immutable}nodes/1.js` },
	node2: {
		file: `${immutable}nodes/2.js`,
		imports: ['part'],
		css: [`${immutable}2.css`],
		dynamicImports: ['late']
	},
	node3: { file: `${immutable}nodes/3.js` },
	part: { file: `${immutable}part.js` },
	late: { file: `${immutable}late.js`, imports: ['part'] }
};

/** A small build. */
function build() {
	write('index.html', '<script src="language.js"></script>');
	write('en.html', pageOf('A &amp; B', '', 2));
	write('en/offline.html', pageOf('Offline', '../', 3));
	write('en/learn/a.html', pageOf('Lesson', '../../', 2));
	for (const path of ['en/learn/a/__data.json', 'icon.svg', 'language.js', 'weights/t/model.json'])
		write(path);
	for (const path of [
		'service-worker.js',
		'404.html',
		'_app/version.json',
		'weights/t/set.json',
		'.nojekyll'
	])
		write(path, `const table = JSON.parse('{"table":"of files"}')`);
	write('en/learn/a/index.html');
	for (const { file } of Object.values(chunks)) write(file);
	write(`${immutable}2.css`);
	write(`${immutable}worker.js`);
}
const named = ({ files }: Table, numbers: readonly number[]) => numbers.map((number) => files[number]![0]);

describe('listFiles', () => {
	it('lists what pages ask for, with length and hash', () => {
		build();
		const { files } = listFiles(folder, chunks);
		const paths = files.map(([path]) => path);
		for (const path of [
			'service-worker.js',
			'404.html',
			'_app/version.json',
			'weights/t/set.json',
			'.nojekyll',
			'en/learn/a/index.html'
		])
			expect(paths).not.toContain(path);
		expect(paths).toContain(`${immutable}worker.js`);
		const sha256 = createHash('sha256').update('icon.svg').digest('hex');
		expect(files).toContainEqual(['icon.svg', 8, sha256]);
	});

	it('a page needs its chunks, what comes late in them, its styles and its data, and no other page', () => {
		build();
		const table = listFiles(folder, chunks);
		expect(named(table, table.shell)).toEqual(
			[
				...['en/offline.html', 'icon.svg', 'index.html', 'language.js'],
				...['entry/app.1.js', 'nodes/1.js', 'nodes/3.js'].map((path) => immutable + path)
			].sort()
		);
		const pages = new Map(table.pages.map(([file, title, needs]) => [title, [file, needs] as const]));
		expect([...pages.keys()].sort()).toEqual(['A & B', 'Lesson', 'Offline']);
		const own = ['2.css', 'late.js', 'nodes/2.js', 'part.js'].map((path) => immutable + path);
		expect(named(table, pages.get('A & B')![1])).toEqual(own);
		expect(named(table, pages.get('Lesson')![1]).sort()).toEqual([...own, 'en/learn/a/__data.json'].sort());
		expect(named(table, pages.get('Offline')![1])).toEqual([]);
	});

	it('refuses a kind of file whose type is not known; types are known of all that it takes', () => {
		build();
		write('odd.xyz');
		expect(() => listFiles(folder, chunks)).toThrow('odd.xyz');
		rmSync(join(folder, 'odd.xyz'));
		for (const ending of knownEndings) write(`some/file.${ending}`);
		expect(listFiles(folder, chunks).files.filter(([path]) => path.startsWith('some/'))).toHaveLength(
			knownEndings.length
		);
	});
});

describe('writeTable', () => {
	it('names the list in the service worker by its content', () => {
		build();
		writeTable(folder, listFiles(folder, chunks), '1.0+abc');
		const code = readFileSync(join(folder, 'service-worker.js'), 'utf8');
		const { version, path, bytes, sha256 } = JSON.parse(/JSON\.parse\('(.*)'\)/.exec(code)![1]!);
		expect(version).toBe('1.0+abc');
		const text = readFileSync(join(folder, path));
		expect(text.length).toBe(bytes);
		expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
		expect(() => writeTable(folder, listFiles(folder, chunks), '')).toThrow('no place');
	});
});

it('the manifest, its icons and the colours of the browser around the site are in step', () => {
	const read = (file: string) => readFileSync(file, 'utf8');
	const papers = /--paper: light-dark\((#\w+), (#\w+)\)/.exec(read('src/tokens.css'))!.slice(1);
	const themes = [...read('src/app.html').matchAll(/theme-color" content="(#\w+)"/g)].map(
		([, colour]) => colour
	);
	expect(themes).toEqual(papers);
	const manifest = JSON.parse(read('static/manifest.webmanifest'));
	expect([manifest.theme_color, manifest.background_color]).toEqual([papers[0], papers[0]]);
	for (const { src, sizes, type } of manifest.icons as { src: string; sizes: string; type: string }[]) {
		const content = readFileSync(join('static', src));
		if (type !== 'image/png') continue;
		expect(`${content.readUInt32BE(16)}x${content.readUInt32BE(20)}`).toBe(sizes);
	}
});
