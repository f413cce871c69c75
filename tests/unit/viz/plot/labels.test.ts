import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contains, covers, overlap, placeLabels, textWidth, type Box } from '$lib/viz/plot/labels';

const bounds: Box = { x: 0, y: 0, width: 300, height: 200 };
const wish = fc.record({
	x: fc.integer({ min: 0, max: 300 }),
	y: fc.integer({ min: 0, max: 200 }),
	r: fc.integer({ min: 2, max: 14 }),
	width: fc.integer({ min: 10, max: 120 }),
	height: fc.constant(14),
	rank: fc.integer({ min: 0, max: 3 })
});
const wishes = fc
	.array(wish, { maxLength: 40 })
	.map((list) => list.map((one, i) => ({ id: `n${i}`, ...one })));

describe('placeLabels', () => {
	it('lets no label overlap another, cover a mark, or leave the bounds', () => {
		fc.assert(
			fc.property(wishes, (list) => {
				const placed = placeLabels(list, list, bounds);
				placed.forEach((label, i) => {
					expect(contains(bounds, label)).toBe(true);
					expect(placed.slice(i + 1).filter((other) => overlap(label, other))).toEqual([]);
					expect(list.filter((mark) => covers(label, mark))).toEqual([]);
				});
			})
		);
	});

	it('places the same labels in whatever order they come', () => {
		fc.assert(
			fc.property(wishes, (list) => {
				expect(placeLabels(list.toReversed(), list, bounds)).toEqual(placeLabels(list, list, bounds));
			})
		);
	});

	it('puts a lone label to the right of its mark, and to the left at the right edge', () => {
		const mark = { id: 'a', r: 5, width: 40, height: 14, rank: 0, y: 100 };
		const [right] = placeLabels([{ ...mark, x: 100 }], [], bounds);
		expect(right).toEqual({ id: 'a', x: 108, y: 93, width: 40, height: 14, leader: null });
		const [left] = placeLabels([{ ...mark, x: 290 }], [], bounds);
		expect(left).toEqual({ id: 'a', x: 242, y: 93, width: 40, height: 14, leader: null });
	});

	it('takes an important label away from its mark rather than leave it out, with a line to it', () => {
		const mark = { id: 'a', x: 150, y: 100, r: 5, width: 40, height: 14 };
		const crowd = Array.from({ length: 8 }, (_, i) => ({
			x: 150 + 20 * Math.cos((i * Math.PI) / 4),
			y: 100 + 14 * Math.sin((i * Math.PI) / 4),
			r: 8
		}));
		expect(placeLabels([{ ...mark, rank: 5 }], crowd, bounds)).toEqual([]);
		const [label] = placeLabels([{ ...mark, rank: 0 }], crowd, bounds);
		expect(label?.leader).not.toBeNull();
		expect(crowd.filter((other) => covers(label!, other))).toEqual([]);
	});

	it('gives the only room to the label that comes first by rank', () => {
		const mark = { x: 50, y: 10, r: 5, width: 40, height: 14 };
		const narrow: Box = { x: 45, y: 0, width: 60, height: 20 };
		const placed = placeLabels(
			[
				{ ...mark, id: 'second', rank: 1 },
				{ ...mark, id: 'first', rank: 0 }
			],
			[],
			narrow
		);
		expect(placed.map(({ id }) => id)).toEqual(['first']);
	});
});

it('textWidth takes a 汉字 as wide as it is high', () => {
	expect(textWidth('网络', 12)).toBe(24);
	expect(textWidth('', 12)).toBe(0);
});
