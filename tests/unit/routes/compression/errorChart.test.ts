import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatShare } from '$lib/viz/words/format';
import { layoutErrors } from '../../../../src/routes/[lang=lang]/(site)/compression/errorChart';

it('layoutErrors(errors, names, width): later layers stand further right, larger errors higher, all within the plot', () => {
	const errors = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { maxLength: 60 });
	fc.assert(
		fc.property(errors, fc.integer({ min: 0, max: 2000 }), (of, width) => {
			const names = of.map((_, i) => `block${Math.floor(i / 3)}/conv${i}`);
			const { x, y, plot, path, ticks, layers } = layoutErrors(of, names, width);
			of.forEach((error, i) => {
				expect(x(i)).toBeGreaterThanOrEqual(plot.left - 1e-9);
				expect(x(i)).toBeLessThanOrEqual(plot.right + 1e-9);
				expect(y(error)).toBeGreaterThanOrEqual(plot.top - 1e-9);
				expect(y(error)).toBeLessThanOrEqual(plot.bottom + 1e-9);
				if (i > 0) expect(x(i)).toBeGreaterThan(x(i - 1));
			});
			expect(path.match(/[MLZ]/g)?.length ?? 0).toBeGreaterThanOrEqual(of.length);
			expect(Math.max(0, ...of)).toBeLessThanOrEqual(ticks.at(-1)!);
			for (const tick of ticks) expect(y(tick)).toBeGreaterThanOrEqual(plot.top - 1e-9);
			expect(layers.at(-1)?.at ?? -1).toBe(of.length - 1);
			for (const { at, name } of layers) expect(names[at]!.split('/')[0]).toBe(name);
		})
	);
});

it('layoutErrors(errors, names, width): what ticks say has room before the axis, however large errors are', () => {
	for (const error of [0.004, 0.04, 0.4, 1.5, 12, 120]) {
		const { ticks, digits, plot } = layoutErrors([error, error / 2], ['a', 'b'], 360);
		const texts = ticks.map((tick) => formatShare(tick, digits));
		expect(new Set(texts).size).toBe(ticks.length);
		// Of 13 pixels a character in mono, 0.6 em each, and 7 to the axis.
		for (const text of texts) expect(text.length * 7.8 + 7).toBeLessThanOrEqual(plot.left);
	}
});

it('layoutErrors(errors, names, width) names layers where a block begins, as far as there is room, and the last', () => {
	const names = ['input', 'conv1', 'stage2/a', 'stage2/b', 'stage3/a', 'stage3/b', 'stage4/a', 'logits'];
	const ticksOf = (width: number) =>
		layoutErrors(
			names.map(() => 1),
			names,
			width
		).layers.map(({ name }) => name);
	expect(ticksOf(1200)).toEqual(['input', 'conv1', 'stage2', 'stage3', 'stage4', 'logits']);
	const few = ticksOf(330);
	expect(few.length).toBeLessThan(6);
	expect([few[0], few.at(-1)]).toEqual(['input', 'logits']);
});
