import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Shape } from '$lib/ops/types';
import { sampleImage } from '$lib/viz/tensor/sampleImage';
import { inputPresets, presetBias, presetInput, presetKernel, weightPresets } from '$lib/viz/tensor/presets';
import { photoChannel } from '$lib/viz/tensor/photo';

const side = fc.integer({ min: 1, max: 12 });

describe('presetInput(preset, shape, seed)', () => {
	it.each(inputPresets)('%s: fills the shape with whole numbers that are not negative', (preset) => {
		fc.assert(
			fc.property(side, side, side, fc.nat(), (h, w, c, seed) => {
				const values = presetInput(preset, [h, w, c], seed);
				expect(values).toHaveLength(h * w * c);
				expect(values.every((v) => Number.isInteger(v) && v >= 0 && v <= 144)).toBe(true);
			})
		);
	});

	it('random: the same seed gives the same values, another seed others', () => {
		const shape: Shape = [5, 5, 2];
		expect(presetInput('random', shape, 7)).toEqual(presetInput('random', shape, 7));
		expect(presetInput('random', shape, 7)).not.toEqual(presetInput('random', shape, 8));
	});

	it('random: draws 0 to 4 about equally often', () => {
		const counts = [0, 0, 0, 0, 0];
		for (let seed = 0; seed < 50; seed++) {
			for (const value of presetInput('random', [12, 12, 3], seed)) counts[value]!++;
		}
		const expected = (50 * 12 * 12 * 3) / 5;
		for (const count of counts) expect(Math.abs(count / expected - 1)).toBeLessThan(0.05);
	});

	it('random: a value stays where it is when the tensor grows', () => {
		const small = presetInput('random', [5, 5, 2], 3);
		const large = presetInput('random', [6, 8, 3], 3);
		for (let y = 0; y < 5; y++) {
			for (let x = 0; x < 5; x++) {
				for (let c = 0; c < 2; c++) expect(large[(y * 8 + x) * 3 + c]).toBe(small[(y * 5 + x) * 2 + c]);
			}
		}
	});

	it('ramp: counts along the rows, in the next channel along the columns', () => {
		expect([...presetInput('ramp', [2, 3, 2], 0)]).toEqual([1, 1, 2, 3, 3, 5, 4, 2, 5, 4, 6, 6]);
	});

	it('checker and edge: alternate, and step in the middle', () => {
		expect([...presetInput('checker', [2, 3, 1], 0)]).toEqual([4, 0, 4, 0, 4, 0]);
		expect([...presetInput('edge', [2, 4, 1], 0)]).toEqual([0, 0, 4, 4, 0, 0, 4, 4]);
		expect([...presetInput('edge', [4, 2, 2], 0)]).toEqual([0, 0, 4, 0, 0, 0, 4, 0, 0, 4, 4, 4, 0, 4, 4, 4]);
	});

	it('photo: at 12×12×3 the picture itself in sixteen steps', () => {
		expect([...presetInput('photo', [12, 12, 3], 0)]).toEqual(sampleImage.map((v) => Math.round(v / 17)));
	});

	it('photo: at other sizes the whole picture, averaged', () => {
		const mean = (values: ArrayLike<number>) =>
			Array.from(values).reduce((sum, v) => sum + v, 0) / values.length;
		const blue = sampleImage.filter((_, n) => n % 3 === 2);
		const values = presetInput('photo', [1, 1, 3], 0);
		expect(values[2]).toBe(Math.round(mean(blue) / 17));
		fc.assert(
			fc.property(side, side, (h, w) => {
				const whole = mean(presetInput('photo', [h, w, 3], 0));
				expect(Math.abs(whole - mean(sampleImage) / 17)).toBeLessThan(0.5);
			})
		);
	});

	it('photo: channels beyond the third are the colours turned over', () => {
		const values = presetInput('photo', [12, 12, 12], 0);
		const at = (y: number, x: number, c: number) => values[(y * 12 + x) * 12 + c];
		expect(photoChannel(4)).toEqual({ colour: 'green', turned: 'leftToRight' });
		expect(photoChannel(11)).toEqual({ colour: 'blue', turned: 'both' });
		for (let y = 0; y < 12; y++) {
			for (let x = 0; x < 12; x++) {
				expect(at(y, x, 4)).toBe(at(y, 11 - x, 1));
				expect(at(y, x, 8)).toBe(at(11 - y, x, 2));
				expect(at(y, x, 9)).toBe(at(11 - y, 11 - x, 0));
			}
		}
	});
});

describe('presetKernel(preset, form, seed)', () => {
	const kernel = (
		preset: (typeof weightPresets)[number],
		kh: number,
		kw: number,
		out: number,
		inChannels = 1
	) => presetKernel(preset, { shape: [kh, kw, inChannels, out], groups: 1 }, 1);
	const plane = (values: Float64Array, out: number, o: number) => [...values].filter((_, n) => n % out === o);

	it.each(weightPresets)('%s: fills the shape with finite numbers, not all of them zero', (preset) => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 7 }),
				fc.integer({ min: 1, max: 7 }),
				fc.integer({ min: 1, max: 4 }),
				fc.integer({ min: 1, max: 12 }),
				(kh, kw, inChannels, out) => {
					const values = presetKernel(preset, { shape: [kh, kw, inChannels, out], groups: 1 }, 1);
					expect(values).toHaveLength(kh * kw * inChannels * out);
					expect(values.every(Number.isFinite)).toBe(true);
					// A single random weight may well be 0.
					if (preset !== 'random') expect(values.some((v) => v !== 0)).toBe(true);
				}
			)
		);
	});

	it('edges: Sobel both ways, then an outline', () => {
		const values = kernel('edges', 3, 3, 3);
		expect(plane(values, 3, 0)).toEqual([-1, 0, 1, -2, 0, 2, -1, 0, 1]);
		expect(plane(values, 3, 1)).toEqual([-1, -2, -1, 0, 0, 0, 1, 2, 1]);
		expect(plane(values, 3, 2)).toEqual([-1, -1, -1, -1, 8, -1, -1, -1, -1]);
	});

	it('edges: see nothing on an even surface, unless 1×1', () => {
		for (const [kh, kw] of [
			[1, 3],
			[2, 2],
			[3, 1],
			[4, 3],
			[5, 5],
			[7, 7]
		] as const) {
			const values = kernel('edges', kh, kw, 3);
			for (let o = 0; o < 3; o++) expect(plane(values, 3, o).reduce((sum, v) => sum + v, 0)).toBe(0);
		}
		expect([...kernel('edges', 1, 1, 1, 4)]).toEqual([1, -1, 1, -1]);
	});

	it('identity: each output copies the channel of the same place in its group', () => {
		const values = presetKernel('identity', { shape: [3, 3, 2, 4], groups: 2 }, 1);
		const ones = [...values.keys()].filter((n) => values[n] !== 0);
		const centre = 4 * 2 * 4;
		// [centre, i, o] for o = 0 … 3 reads i = 0, 1, 0, 1.
		expect(ones).toEqual([centre, centre + 2, centre + 4 + 1, centre + 4 + 3]);
	});

	it('average: the weights of each filter add up to 1', () => {
		const values = kernel('average', 3, 3, 2, 2);
		expect(plane(values, 2, 0).reduce((sum, v) => sum + v, 0)).toBeCloseTo(1, 12);
	});

	it('ramp: counts around 0, one further in each channel and filter', () => {
		const values = kernel('ramp', 3, 3, 2);
		expect(plane(values, 2, 0)).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4]);
		expect(plane(values, 2, 1)).toEqual([-3, -2, -1, 0, 1, 2, 3, 4, -4]);
	});

	it('random: stages of a chain differ', () => {
		const form = { shape: [3, 3, 2, 3], groups: 1 } as const;
		expect(presetKernel('random', form, 1, 0)).not.toEqual(presetKernel('random', form, 1, 1));
	});
});

describe('presetBias(preset, channels, seed)', () => {
	it('is −1, 0 or 1 for random kernels, otherwise 0', () => {
		expect([...presetBias('random', 12, 1)].every((v) => [-1, 0, 1].includes(v))).toBe(true);
		expect([...presetBias('edges', 3, 1)]).toEqual([0, 0, 0]);
	});
});
