import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeCard } from '$lib/viz/figures/compare/layout/card';
import { contains, covers } from '$lib/viz/plot/labels';

const bounds = { x: 10, y: 10, width: 600, height: 400 };

it('a card lies within the bounds, and beside its mark where there is room', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 10, max: 610 }),
			fc.integer({ min: 10, max: 410 }),
			fc.integer({ min: 2, max: 20 }),
			(x, y, r) => {
				const card = { width: 220, height: 160 };
				const box = { ...placeCard({ x, y, r }, card, bounds), ...card };
				expect(contains(bounds, box)).toBe(true);
				expect(covers(box, { x, y, r })).toBe(false);
			}
		)
	);
});

it('a card that is nearly as wide as the bounds goes above or below its mark', () => {
	const narrow = { x: 0, y: 0, width: 240, height: 400 };
	const card = { width: 220, height: 150 };
	expect(placeCard({ x: 120, y: 300, r: 5 }, card, narrow)).toEqual({ x: 10, y: 135 });
	expect(placeCard({ x: 120, y: 100, r: 5 }, card, narrow)).toEqual({ x: 10, y: 115 });
});
