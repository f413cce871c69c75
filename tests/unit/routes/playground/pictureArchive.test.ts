import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import {
	foldersIn,
	packed
} from '../../../../src/routes/[lang=lang]/(site)/playground/classes/pictureArchive';

const text = (content: string) => new TextEncoder().encode(content);

it('packed classes come back by their names, picture by picture', async () => {
	const classes = [
		{ name: 'cup', pictures: [{ blob: new Blob(['a']) }, { blob: new Blob(['b']) }] },
		{ name: 'a/b: c?', pictures: [{ blob: new Blob(['c']) }] }
	];
	const archive = new Uint8Array(await (await packed(classes)).arrayBuffer());
	const folders = foldersIn(archive)!;
	expect(folders.map(({ name, files }) => [name, files.length])).toEqual([
		['cup', 2],
		['a_b_ c_', 1]
	]);
	expect(await folders[0]!.files[1]!.text()).toBe('b');
});

it('takes the innermost folder for the class, and nothing that systems add', () => {
	const archive = zipSync({
		'data/train/cat/1.png': text('1'),
		'data/train/dog/1.png': text('2'),
		'__MACOSX/data/train/cat/._1.png': text('3'),
		'data/.DS_Store': text('4'),
		'readme.txt': text('5')
	});
	expect(foldersIn(archive)!.map(({ name }) => name)).toEqual(['cat', 'dog']);
});

it('takes no broken archive, and no file of another kind', () => {
	const archive = zipSync({ 'cat/1.png': text('1') });
	expect(foldersIn(archive.subarray(0, archive.length / 2))).toBeNull();
	expect(foldersIn(text('no archive'))).toBeNull();
});
