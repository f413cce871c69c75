import { expect, it } from 'vitest';
import { baseLocale, useLocale } from '$lib/i18n';
import { pictureAt } from '$lib/viz/figures/threads/layout/pictureAt';
import { wallOf } from '$lib/viz/figures/threads/ways';
import { sumText } from '$lib/viz/figures/threads/words';

useLocale(baseLocale);

it.each([{}, { counted: 512 }])(
	'what stands beside the number is its sum, or says that it has none (%o)',
	(options) => {
		const wall = wallOf(options);
		for (const { at } of wall.ways) expect(sumText(pictureAt(at, wall), wall)).toMatch(/^= /);
		for (let t = 0; t <= 5; t += 0.01) {
			const picture = pictureAt(t, wall);
			const text = sumText(picture, wall);
			if (!text.startsWith('= ')) continue;
			const [, size = '', weights = '', count = '', more = '0'] =
				/^= (\d+)×\d+ × \((\d+)×([\d,]+)(?: \+ ([\d,]+))?\)$/.exec(text) ?? [];
			const [n, w, c, m] = [size, weights, count, more].map((digits) => Number(digits.replaceAll(',', '')));
			expect(n! ** 2 * (w! * c! + m!), text).toBe(Math.round(picture.macs));
		}
	}
);
