import { describe, expect, it } from 'vitest';
import { Files, type Table } from '../../../src/lib/stored/table';

const table: Table = {
	files: ['index.html', 'en.html', 'en/ops/standard.html', 'en/deep/index.html', '_app/immutable/a.js'].map(
		(path, i) => [path, i, `hash ${i}`] as const
	),
	pages: [[2, 'Standard convolution', [4]]],
	shell: [1]
};
const files = new Files(table);

describe('Files', () => {
	it.each([
		['', 'index.html'],
		['en', 'en.html'],
		['en/', 'en.html'],
		['en.html', 'en.html'],
		['en/ops/standard', 'en/ops/standard.html'],
		['en/ops/standard/', 'en/ops/standard.html'],
		['en/deep', 'en/deep/index.html'],
		['en/deep/', 'en/deep/index.html'],
		['en/ops', null],
		['_app/immutable/a.js', null]
	])('pageAt(%j) is %j', (address, page) => expect(files.pageAt(address)).toBe(page));

	it('knows what a page needs, and what each file has to be', () => {
		expect(files.withNeeds('en/ops/standard.html')).toEqual(['en/ops/standard.html', '_app/immutable/a.js']);
		expect(files.withNeeds('en.html')).toEqual(['en.html']);
		expect(files.facts('en.html')).toEqual({ bytes: 1, sha256: 'hash 1' });
		expect(files.facts('zh.html')).toBeUndefined();
		expect(files.shell).toEqual(['en.html']);
	});

	it.each([
		['_app/immutable/workers/worker-BxY_-12a.js', '_app/immutable/workers/worker.js'],
		[
			'_app/immutable/assets/inter-latin-wght-normal.Dx4kXJAl.woff2',
			'_app/immutable/assets/inter-latin-wght-normal.woff2'
		],
		['pictures/chelsea.webp', 'pictures/chelsea.webp'],
		['en/networks/mobilenet-v3-small.html', 'en/networks/mobilenet-v3-small.html']
	])('stem(%j) is %j', (path, stem) => expect(Files.stem(path)).toBe(stem));
});
