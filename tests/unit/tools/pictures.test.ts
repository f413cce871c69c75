import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import sharp from 'sharp';
import { readTestPictures } from '../../../tools/train/pictures';

// Drawn for this test and encoded by Pillow 12 at quality 85; the .rgb files are the pixels that Pillow decodes them to.
const golden = 'tests/golden/pictures';
const root = mkdtempSync(join(tmpdir(), 'lightnets-pictures-'));

beforeAll(() => {
	const files = {
		'b/0000.jpg': 'full-chroma',
		'a/0001.jpg': 'half-chroma',
		'a/0000.jpg': 'full-chroma'
	};
	for (const [to, from] of Object.entries(files)) {
		mkdirSync(join(root, 'test', to, '..'), { recursive: true });
		copyFileSync(join(golden, `${from}.jpg`), join(root, 'test', to));
	}
	writeFileSync(join(root, 'test', 'a', 'README'), 'no picture');
});
afterAll(() => rmSync(root, { recursive: true }));

it('readTestPictures(dir) gives the pixels of Pillow, by class and by name', async () => {
	const pixels = (name: string) => new Uint8Array(readFileSync(join(golden, `${name}.rgb`)));
	expect(await readTestPictures(root)).toEqual([
		{ label: 0, pixels: pixels('full-chroma') },
		{ label: 0, pixels: pixels('half-chroma') },
		{ label: 1, pixels: pixels('full-chroma') }
	]);
});

it('readTestPictures(dir, 1) reads the first of each class', async () => {
	expect((await readTestPictures(root, 1)).map(({ label }) => label)).toEqual([0, 1]);
});

it('names what is not as it should be', async () => {
	await expect(readTestPictures('/nowhere')).rejects.toThrow('/nowhere/test is not there');
	const other = mkdtempSync(join(tmpdir(), 'lightnets-pictures-'));
	mkdirSync(join(other, 'test', 'a'), { recursive: true });
	await expect(readTestPictures(other)).rejects.toThrow('has no pictures');
	await sharp({ create: { width: 8, height: 9, channels: 3, background: 'red' } })
		.jpeg()
		.toFile(join(other, 'test', 'a', '0.jpg'));
	await expect(readTestPictures(other)).rejects.toThrow('0.jpg is 8×9×3, expected 32×32×3');
	rmSync(other, { recursive: true });
});
