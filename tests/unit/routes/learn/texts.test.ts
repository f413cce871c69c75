import { expect, it } from 'vitest';
import fc from 'fast-check';
import { percent, pointsBetween } from '../../../../src/routes/[lang=lang]/(site)/learn/texts';
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

it.each([
	['/learn', 'learn'],
	['/learn/mobilenet', 'learn'],
	['/learn/errata', 'errata'],
	['/ops/shuffle', 'ops'],
	['', undefined]
])('placeAt(%j) is %s', (path, place) => expect(placeAt(path)).toBe(place));
