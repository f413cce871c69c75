import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dimensionsOf } from '../../../../src/lib/running/picture/dimensions';
import { countElements, isSvg, mostElements, sizedSvg } from '../../../../src/lib/running/picture/svg';
import { isCutOff, turnOf } from '../../../../src/lib/running/picture/wholeness';
import { isClassifier, topOf } from '../../../../src/routes/[lang=lang]/(site)/playground/topFive';

const bytes = (...parts: (string | readonly number[])[]) =>
	Uint8Array.from(
		parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part))
	);
const zeros = (count: number) => Array.from({ length: count }, () => 0);

describe('dimensionsOf', () => {
	const cases: Record<string, Uint8Array> = {
		PNG: bytes([0x89], 'PNG\r\n\x1a\n', zeros(4), 'IHDR', [0, 0, 1, 44], [0, 0, 0, 200]),
		GIF: bytes('GIF89a', [44, 1], [200, 0]),
		BMP: bytes('BM', zeros(16), [44, 1, 0, 0], [0x38, 0xff, 0xff, 0xff]),
		// An APP1 segment of 6 bytes lies before the frame header.
		JPEG: bytes([0xff, 0xd8], [0xff, 0xe1, 0, 6], zeros(4), [0xff, 0xc2, 0, 17, 8, 0, 200, 1, 44]),
		// Two tiles make the picture, whose size stands among theirs.
		AVIF: bytes(
			[0, 0, 0, 16],
			'ftypavif',
			zeros(4),
			[0, 0, 0, 20],
			'ispe',
			zeros(4),
			[0, 0, 0, 150, 0, 0, 0, 200],
			[0, 0, 0, 20],
			'ispe',
			zeros(4),
			[0, 0, 1, 44, 0, 0, 0, 200]
		),
		'WebP, lossy': bytes('RIFF', zeros(4), 'WEBPVP8 ', zeros(10), [44, 1], [200, 0]),
		'WebP, extended': bytes('RIFF', zeros(4), 'WEBPVP8X', zeros(8), [43, 1, 0], [199, 0, 0])
	};
	it.each(Object.entries(cases))('%s of 300×200', (_, file) => {
		expect(dimensionsOf(file)).toEqual({ width: 300, height: 200 });
	});

	it.each([
		['chelsea', 451, 300],
		['astronaut', 512, 512],
		['frog', 192, 192]
	])('the bundled %s is %i×%i', (name, width, height) => {
		expect(dimensionsOf(readFileSync(`static/pictures/${name}.webp`))).toEqual({ width, height });
	});

	it.each([
		['nothing', bytes()],
		['text', bytes('This is no picture.')],
		['a PNG that is cut off', cases['PNG']!.slice(0, 18)],
		['a JPEG that is cut off', cases['JPEG']!.slice(0, 12)]
	])('of %s is null', (_, file) => {
		expect(dimensionsOf(file)).toBeNull();
	});
});

describe('isCutOff', () => {
	// Previews in EXIF data have an end of their own.
	const jpeg = bytes(
		[0xff, 0xd8],
		[0xff, 0xe1, 0, 6, 0xff, 0xd9, 0, 0],
		[0xff, 0xda, 0, 4, 0, 0],
		[1, 2, 0xff, 0],
		[0xff, 0xd9]
	);
	const png = bytes([0x89], 'PNG\r\n\x1a\n', zeros(4), 'IDAT', zeros(8), 'IEND', zeros(4));
	const avif = bytes([0, 0, 0, 12], 'ftypavif', [0, 0, 0, 16], 'mdat', zeros(8));
	const files: Record<string, Uint8Array> = {
		jpeg,
		png,
		avif,
		// A table of two colours, an extension and an image whose data has the trailer's byte in it.
		gif: bytes(
			'GIF89a',
			zeros(4),
			[0x80, 0, 0],
			zeros(6),
			'!',
			[0xf9, 1, 9, 0],
			',',
			zeros(9),
			[2, 3],
			';;;',
			[0],
			';'
		),
		webp: bytes('RIFF', [12, 0, 0, 0], 'WEBP', zeros(8)),
		chelsea: readFileSync('static/pictures/chelsea.webp')
	};
	it.each(Object.entries(files))('%s, whole, with more behind it, and without its end', (_, file) => {
		expect(isCutOff(file)).toBe(false);
		expect(isCutOff(bytes([...file], zeros(30)))).toBe(false);
		expect(isCutOff(file.subarray(0, -2))).toBe(true);
	});
});

describe('turnOf', () => {
	const tiff = bytes('II*\0', [8, 0, 0, 0], [1, 0], [0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0], zeros(4));
	const webp = bytes(
		'RIFF',
		[50, 0, 0, 0],
		'WEBP',
		'VP8 ',
		[3, 0, 0, 0, 9, 9, 9, 0],
		'EXIF',
		[26, 0, 0, 0],
		[...tiff]
	);
	const png = bytes([0x89], 'PNG\r\n\x1a\n', [0, 0, 0, 26], 'eXIf', [...tiff], zeros(8), 'IEND', zeros(4));

	it.each(Object.entries({ webp, png }))('finds it in a %s, and takes it away', (_, file) => {
		const { orientation, plain } = turnOf(file);
		expect(orientation).toBe(6);
		expect(turnOf(plain).orientation).toBe(1);
		expect(isCutOff(plain)).toBe(false);
	});

	it('leaves other files as they are', () => {
		for (const file of [bytes(), bytes('RIFF', zeros(4), 'WEBPEXIF', [9, 9, 9, 9]), webp.subarray(0, 40)])
			expect(turnOf(file)).toEqual({ orientation: 1, plain: file });
	});
});

describe('SVG', () => {
	it('is told by its first element', () => {
		for (const text of ['<svg>', '<?xml version="1.0"?>\n<!-- a --><!DOCTYPE svg>\n<svg xmlns="…">'])
			expect(isSvg(text)).toBe(true);
		for (const text of ['', '<p><svg>', 'svg', '<svgs>']) expect(isSvg(text)).toBe(false);
	});

	it.each([
		['<svg viewBox="0 0 40 20"><path/></svg>', 1024, 512],
		['<svg viewBox="0 0 20 40" width="100%"/>', 512, 1024],
		['<svg width="30px" height=\'20\'/>', 30, 20],
		['<svg height="50" viewBox="0 0 4 2"/>', 100, 50],
		['<svg width="4096" height="1024"/>', 1024, 256],
		['<svg/>', 1024, 1024]
	])('%s is drawn at %i×%i', (text, width, height) => {
		expect(sizedSvg(text)).toMatchObject({ width, height });
		expect(sizedSvg(text)!.text).toContain(`<svg width="${width}" height="${height}"`);
	});

	it('counts what is used as often as it is drawn, and refuses what multiplies', () => {
		const level = (i: number) => `<g id="a${i}">${`<use href="#a${i - 1}"/>`.repeat(10)}</g>`;
		const bomb = `<svg><defs><rect id="a0"/>${Array.from({ length: 30 }, (_, i) => level(i + 1)).join('')}</defs><use href="#a30"/></svg>`;
		expect(countElements('<svg><g id="a"><rect/><rect/></g><use href="#a"/></svg>')).toBe(8);
		expect(countElements(bomb)).toBeGreaterThan(mostElements);
		expect(sizedSvg(bomb)).toBeNull();
		expect(sizedSvg('<!DOCTYPE svg [<!ENTITY a "&b;&b;">]><svg/>')).toBeNull();
		expect(countElements('<svg><g id="a"><use href="#a"/></g></svg>')).toBeLessThan(10);
	});
});

describe('topOf', () => {
	const output = (...values: number[]) =>
		({ shape: [1, 1, values.length], data: Float32Array.from(values) }) as const;

	it('lists shares as they are, the largest first, the lower index first where two are equal', () => {
		const top = topOf(output(0.1, 0.4, 0.1, 0.4), 3);
		expect(top.map(({ index }) => index)).toEqual([1, 3, 0]);
		expect(top[0]!.share).toBeCloseTo(0.4, 6);
	});

	it('makes shares of scores', () => {
		const top = topOf(output(0, Math.log(3)));
		expect(top.map(({ share }) => share.toFixed(4))).toEqual(['0.7500', '0.2500']);
	});

	it('of large scores does not overflow', () => {
		expect(topOf(output(1000, 999))[0]!.share).toBeCloseTo(1 / (1 + Math.exp(-1)), 5);
	});

	it('is for outputs of one number a class', () => {
		expect(isClassifier({ shape: [1, 1, 10] })).toBe(true);
		expect(isClassifier({ shape: [7, 7, 10] })).toBe(false);
		expect(isClassifier({ shape: [1, 1, 1] })).toBe(false);
	});
});
