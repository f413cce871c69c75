import { describe, expect, it } from 'vitest';
import { readWeightSets } from '$lib/running/weightSets';
import { integersOf } from '../../../../src/routes/[lang=lang]/(site)/compression/integersOf';

describe('integersOf(folder, set, lang)', () => {
	const folder = 'static/weights';
	const ways = (id: string) => {
		const set = readWeightSets(folder).find((of) => of.id === id)!;
		return integersOf(folder, set, 'en');
	};

	it('a set whose channels are equalised comes without that first, and then as the site runs it', () => {
		const [plain, equalized, ...others] = ways('cifar10-shufflenet');
		expect(others).toEqual([]);
		expect(plain).toMatchObject({ isUsed: false, isEqualized: false, name: 'ShuffleNet v1' });
		expect(equalized).toMatchObject({ isUsed: true, isEqualized: true, name: 'ShuffleNet v1, equalised' });
		expect(plain!.key).not.toBe(equalized!.key);
		expect(plain!.ranges).not.toEqual(equalized!.ranges);
		// Layers are told as they are rounded: one scale harms none of them as it does the worst without.
		const worst = (of: typeof plain) => Math.max(...of!.layers.map(({ error }) => error.tensor));
		expect(worst(plain)).toBeGreaterThan(0.9);
		expect(worst(equalized)).toBeLessThan(worst(plain) / 2);
	});
	it('any other comes as it is', () => {
		expect(ways('cifar10-mobilenet')).toMatchObject([
			{ isUsed: true, isEqualized: false, key: 'cifar10-mobilenet' }
		]);
	});
});
