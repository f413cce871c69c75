import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lessonOf } from '../../../../src/routes/[lang=lang]/(site)/learn/lessons';
import { locales } from '$lib/i18n/languages';
import { knobsCodec } from '$lib/viz/address/knobs';
import { beyond, quantizerKnobs, type Scheme } from '$lib/viz/figures/quantizer/knobs';
import { layoutComb, layoutLens } from '$lib/viz/figures/quantizer/layout/comb';
import { Quantizer } from '$lib/viz/figures/quantizer/quantizer.svelte';
import { backOf, codingFor, store } from '$lib/viz/figures/quantizer/stored';
import { errorText, workOut } from '$lib/viz/figures/quantizer/worked';

const hundredths = (min: number, max: number) =>
	fc.integer({ min: Math.round(100 * min), max: Math.round(100 * max) }).map((n) => n / 100);
const { low, high, value } = quantizerKnobs;
const given = fc.record({
	low: hundredths(low.min, low.max),
	high: hundredths(high.min, high.max),
	value: hundredths(value.min, value.max),
	bits: fc.integer({ min: 2, max: 8 }),
	scheme: fc.constantFrom<Scheme>('affine', 'symmetric')
});

/** The text's formulas, in 64-bit numbers. */
function byHand(of: { low: number; high: number; value: number; bits: number; scheme: Scheme }) {
	const affine = of.scheme === 'affine';
	const most = affine ? 2 ** of.bits - 1 : 2 ** (of.bits - 1) - 1;
	const least = affine ? 0 : -most;
	const scale = affine ? (of.high - of.low) / most : Math.max(-of.low, of.high) / most;
	const zeroPoint = affine ? Math.abs(of.low) / scale : 0;
	return { most, least, scale, zeroPoint, steps: of.value / scale };
}
/** How far from the middle between two integers: there, the last bit decides. */
const fromTie = (x: number) => Math.abs(x - Math.floor(x) - 0.5);

describe('store(value, codingFor(range, bits, scheme))', () => {
	it('is what the formulas of the text come to by hand', () => {
		fc.assert(
			fc.property(given, (of) => {
				const hand = byHand(of);
				fc.pre(fromTie(hand.zeroPoint) > 1e-4 && fromTie(hand.steps) > 1e-4);
				const coding = codingFor(of, of.bits, of.scheme);
				const stored = store(of.value, coding);
				const sum = Math.round(hand.steps) + Math.round(hand.zeroPoint);
				const integer = Math.min(Math.max(sum, hand.least), hand.most);
				expect([coding.least, coding.most, coding.zeroPoint]).toEqual([
					hand.least,
					hand.most,
					Math.round(hand.zeroPoint)
				]);
				expect([stored.unclipped, stored.integer]).toEqual([sum + 0, integer + 0]);
				expect(stored.back).toBeCloseTo(hand.scale * (integer - Math.round(hand.zeroPoint)), 5);
				expect(stored.error).toBeCloseTo(stored.back - of.value, 10);
				// Half a step beyond the last integer is still in the range, whose ends the zero point has moved.
				fc.pre(Math.abs(Math.abs(stored.error) / hand.scale - 0.5) > 1e-4);
				expect(stored.kind).toBe(Math.abs(stored.error) < hand.scale / 2 ? 'rounding' : 'clipping');
			})
		);
	});

	it('half a step beyond the range is clipped, and an end that the zero point has moved by as much is not', () => {
		const coding = codingFor({ low: 0, high: 3.5 }, 3, 'affine');
		expect(store(3.75, coding)).toMatchObject({ unclipped: 8, integer: 7, kind: 'clipping' });
		const moved = codingFor({ low: -1.5, high: 1.5 }, 2, 'affine');
		expect(store(1.5, moved)).toMatchObject({ unclipped: 4, integer: 3, kind: 'rounding' });
	});

	it('is off by half a step at most where it is not clipped, and by nothing at zero', () => {
		fc.assert(
			fc.property(given, (of) => {
				const coding = codingFor(of, of.bits, of.scheme);
				const { kind, error } = store(of.value, coding);
				if (kind === 'rounding') expect(Math.abs(error)).toBeLessThanOrEqual(coding.scale * 0.5001);
				expect(store(0, coding)).toMatchObject({ integer: coding.zeroPoint, back: 0, error: 0 });
			})
		);
	});

	it('what lies halfway between two integers goes to the even one, and so does the zero point', () => {
		const affine = codingFor({ low: -0.5, high: 2.5 }, 2, 'affine');
		expect(affine).toMatchObject({ scale: 1, zeroPoint: 0 });
		expect([0.5, 1.5, 2.5].map((value) => store(value, affine).whole)).toEqual([0, 2, 2]);
		const symmetric = codingFor({ low: -3, high: 3 }, 3, 'symmetric');
		expect(symmetric.scale).toBe(1);
		expect([-1.5, -0.5, 0.5, 2.5].map((value) => store(value, symmetric).integer)).toEqual([-2, 0, 0, 2]);
	});

	it('no value of the range is clipped, also where rounding the zero point has moved its end', () => {
		const coding = codingFor({ low: -1.5, high: 1.5 }, 2, 'affine');
		expect(coding).toMatchObject({ scale: 1, zeroPoint: 2 });
		expect(store(1.5, coding)).toMatchObject({ unclipped: 4, integer: 3, back: 1, kind: 'rounding' });
		expect(store(1.51, coding)).toMatchObject({ unclipped: 4, integer: 3, kind: 'clipping' });
		fc.assert(
			fc.property(given, (of) => {
				fc.pre(of.value >= of.low && of.value <= of.high);
				expect(store(of.value, codingFor(of, of.bits, of.scheme)).kind).toBe('rounding');
			})
		);
	});

	it('what an integer stands for is stored as that integer', () => {
		fc.assert(
			fc.property(given, fc.nat(255), (of, n) => {
				const coding = codingFor(of, of.bits, of.scheme);
				const integer = coding.least + (n % (coding.most - coding.least + 1));
				expect(store(backOf(integer, coding), coding).integer).toBe(integer);
			})
		);
	});
});

describe('Quantizer', () => {
	it('opens with the example of the text: 1.03 becomes 45 and is read back as 1.05', () => {
		const { coding, stored } = new Quantizer();
		expect([coding.most, coding.zeroPoint]).toEqual([127, 24]);
		expect(coding.scale).toBeCloseTo(0.05, 6);
		expect([stored.whole, stored.integer, stored.kind]).toEqual([21, 45, 'rounding']);
		expect(stored.back).toBeCloseTo(1.05, 6);
		expect(workOut({ low: -1.21, high: 5.14 }, coding, stored)).toEqual({
			scale: '(5.14 − (−1.21)) / 127 = 0.05',
			zeroPoint: 'round(1.21 / 0.05) = round(24.2) = 24',
			integer: 'round(1.03 / 0.05) + 24 = 21 + 24 = 45',
			back: '0.05 · (45 − 24) = 1.05',
			error: '1.05 − 1.03 = 0.02'
		});
	});

	it('6.02 is clipped: 144 is no integer of 7 bits', () => {
		const { coding, stored } = new Quantizer({ value: beyond });
		expect(stored).toMatchObject({ whole: 120, unclipped: 144, integer: 127, kind: 'clipping' });
		const worked = workOut({ low: -1.21, high: 5.14 }, coding, stored);
		expect(worked.integer).toBe('round(6.02 / 0.05) + 24 = 120 + 24 = 144 → 127');
		expect(worked.error).toBe('5.15 − 6.02 = −0.87');
	});

	it('symmetric has no zero point, and negative integers', () => {
		const { coding, stored } = new Quantizer({ scheme: 'symmetric', bits: 3, low: -3, high: 2, value: -1.2 });
		expect([coding.least, coding.most]).toEqual([-3, 3]);
		expect(workOut({ low: -3, high: 2 }, coding, stored)).toEqual({
			scale: 'max(3, 2) / 3 = 1',
			zeroPoint: null,
			integer: 'round(−1.2 / 1) = −1',
			back: '1 · (−1) = −1',
			error: '−1 − (−1.2) = 0.2'
		});
	});

	it('puts what is dragged to a hundredth, and keeps zero in the range', () => {
		const quantizer = new Quantizer();
		quantizer.put('value', 2.34567);
		quantizer.put('low', 3);
		quantizer.put('high', -3);
		expect(quantizer.knobs.values).toMatchObject({ value: 2.35, low: 0, high: 0.5 });
	});
});

it('errorText: an error that four digits do not show is not written as none', () => {
	expect([0.02, -0.87, 0, 0.00003, -0.00003].map(errorText)).toEqual([
		'0.02',
		'−0.87',
		'0',
		'<0.0001',
		'>−0.0001'
	]);
});

describe('layoutComb and layoutLens', () => {
	it('a tick for each integer, each under what it stands for; threads end on ticks; nothing leaves the picture', () => {
		fc.assert(
			fc.property(given, fc.integer({ min: 260, max: 900 }), (of, width) => {
				const coding = codingFor(of, of.bits, of.scheme);
				const stored = store(of.value, coding);
				const comb = layoutComb(width, of, coding, stored);
				const places = [...`${comb.ticks}${comb.unused}`.matchAll(/M([-\d.]+)/g)].map(([, x]) => x!);
				expect(places).toHaveLength(coding.most - coding.least + 1);
				expect(places).toContain(comb.x(stored.back).toFixed(2));
				for (const { path } of comb.threads) expect(places).toContain(/ ([-\d.]+) \d+$/.exec(path)![1]);
				const lens = layoutLens(width, coding, stored, comb);
				expect(lens.times).toBeGreaterThan(0);
				expect(lens.ticks.filter(({ isStored }) => isStored)).toHaveLength(1);
				const seen = [...places.map(Number), lens.x(stored.value), lens.x(stored.back), lens.same.x];
				for (const x of seen) {
					expect(x).toBeGreaterThanOrEqual(0);
					expect(x).toBeLessThanOrEqual(width);
				}
			})
		);
	});
});

it.each(locales)('%s: the words put the figure to the values that they speak of', (language) => {
	const { phrases } = lessonOf(language, 'side-by-side')!;
	const states = phrases
		.filter(({ id }) => id === 'quantizer')
		.map(({ search }) => knobsCodec(quantizerKnobs).parse(search).value);
	const example = { low: low.default, high: high.default };
	expect(states).toContainEqual({ ...example, value: value.default, bits: 7, scheme: 'affine' });
	expect(states).toContainEqual({ ...example, value: beyond, bits: 7, scheme: 'affine' });
	expect(states).toContainEqual({ ...example, value: 0, bits: 7, scheme: 'affine' });
	expect(states).toContainEqual({ ...example, value: value.default, bits: 7, scheme: 'symmetric' });
});
