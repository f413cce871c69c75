import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dominates, paretoFront } from '$lib/viz/figures/compare/layout/paretoFront';

interface Item {
	readonly cost: number;
	readonly size: number;
	readonly accuracy: number;
}
const criteria = [(item: Item) => item.cost, (item: Item) => item.size, (item: Item) => -item.accuracy];
const value = fc.integer({ min: 0, max: 12 });
const items = fc.array(fc.record({ cost: value, size: value, accuracy: value }), { maxLength: 40 });

describe('paretoFront', () => {
	it('has no item that another dominates, and leaves out none that no other dominates', () => {
		fc.assert(
			fc.property(items, (list) => {
				const front = new Set(paretoFront(list, criteria));
				for (const item of list) {
					expect(front.has(item)).toBe(!list.some((other) => dominates(other, item, criteria)));
				}
			})
		);
	});

	it('has for every item left out one on the front that dominates it', () => {
		fc.assert(
			fc.property(items, (list) => {
				const front = paretoFront(list, criteria);
				for (const item of list.filter((one) => !front.includes(one))) {
					expect(front.some((better) => dominates(better, item, criteria))).toBe(true);
				}
			})
		);
	});

	it('keeps both of two equal items', () => {
		const twins = [
			{ cost: 1, size: 1, accuracy: 1 },
			{ cost: 1, size: 1, accuracy: 1 }
		];
		expect(paretoFront(twins, criteria)).toEqual(twins);
	});
});
