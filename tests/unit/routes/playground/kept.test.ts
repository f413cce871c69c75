import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
	isAsKept,
	keepFile,
	keptOf
} from '../../../../src/routes/[lang=lang]/(site)/playground/classes/kept';

const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3);
const square = { width: 256, height: 256 };

beforeEach(() => {
	vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:');
});
afterEach(() => vi.restoreAllMocks());

it('keeps a file that the page has saved as it is, so that it is known again', async () => {
	const saved = await keptOf(new Blob([jpeg], { type: 'image/jpeg' }));
	const pixels = { ...square, data: new Uint8ClampedArray(0) };
	const opened = await keepFile(new File([jpeg], '001.jpg'), { ...square, pixels } as never);
	expect(opened.print).toBe(saved.print);
	expect([opened.blob.type, opened.blob.size]).toEqual(['image/jpeg', jpeg.length]);
});

it('encodes whatever is of another kind, shape or size', () => {
	expect(isAsKept(jpeg, { width: 100, height: 100 })).toBe(true);
	expect(isAsKept(jpeg, { width: 256, height: 200 })).toBe(false);
	expect(isAsKept(jpeg, { width: 300, height: 300 })).toBe(false);
	expect(isAsKept(Uint8Array.of(0x89, 0x50), square)).toBe(false);
});
