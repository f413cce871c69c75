import { describe, expect, it } from 'vitest';
import { changeKnobs, defaultKnobs } from '$lib/nets/knobs';
import { knobsCodec } from '$lib/viz/address/knobs';
import { ratioKnobs } from '$lib/viz/figures/ratio/knobs';
import { filtersFor, layerMacs, savingOf, shareOf } from '$lib/viz/figures/ratio/saving';
import { layoutRatio } from '$lib/viz/figures/ratio/layout/ratioCurve';

describe('savingOf', () => {
	it.each([
		[3, 3],
		[1, 3],
		[256, 5],
		[16, 1]
	])(
		'N = %i, k = %i: the formula is the ratio of counted MACs, and the fraction its inverse',
		(filters, kernel) => {
			const { standard, depthwise, pointwise } = layerMacs({ filters, kernel });
			expect(savingOf({ filters, kernel })).toBeCloseTo(standard / (depthwise + pointwise), 10);
			const [over, under] = shareOf({ filters, kernel });
			expect(under / over).toBeCloseTo(savingOf({ filters, kernel }), 10);
		}
	);

	it('saves 2.25 times on 5×5×2 to 3×3×3, 4/9 of the MACs', () => {
		expect(layerMacs({ filters: 3, kernel: 3 })).toEqual({
			input: [5, 5, 2],
			output: [3, 3, 3],
			standard: 486,
			depthwise: 162,
			pointwise: 54
		});
		expect(savingOf({ filters: 3, kernel: 3 })).toBe(2.25);
		expect(shareOf({ filters: 3, kernel: 3 })).toEqual([4, 9]);
	});
});

describe('filtersFor', () => {
	it('8 times with 3×3 windows takes 72 output channels', () => {
		expect(filtersFor(8, 3)).toBe(72);
		expect(savingOf({ filters: 72, kernel: 3 })).toBeCloseTo(8, 10);
	});
	it('k² times is never reached', () => expect(filtersFor(9, 3)).toBeNull());
});

describe('layoutRatio', () => {
	it('has as many points for every k, so that one curve can become another', () => {
		const commands = (kernel: number) =>
			layoutRatio(700, [1, 1024], (filters) => savingOf({ filters, kernel }), kernel ** 2).path.replace(
				/[\d. ]+/g,
				''
			);
		expect(commands(3)).toBe(commands(7));
	});
});

describe('knobs in an address', () => {
	const defaults = defaultKnobs(ratioKnobs);
	const { parse, format } = knobsCodec(ratioKnobs);
	it('holds what is not at its default, and is read back', () => {
		const search = format({ ...defaults, filters: 64 });
		expect(search).toBe('?filters=64');
		expect(parse(search)).toEqual({ value: { ...defaults, filters: 64 }, said: ['filters'], ignored: [] });
		expect(format(defaults)).toBe('');
	});
	it.each(['?filters=0', '?filters=2.5', '?filters=abc', '?other=3', '?__proto__=1'])(
		'%s means nothing here',
		(search) => expect(parse(search)).toMatchObject({ value: defaults, said: [], ignored: [{}] })
	);
	it('what a control sets comes to the nearest whole number in the range', () => {
		const changed = changeKnobs(ratioKnobs, defaults, { filters: 5000, kernel: 2.6 });
		expect(changed).toEqual({ filters: 1024, kernel: 3 });
		expect(changeKnobs(ratioKnobs, changed, { filters: NaN })).toEqual(changed);
	});
});
