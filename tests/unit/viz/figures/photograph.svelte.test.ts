import { describe, expect, it } from 'vitest';
import { networkById, resolveGraph } from '../../../../src/lib/nets';
import { milestones, strongest } from '../../../../src/lib/viz/figures/answer/seen';
import { layoutSlices } from '../../../../src/lib/viz/figures/photoSlices/layout/slices';
import { windowOf } from '../../../../src/lib/viz/figures/photoSlices/windowOf';
import { layoutHistogram } from '../../../../src/lib/viz/figures/photoSteps/layout/histogram';
import { momentsOf, runPipeline } from '../../../../src/lib/viz/figures/photoSteps/pipeline';
import { PhotoSteps } from '../../../../src/lib/viz/figures/photoSteps/photoSteps.svelte';
import { seenBy, stackNames, stacks } from '../../../../src/lib/viz/figures/receptiveField/stacks';
import { sharesOf } from '../../../../src/lib/viz/figures/softmax/shares';
import {
	brightness,
	decodePhotograph,
	photographPixels,
	photographSize,
	type Photograph
} from '../../../../src/lib/viz/tensor/photograph';
import { photographBytes } from '../../../../src/lib/viz/tensor/photographBytes';

const photograph = decodePhotograph(photographBytes);
const pixel = (y: number, x: number) => 3 * (y * photographSize + x);

/** Of 2×3 pixels: red, green and blue of each count up. */
const small: Photograph = { shape: [2, 3, 3], data: Uint8Array.from({ length: 18 }, (_, i) => i) };

describe('the photograph', () => {
	it('has a number for each pixel and colour', () => {
		expect(photograph.shape).toEqual([photographSize, photographSize, 3]);
		expect(photograph.data).toHaveLength(3 * photographSize ** 2);
	});

	it('is red on the nose and dark in the eye, as chapter 0 says', () => {
		const [red, green, blue] = photograph.data.subarray(pixel(51, 41));
		expect(red).toBeGreaterThan(2 * green!);
		expect(red).toBeGreaterThan(2 * blue!);
		for (const value of photograph.data.subarray(pixel(24, 20), pixel(24, 21)))
			expect(value).toBeLessThan(80);
	});

	it('shows the light of some channels only', () => {
		expect([...photographPixels(small, [1]).data.subarray(4, 8)]).toEqual([0, 4, 0, 255]);
		expect([...photographPixels(small).data.subarray(0, 4)]).toEqual([0, 1, 2, 255]);
	});

	it('is as bright as the mean of its colours', () => {
		expect([...brightness(small)]).toEqual([1, 4, 7, 10, 13, 16]);
	});
});

describe('windowOf(photograph, place, channel, reach)', () => {
	it('gives a channel around a place, and nothing beyond the edge', () => {
		expect(windowOf(small, { y: 0, x: 0 }, 2, 1)).toEqual([null, null, null, null, 2, 5, null, 11, 14]);
	});
});

describe('layoutSlices(width, count, apart)', () => {
	it.each([320, 700, 1400])('stays within %i pixels, and moves nothing else', (width) => {
		const [together, apart] = [layoutSlices(width, 3, 0), layoutSlices(width, 3, 1)];
		expect(together.height).toBe(apart.height);
		expect(together.side).toBe(apart.side);
		expect(together.corners).toEqual(Array(3).fill({ x: 0, y: 0 }));
		const last = apart.corners.at(-1)!;
		expect(last.x + apart.side).toBeLessThanOrEqual(width + 1e-9);
		expect(last.y + apart.side).toBeLessThanOrEqual(apart.height + 1e-9);
		expect(last.x).toBeGreaterThan(0);
	});
});

describe('runPipeline(photograph, filter)', () => {
	const maps = runPipeline(photograph, 'vertical');

	it('convolves by hand what the operator convolves', () => {
		const grey = brightness(photograph);
		const at = (y: number, x: number) => grey[y * photographSize + x]!;
		const by = (y: number, x: number) =>
			[0, 1, 2].reduce((sum, row) => sum + (row === 1 ? 2 : 1) * (at(y + row, x + 2) - at(y + row, x)), 0);
		for (const [y, x] of [
			[0, 0],
			[22, 17],
			[61, 61]
		] as const)
			expect(maps.slide.data[y * 62 + x]).toBe(by(y, x));
	});

	it('brings values around zero, cuts them there, and halves the map', () => {
		const { mean, variance } = momentsOf(maps.norm.data);
		expect(mean).toBeCloseTo(0, 6);
		expect(variance).toBeCloseTo(1, 3);
		expect(Math.min(...maps.relu.data)).toBe(0);
		expect(maps.pool.shape).toEqual([31, 31, 1]);
		expect(Math.max(...maps.pool.data)).toBe(Math.max(...maps.relu.data));
	});

	it('has edges and level ground where chapter 0 points at them', () => {
		const steps = new PhotoSteps(photograph);
		const largest = Math.max(...maps.slide.data.map(Math.abs));
		steps.readPhrase('?show=slide&filter=vertical&place=3700');
		expect(Math.abs(steps.value)).toBeLessThan(0.05 * largest);
		steps.readPhrase('?place=1579');
		expect(steps.value).toBeGreaterThan(0.9 * largest);
		steps.readPhrase('?place=1438');
		expect(steps.value).toBeLessThan(-0.9 * largest);
	});
});

describe('PhotoSteps', () => {
	it('looks at the same spot of the photograph in every map', () => {
		const steps = new PhotoSteps(photograph, { show: 'slide' });
		steps.look(20, 11);
		expect(steps.at).toEqual({ y: 20, x: 11 });
		expect(steps.window).toMatchObject({ top: 20, left: 11, side: 3 });
		steps.knobs.set({ show: 'pool' });
		expect(steps.at).toEqual({ y: 10, x: 5 });
		expect(steps.value).toBe(Math.max(...steps.window.values));
		steps.look(30, 30);
		expect(steps.at).toEqual({ y: 30, x: 30 });
	});
});

describe('layoutHistogram(values, bins)', () => {
	it('has zero in its middle and its fullest bin at 1', () => {
		expect(layoutHistogram([-1, 0, 0, 2], 5)).toEqual({ from: -2, to: 2, bars: [0, 0.5, 1, 0, 0.5] });
		expect(layoutHistogram([0, 0], 3).bars).toEqual([0, 1, 0]);
	});
});

describe('seenBy(layers, side)', () => {
	it.each([
		['plain', [3, 5, 7, 9, 11, 13]],
		['pointwise', [3, 3, 5, 5, 7, 7]],
		['pooled', [3, 4, 8, 10, 18, 22]],
		['strided', [3, 7, 15, 31, 63]],
		['dilated', [3, 7, 15, 31, 63]]
	] as const)('%s layers see %j pixels', (name, sizes) => {
		expect(seenBy(stacks[name], photographSize).map(({ size }) => size)).toEqual(sizes);
	});

	it.each(stackNames)('%s: the rule of the text gives what the graph has, and frames grow', (name) => {
		let [seen, jump] = [1, 1];
		let before = 0;
		for (const layer of seenBy(stacks[name], photographSize)) {
			seen += (layer.kernel - 1) * layer.dilation * jump;
			jump *= layer.stride;
			expect(layer).toMatchObject({ size: seen, jump });
			const { top, bottom, left, right } = layer.window;
			expect(bottom - top + 1).toBeGreaterThanOrEqual(before);
			expect(right - left).toBe(bottom - top);
			before = bottom - top + 1;
		}
	});
});

describe('sharesOf(logits)', () => {
	it('adds up to one and does not change with what all have in common', () => {
		const shares = sharesOf([4, 3, 0, -2]);
		expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
		sharesOf([5, 4, 1, -1]).forEach((share, i) => expect(share).toBeCloseTo(shares[i]!, 12));
	});
});

describe('milestones(net)', () => {
	it('are the first activation and the last of each size', () => {
		const net = resolveGraph(networkById('mobilenet').build({ resolution: 32, classes: 10, alpha: 0.5 }));
		const found = milestones(net).map(({ shape }) => shape[0]);
		expect(found).toEqual([16, 16, 8, 4, 2]);
	});
});

describe('strongest(layer, count)', () => {
	it('takes the maps with the largest magnitudes, whole', () => {
		const layer = { name: 'x', shape: [1, 2, 3] as const, data: [0, -5, 1, 0, 0, 2] };
		expect(strongest(layer, 2)).toEqual({ name: '', shape: [1, 2, 2], data: Float64Array.of(-5, 1, 0, 2) });
	});
});
