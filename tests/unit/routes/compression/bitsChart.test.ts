import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutBits } from '../../../../src/routes/[lang=lang]/(site)/compression/bitsChart';

describe('layoutBits(lines, width)', () => {
	const lines = [
		{
			id: 'a',
			points: [2, 5, 8].map((bits) => ({ bits, accuracy: bits / 8 }))
		}
	];

	it('more bits stand further right, more accuracy higher, all within the plot', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 2000 }), (width) => {
				const { x, y, plot, xTicks, yTicks } = layoutBits(lines, width);
				expect(xTicks).toEqual([2, 5, 8]);
				expect(x(2)).toBeLessThan(x(5));
				expect(y(1)).toBeLessThan(y(0.5));
				for (const tick of xTicks) {
					expect(x(tick)).toBeGreaterThan(plot.left);
					expect(x(tick)).toBeLessThan(plot.right);
				}
				expect([y(1), y(0)]).toEqual([plot.top, plot.bottom]);
				expect([yTicks[0], yTicks.at(-1)]).toEqual([0, 1]);
			})
		);
	});
	it('a path through all points of each line', () => {
		const { paths } = layoutBits(lines, 640);
		expect(paths.map(({ id, d }) => [id, d.match(/[ML]/g)?.length])).toEqual([['a', 3]]);
	});
});
