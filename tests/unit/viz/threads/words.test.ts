import { expect, it } from 'vitest';
import { baseLocale, useLocale } from '$lib/i18n';
import { pictureAt } from '$lib/viz/figures/threads/layout/pictureAt';
import { wallOf } from '$lib/viz/figures/threads/ways';
import { leadAt, sumParts } from '$lib/viz/figures/threads/words';

useLocale(baseLocale);

it.each([{}, { counted: 512 }])(
	'what stands beside the number is its sum, or says that it has none (%o)',
	(options) => {
		const wall = wallOf(options);
		for (const { at } of wall.ways) expect(sumParts(pictureAt(at, wall), wall)[0]).toMatch(/^= /);
		for (let t = 0; t <= 5; t += 0.01) {
			const picture = pictureAt(t, wall);
			const text = sumParts(picture, wall).join('');
			if (!text.startsWith('= ')) continue;
			const [, size = '', weights = '', count = '', more = '0'] =
				/^= (\d+)×\d+ positions × \((\d+)×([\d,]+)(?: \+ ([\d,]+))?\)$/.exec(text) ?? [];
			const [n, w, c, m] = [size, weights, count, more].map((digits) => Number(digits.replaceAll(',', '')));
			expect(n! ** 2 * (w! * c! + m!), text).toBe(Math.round(picture.macs));
		}
	}
);

it('the sentence is of a way at that way, fades while the picture is between two, and says so where it rests there', () => {
	const wall = wallOf();
	for (const { at } of wall.ways)
		for (const isMoving of [true, false])
			expect(leadAt(pictureAt(at, wall), wall, isMoving)).toMatchObject({ way: { at }, strength: 1 });
	expect(leadAt(pictureAt(2.5, wall), wall, true).strength).toBe(0);
	expect(leadAt(pictureAt(2.95, wall), wall, true)).toMatchObject({ way: { id: 'separable' }, strength: 1 });
	// From one number of groups to the next it is the same sentence.
	expect(leadAt(pictureAt(0.6, wall), wall, true).strength).toBe(1);
	expect(leadAt(pictureAt(2.5, wall), wall, false)).toEqual({
		...{ way: null, strength: 1 },
		text: 'Between Depthwise and Separable'
	});
	expect(sumParts(pictureAt(0.6, wall), wall)[0]).toBe('between g = 2 and g = 4');
});
