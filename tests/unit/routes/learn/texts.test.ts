import { expect, it } from 'vitest';
import fc from 'fast-check';
import {
	inOneUnit,
	percent,
	pointsBetween,
	rounded
} from '../../../../src/routes/[lang=lang]/(site)/learn/texts';
import { placeAt } from '../../../../src/routes/places';

it('pointsBetween(share, other) is the difference of what is printed of the two', () => {
	const share = fc.double({ min: 0, max: 1, noNaN: true });
	fc.assert(
		fc.property(share, share, (one, other) => {
			const [a, b] = [one, other].map((of) => Number.parseFloat(percent(of)('en')));
			expect(Number(pointsBetween(one, other)('en'))).toBeCloseTo(Math.abs(a! - b!), 6);
		})
	);
});

it('inOneUnit(numbers) says all in the unit of the least, and one by itself as rounded does', () => {
	const macs = inOneUnit([832_667_936, 15_470_264_320]);
	expect([macs(832_667_936)('en'), macs(15_470_264_320)('en')]).toEqual(['833 million', '15,500 million']);
	expect(rounded(15_470_264_320)('en')).toBe('15.5 billion');
	const params = inOneUnit([1_248_424, 138_357_544]);
	expect([params(1_248_424)('zh'), params(138_357_544)('zh')]).toEqual(['125 万', '13,800 万']);
});

it.each([
	['/learn', 'learn'],
	['/learn/mobilenet', 'learn'],
	['/learn/errata', 'errata'],
	['/ops/shuffle', 'ops'],
	['', undefined]
])('placeAt(%j) is %s', (path, place) => expect(placeAt(path)).toBe(place));
