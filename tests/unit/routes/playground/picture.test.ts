import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dimensionsOf } from '../../../../src/lib/running/picture/dimensions';
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
