import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestSpot, nextSpot, type Direction } from '$lib/viz/figures/compare/layout/nearest';

const spots = fc
	.array(fc.record({ x: fc.integer({ min: 0, max: 500 }), y: fc.integer({ min: 0, max: 300 }) }), {
		minLength: 1,
		maxLength: 30
	})
	.map((list) => list.map((spot, i) => ({ id: `n${i}`, ...spot })));

describe('nextSpot', () => {
	const square = [
		{ id: 'here', x: 0, y: 0 },
		{ id: 'right', x: 10, y: 2 },
		{ id: 'far right', x: 20, y: 0 },
		{ id: 'below', x: 1, y: 10 },
		{ id: 'above', x: 3, y: -60 }
	];

	it.each([
		['right', 'right'],
		['down', 'below'],
		['up', 'above']
	] as const)('%s leads to %s', (direction, id) => {
		expect(nextSpot({ x: 0, y: 0 }, square, direction)?.id).toBe(id);
	});

	it('leads nowhere at the edge', () => {
		expect(nextSpot({ x: 0, y: 0 }, square, 'left')).toBeNull();
	});

	it('leads strictly on, so that repeated steps reach the outermost point', () => {
		fc.assert(
			fc.property(spots, fc.constantFrom<Direction[]>('left', 'right', 'up', 'down'), (list, direction) => {
				const along = ({ x, y }: { x: number; y: number }) =>
					({ left: -x, right: x, up: -y, down: y })[direction];
				let at = list[0]!;
				for (;;) {
					const next = nextSpot(at, list, direction);
					if (!next) break;
					expect(along(next)).toBeGreaterThan(along(at));
					at = next;
				}
				expect(along(at)).toBe(Math.max(...list.map(along)));
			})
		);
	});
});

describe('nearestSpot', () => {
	it('is the nearest within reach, or none', () => {
		const list = [
			{ id: 'a', x: 0, y: 0 },
			{ id: 'b', x: 10, y: 0 }
		];
		expect(nearestSpot({ x: 7, y: 1 }, list, 20)?.id).toBe('b');
		expect(nearestSpot({ x: 5, y: 50 }, list, 20)).toBeNull();
	});
});
