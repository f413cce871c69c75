import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layoutErrors } from '../../../../src/routes/[lang=lang]/(site)/compression/errorChart';

it('layoutErrors(errors, width): later layers stand further right, larger errors higher, all within the plot', () => {
	const errors = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { maxLength: 60 });
	fc.assert(
		fc.property(errors, fc.integer({ min: 0, max: 2000 }), (of, width) => {
			const { x, y, plot, path, ticks } = layoutErrors(of, width);
			of.forEach((error, i) => {
				expect(x(i)).toBeGreaterThanOrEqual(plot.left - 1e-9);
				expect(x(i)).toBeLessThanOrEqual(plot.right + 1e-9);
				expect(y(error)).toBeGreaterThanOrEqual(plot.top - 1e-9);
				expect(y(error)).toBeLessThanOrEqual(plot.bottom + 1e-9);
				if (i > 0) expect(x(i)).toBeGreaterThan(x(i - 1));
			});
			expect(path.match(/[MLZ]/g)?.length ?? 0).toBeGreaterThanOrEqual(of.length);
			for (const tick of ticks) expect(y(tick)).toBeGreaterThanOrEqual(plot.top - 1e-9);
		})
	);
});
