import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fontAddress, isIn, parseRanges } from '$lib/viz/export/fonts';

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

describe('fontAddress(source, sheet)', () => {
	const font = '_app/immutable/assets/inter.woff2';
	// Where the reader is by now, in no folder that the page came from.
	beforeEach(() => vi.stubGlobal('location', new URL('https://host.test/en/ops/standard?step=3')));
	afterEach(() => vi.unstubAllGlobals());

	it.each(['./', '../', '../../', '/'])(
		'is the same in a page whose own styles lead to the root by %s',
		(root) => {
			expect(fontAddress(`url("${root}${font}") format("woff2")`, null).href).toBe(
				`https://host.test/${font}`
			);
		}
	);
	it('is relative to the sheet, where a sheet has it', () => {
		const sheet = 'https://host.test/_app/immutable/assets/style.css';
		expect(fontAddress('url(./inter.woff2)', sheet).href).toBe(`https://host.test/${font}`);
	});
});
