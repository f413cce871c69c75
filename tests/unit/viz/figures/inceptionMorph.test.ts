import { describe, expect, it } from 'vitest';
import { randomWeights, resolveGraph, runGraph, type GraphWeights } from '$lib/nets';
import type { Tensor } from '$lib/ops';
import { channels, stages } from '$lib/viz/figures/inceptionMorph/knobs';
import { morphCost, morphGraph, segmentSizes, towersOf } from '$lib/viz/figures/inceptionMorph/modules';
import { layoutMorph } from '$lib/viz/figures/inceptionMorph/layout/inceptionMorph';

const counts = Array.from({ length: channels }, (_, i) => i + 1);

describe('segmentSizes', () => {
	it.each(counts)('%i segments hold all channels, no two sizes further apart than 1', (count) => {
		const sizes = segmentSizes(count);
		expect(sizes).toHaveLength(count);
		expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(channels);
		expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
	});
});

describe('the simplified module and one wide 1×1 with segments', () => {
	it.each([1, 2, 3, 5, 12])('%i segments: are the same computation', (count) => {
		const towers = resolveGraph(morphGraph('simplified', count));
		const wide = resolveGraph(morphGraph('segments', count));
		const weights = randomWeights(towers, 1);
		const input: Tensor = {
			shape: towers.tensors[0]!.shape,
			data: Float64Array.from({ length: 16 * 16 * channels }, (_, i) => Math.sin(i))
		};
		// The filters of the towers one behind the other are the filters of the wide one.
		const data = new Float64Array(channels * channels);
		let start = 0;
		segmentSizes(count).forEach((size, tower) => {
			const kernel = weights[`pointwise${tower}`]!['kernel']!.data;
			for (let i = 0; i < channels; i++)
				for (let o = 0; o < size; o++) data[i * channels + start + o] = kernel[i * size + o]!;
			start += size;
		});
		const joined: GraphWeights = {
			...weights,
			pointwise: { kernel: { shape: [1, 1, channels, channels], data } }
		};
		const out = (of: typeof towers, by: GraphWeights) => runGraph(of, [input], by)[of.output.index]!;
		const [a, b] = [out(towers, weights), out(wide, joined)];
		expect(b.shape).toEqual(a.shape);
		a.data.forEach((value, i) => expect(b.data[i]).toBeCloseTo(value, 9));
		expect(morphCost('segments', count)).toEqual(morphCost('simplified', count));
	});
});

describe('morphCost', () => {
	it.each(counts)('%i segments: 12·12 + 9·Σ size²', (count) => {
		const squares = segmentSizes(count).reduce((sum, size) => sum + size ** 2, 0);
		const params = { pointwise: 144, windows: 9 * squares, total: 144 + 9 * squares };
		expect(morphCost('segments', count).params).toEqual(params);
		expect(morphCost('segments', count).macs.total).toBe(16 * 16 * params.total);
	});
	it('the extreme is the finest cut', () =>
		expect(morphCost('extreme', 3)).toEqual(morphCost('segments', channels)));
});

describe('layoutMorph', () => {
	const layouts = (width: number) =>
		stages.flatMap((stage) =>
			counts.map((count) =>
				layoutMorph(
					{ towers: towersOf(stage, count), isJoined: stage === 'segments' || stage === 'extreme' },
					channels,
					width
				)
			)
		);
	it.each([328, 1240])('%i px: every part is there in every stage, inside the picture', (width) => {
		for (const layout of layouts(width)) {
			const { pointwise, windows, middle, output, fans, lanes, pools, secondWindows } = layout;
			for (const parts of [pointwise, windows, middle, output, fans, lanes, pools, secondWindows])
				expect(parts).toHaveLength(channels);
			for (const box of [...pointwise, ...windows, ...middle, ...output, ...pools, ...secondWindows]) {
				expect(box.x).toBeGreaterThanOrEqual(0);
				expect(box.x + box.width).toBeLessThanOrEqual(layout.width + 0.01);
				expect(box.y + box.height).toBeLessThanOrEqual(layout.height);
			}
		}
	});
	it.each([328, 1240])('%i px: paths differ in numbers only, so that one can become another', (width) => {
		const kinds = new Set(
			layouts(width).flatMap(({ fans }) => fans.map((path) => path.replace(/[\d. -]+/g, '')))
		);
		expect(kinds.size).toBe(1);
	});
});
