import { expect, it } from 'vitest';
import fc from 'fast-check';
import {
	inColumn,
	percent,
	pointsBetween,
	rounded
} from '../../../../src/routes/[lang=lang]/(site)/learn/texts';
import { placeAt } from '../../../../src/routes/places';

it('pointsBetween(share, other) is the difference of what is printed of the two', () => {
	const share = fc.double({ min: 0, max: 1, noNaN: true });
	fc.assert(
		fc.property(share, share, (one, other) => {
			const [a, b] = [one, other].map((of) => Number.parseFloat(percent(of)('en')) || 0);
			expect(Number(pointsBetween(one, other)('en'))).toBeCloseTo(Math.abs(a! - b!), 6);
		})
	);
});

it('inColumn(numbers) says all in the unit of the least in English, and each in its own in Chinese', () => {
	const macs = inColumn([568_740_352, 15_470_264_320]);
	expect([macs(568_740_352)('en'), macs(15_470_264_320)('en')]).toEqual(['569 million', '15,500 million']);
	expect([macs(568_740_352)('zh'), macs(15_470_264_320)('zh')]).toEqual(['5.69 亿', '155 亿']);
	const params = inColumn([1_248_424, 138_357_544]);
	expect([params(1_248_424)('zh'), params(138_357_544)('zh')]).toEqual(['125 万', '1.38 亿']);
});

it('rounded(n) says one number in its own unit', () => {
	expect(rounded(15_470_264_320)('en')).toBe('15.5 billion');
	expect(rounded(38_000_000)('zh')).toBe('3800 万');
	expect([rounded(999_960_000)('en'), rounded(99_960_000)('zh')]).toEqual(['1 billion', '1 亿']);
	expect([rounded(9_949)('en'), rounded(9_949)('zh')]).toEqual(['9,949', '9,949']);
});

it('a number is said in one way in Chinese, with whatever it stands side by side', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 1, max: 1e12 }), { minLength: 1 }), (numbers) => {
			for (const n of numbers) {
				const said = inColumn(numbers)(n)('zh');
				expect(said).toBe(rounded(n)('zh'));
				if (/[万亿]/.test(said))
					expect(said).toMatch(said.endsWith('万') ? /^[\d.]{1,4} 万$/ : /^[\d.]+ 亿$/);
			}
		})
	);
});

it.each([
	['/learn', 'learn'],
	['/learn/mobilenet', 'learn'],
	['/learn/errata', 'errata'],
	['/ops/shuffle', 'ops'],
	['', undefined]
])('placeAt(%j) is %s', (path, place) => expect(placeAt(path)).toBe(place));
