import { expect, it } from 'vitest';
import { arePictures, isPictureFile } from '$lib/running/picture/isPicture';
import { isUntold } from '../../../src/routes/[lang=lang]/(site)/playground/classes/pictureFile';

const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10);

it('knows a picture by its type, or by how it begins where the system knows none', async () => {
	expect(await isPictureFile(new File(['a'], 'a.png', { type: 'image/png' }))).toBe(true);
	expect(await isPictureFile(new File([png], 'a'))).toBe(true);
	expect(await isPictureFile(new File([png], 'a', { type: 'text/plain' }))).toBe(false);
	expect(await isPictureFile(new File(['hello'], 'a'))).toBe(false);
	expect(await arePictures([new File([png], 'a'), new File(['hello'], 'b')])).toBe(false);
	expect(await arePictures([])).toBe(false);
});

it('asks the content of a file that has neither a type nor the name of a network', () => {
	const names = ['photo', 'photo.heic', 'net.onnx', 'labels.txt'];
	expect(names.map((name) => isUntold({ name, type: '' }))).toEqual([true, true, false, false]);
	expect(isUntold({ name: 'photo', type: 'image/heic' })).toBe(false);
});
