import { describe, expect, it } from 'vitest';
import { isIn, parseRanges } from '$lib/viz/export/fonts';

describe('parseRanges(text)', () => {
	it('reads single code points, ranges and wildcards', () => {
		expect(parseRanges('U+0-FF, u+131,U+4??')).toEqual([
			[0, 0xff],
			[0x131, 0x131],
			[0x400, 0x4ff]
		]);
	});
	it('is everything, where nothing is said', () => {
		expect(isIn(parseRanges(''), 0x5377)).toBe(true);
	});
	it('holds its ends', () => {
		const ranges = parseRanges('U+2080-2089');
		expect([0x207f, 0x2080, 0x2089, 0x208a].map((code) => isIn(ranges, code))).toEqual([
			false,
			true,
			true,
			false
		]);
	});
});
