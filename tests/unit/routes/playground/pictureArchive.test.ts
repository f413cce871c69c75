import { unzipSync, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import {
	most,
	packed,
	readArchive
} from '../../../../src/routes/[lang=lang]/(site)/playground/classes/pictureArchive';

function foldersIn(bytes: Uint8Array, name: string) {
	const archive = readArchive(bytes, name);
	if (archive.kind !== 'folders') throw new Error(`not folders: ${archive.kind}`);
	return archive.folders;
}
const text = (content: string) => new TextEncoder().encode(content);

it('packed classes come back by their names, picture by picture', async () => {
	const classes = [
		{ name: 'cup', pictures: [{ blob: new Blob(['a']) }, { blob: new Blob(['b']) }] },
		{ name: 'a/b: c?', pictures: [{ blob: new Blob(['c']) }] }
	];
	const archive = new Uint8Array(await (await packed(classes)).arrayBuffer());
	const folders = foldersIn(archive, 'my.zip');
	expect(folders.map(({ name, files }) => [name, files.length])).toEqual([
		['cup', 2],
		['a/b: c?', 1]
	]);
	// The folder itself has a name that every file system takes.
	expect(Object.keys(unzipSync(archive))).toContain('a_b_ c_/001.jpg');
	expect(await folders[0]!.files[1]!.text()).toBe('b');
});

it('goes by folders where what should say the names of classes does not', () => {
	for (const names of ['no JSON', 'null', '[1]', '{"cat":1}', '{"dog":"x"}', '{"cat":""}', '"cat"']) {
		const archive = zipSync({ 'class-names.json': text(names), 'cat/1.png': text('1') });
		expect(foldersIn(archive, 'my.zip').map(({ name }) => name)).toEqual(['cat']);
	}
});

it('takes the innermost folder for the class, and nothing that systems add', () => {
	const archive = zipSync({
		'data/train/cat/1.png': text('1'),
		'data/train/dog/1.png': text('2'),
		'__MACOSX/data/train/cat/._1.png': text('3'),
		'data/.DS_Store': text('4'),
		'readme.txt': text('5'),
		'data/notes/about.txt': text('6')
	});
	expect(foldersIn(archive, 'my.zip').map(({ name }) => name)).toEqual(['cat', 'dog']);
});

it('takes no broken archive, and no file of another kind', () => {
	const archive = zipSync({ 'cat/1.png': text('1') });
	expect(readArchive(archive.subarray(0, archive.length / 2), 'my.zip')).toEqual({ kind: 'damaged' });
	for (const bytes of [text('no archive'), text('PK'), new Uint8Array()])
		expect(readArchive(bytes, 'my.zip')).toEqual({ kind: 'none' });
	expect(readArchive(zipSync({}), 'my.zip')).toEqual({ kind: 'folders', folders: [] });
	// Whole but for what is packed.
	const packedOne = zipSync({ 'cat/1.png': text('a long text, a long text, a long text') });
	packedOne.fill(0xff, 39, 50);
	expect(readArchive(packedOne, 'my.zip')).toEqual({ kind: 'damaged' });
});

it('knows a network from pictures, in a folder or in none', () => {
	for (const name of ['model.json', 'mine/model.json', 'net.onnx'])
		expect(readArchive(zipSync({ [name]: text('1'), 'weights.bin': text('2') }), 'my.zip')).toEqual({
			kind: 'network'
		});
	expect(foldersIn(zipSync({ 'model.json': text('1'), 'cat/1.png': text('2') }), 'my.zip')).toHaveLength(1);
});

it('takes no more than it reads, and says whether there were pictures', () => {
	const many = (ending: string) =>
		zipSync(
			Object.fromEntries(
				Array.from({ length: most.files + 1 }, (_, i) => [`${i}.${ending}`, new Uint8Array()])
			),
			{ level: 0 }
		);
	expect(readArchive(many('png'), 'my.zip')).toEqual({ kind: 'large', hasPictures: true });
	expect(readArchive(many('bin'), 'my.zip')).toEqual({ kind: 'large', hasPictures: false });
});

it('writes classes into folders of their own whose names differ in nothing that a folder may be called', async () => {
	const classes = [
		{ name: 'a/b', pictures: [{ blob: new Blob(['a']) }] },
		{ name: 'a:b', pictures: [{ blob: new Blob(['b']) }] }
	];
	const archive = new Uint8Array(await (await packed(classes)).arrayBuffer());
	const folders = foldersIn(archive, 'my.zip');
	expect(folders.map(({ name, files }) => [name, files.length])).toEqual([
		['a/b', 1],
		['a:b', 1]
	]);
	expect(Object.keys(unzipSync(archive))).toEqual(expect.arrayContaining(['a_b/001.jpg', 'a_b 2/001.jpg']));
});

it.each([
	{ files: ['0.jpg', '1.jpg'], archive: 'Cups.zip', classes: { Cups: 2 } },
	{ files: ['cup-1.jpg', 'cup-2.png', 'lid (3).jpg'], archive: 'my.zip', classes: { cup: 2, lid: 1 } },
	{
		files: ['Class 1-!-0.jpg', 'Class 1-!-1.jpg', 'Class 2-!-0.jpg', 'manifest.json'],
		archive: 'project.tm',
		classes: { 'Class 1': 2, 'Class 2': 1 }
	},
	{ files: ['notes.txt'], archive: 'my.zip', classes: {} }
])('takes $files of $archive, which lie in no folder, as $classes', ({ files, archive, classes }) => {
	const zipped = zipSync(Object.fromEntries(files.map((file) => [file, text(file)])));
	const folders = foldersIn(zipped, archive);
	expect(Object.fromEntries(folders.map((folder) => [folder.name, folder.files.length]))).toEqual(classes);
});
