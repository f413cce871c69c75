import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestRise, layoutBits } from '../../../../src/routes/[lang=lang]/(site)/compression/bitsChart';

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

it('largestRise(lines): the one that is largest where bits become fewer by one step; none where no line rises', () => {
	const line = (id: string, ...accuracies: readonly number[]) => ({
		id,
		points: accuracies.map((accuracy, i) => ({ bits: i + 2, accuracy }))
	});
	expect(largestRise([line('falls', 0.1, 0.4, 0.8), line('flat', 0.5, 0.5)])).toBeNull();
	expect(largestRise([line('a', 0.1, 0.37, 0.27, 0.7), line('b', 0.3, 0.25, 0.9)])).toEqual({
		id: 'a',
		from: { bits: 4, accuracy: 0.27 },
		to: { bits: 3, accuracy: 0.37 }
	});
});
