import { describe, expect, it } from 'vitest';
import { atlasCorner, colourTable, paintAtlas, paintFilters, paintDimming } from '$lib/viz/tensor/mapAtlas';
import { layoutContours } from '$lib/viz/figures/inside/layout/contours';
import {
	layoutMapGrid,
	mapSizes,
	tileAt,
	tileByKey,
	tileCorner,
	tilesBetween
} from '$lib/viz/figures/inside/layout/mapGrid';
import { ownScales, scaleOf, sortMaps, summarizeMaps } from '$lib/viz/tensor/mapStrength';
import { formatGrid, formatReal } from '$lib/viz/figures/inside/numbers';

const table = colourTable([
	[0, 0, 255],
	[255, 255, 255],
	[255, 128, 0]
]);
const pixel = (data: Uint8ClampedArray, i: number) => [...data.slice(4 * i, 4 * i + 4)];

describe('layoutMapGrid', () => {
	for (const [count, size, room] of [
		[1, 64, 300],
		[7, 32, 100],
		[256, 48, 1240],
		[1000, 224, 328]
	] as const) {
		it(`finds each of ${count} tiles of ${size} in ${room} by its corner and middle, and none twice`, () => {
			const grid = layoutMapGrid({ count, shape: [56, 56], size, room });
			expect(grid.totalWidth).toBeLessThanOrEqual(room);
			for (let position = 0; position < count; position++) {
				const { x, y } = tileCorner(grid, position);
				expect(tileAt(grid, x, y)).toBe(position);
				expect(tileAt(grid, x + grid.width / 2, y + grid.height / 2)).toBe(position);
				expect(tileAt(grid, x + grid.width, y)).toBeNull();
				const [from, to] = tilesBetween(grid, y, y + 1);
				expect(position >= from && position < to).toBe(true);
			}
			expect(tileAt(grid, -1, 0)).toBeNull();
		});
	}

	it('shrinks a tile that is wider than the room, and keeps the shape of maps', () => {
		const grid = layoutMapGrid({ count: 3, shape: [10, 20], size: 224, room: 100 });
		expect([grid.width, grid.height]).toEqual([100, 50]);
	});

	it('draws maps of one value small', () => {
		const grid = layoutMapGrid({ count: 1000, shape: [1, 1], size: mapSizes[2], room: 1000 });
		expect(grid.width).toBeLessThan(30);
	});
});

describe('tileByKey', () => {
	const grid = layoutMapGrid({ count: 10, shape: [4, 4], size: 32, room: 34 * 4 });
	it('moves in rows and columns and stays inside', () => {
		expect(grid.columns).toBe(4);
		expect(tileByKey(grid, 0, 'ArrowRight')).toBe(1);
		expect(tileByKey(grid, 0, 'ArrowLeft')).toBe(0);
		expect(tileByKey(grid, 1, 'ArrowDown')).toBe(5);
		expect(tileByKey(grid, 7, 'ArrowDown')).toBe(7);
		expect(tileByKey(grid, 5, 'ArrowUp')).toBe(1);
		expect(tileByKey(grid, 3, 'End')).toBe(9);
		expect(tileByKey(grid, 3, 'Home')).toBe(0);
		expect(tileByKey(grid, 3, 'a')).toBeNull();
	});
});

describe('paintAtlas', () => {
	it('puts each value of each channel where its tile is, zero in the middle colour, beyond the scale in the strongest', () => {
		const shape = [2, 3, 5] as const;
		const data = Float32Array.from({ length: 30 }, (_, i) => i - 12);
		const atlas = paintAtlas({ shape, data }, table, 10);
		for (let y = 0; y < 2; y++) {
			for (let x = 0; x < 3; x++) {
				for (let c = 0; c < 5; c++) {
					const value = data[(y * 3 + x) * 5 + c]!;
					const corner = atlasCorner(atlas, c);
					const step = Math.max(-8, Math.min(8, Math.round(value * 0.8)));
					const expected = [...new Uint8Array(table.slice(8 + step, 9 + step).buffer)];
					expect(pixel(atlas.data, (corner.y + y) * atlas.width + corner.x + x)).toEqual(expected);
				}
			}
		}
	});

	it('gives each map its own scale', () => {
		const atlas = paintAtlas({ shape: [1, 1, 2], data: [1, 100] }, table, [1, 100]);
		expect(pixel(atlas.data, 0)).toEqual([255, 128, 0, 255]);
		expect(pixel(atlas.data, 1)).toEqual([255, 128, 0, 255]);
	});

	it('draws what is not a number, and maps of nothing but zero, as zero', () => {
		const atlas = paintAtlas({ shape: [1, 1, 2], data: [NaN, 0] }, table, [1, 0]);
		expect(pixel(atlas.data, 0)).toEqual([255, 255, 255, 255]);
		expect(pixel(atlas.data, 1)).toEqual([255, 255, 255, 255]);
	});
});

describe('colourTable', () => {
	it('goes evenly from colour to colour', () => {
		const bytes = new Uint8Array(table.buffer);
		expect(table).toHaveLength(17);
		expect([...bytes.slice(0, 4)]).toEqual([0, 0, 255, 255]);
		expect([...bytes.slice(32, 36)]).toEqual([255, 255, 255, 255]);
		expect([...bytes.slice(64, 68)]).toEqual([255, 128, 0, 255]);
		expect([...bytes.slice(16, 20)]).toEqual([128, 128, 255, 255]);
	});
});

describe('paintFilters', () => {
	const kernel = { shape: [1, 1, 3, 2], data: [1, 0, 0, -0.5, -1, 0] };
	it('shows weights of nothing as grey, in the order of the picture’s colours', () => {
		const rgb = paintFilters(kernel, 'rgb');
		expect(pixel(rgb.data, 0)).toEqual([255, 128, 0, 255]);
		expect(pixel(rgb.data, 1)).toEqual([128, 64, 128, 255]);
		expect(pixel(paintFilters(kernel, 'bgr').data, 0)).toEqual([0, 128, 255, 255]);
	});
});

describe('paintDimming', () => {
	it('dims the picture with the colour of zero, the less there is the more, and all below nothing', () => {
		const { data } = paintDimming({ shape: [1, 4, 1], data: [-2, 0, 1, 2] }, table, 2);
		expect([0, 1, 2, 3].map((n) => pixel(data, n))).toEqual(
			[204, 204, 102, 0].map((alpha) => [255, 255, 255, alpha])
		);
	});
});

describe('layoutContours', () => {
	const frame = { y: -10, x: -10, height: 70, width: 70 };
	const hill = {
		shape: [7, 7] as const,
		data: Array.from({ length: 49 }, (_, i) => (i === 24 ? 4 : i === 8 ? -4 : 0))
	};
	it('lies around what is above each level, the narrower the higher, and around what is below', () => {
		const lines = layoutContours(hill, frame, 4);
		expect(lines.map(({ level }) => level)).toEqual([-0.75, -0.5, -0.25, 0.25, 0.5, 0.75]);
		const boxes = lines.map(({ path }) => {
			const numbers = Array.from(path.matchAll(/-?[\d.]+/g), ([n]) => Number(n));
			return [Math.min(...numbers), Math.max(...numbers)];
		});
		// The middles of cells 3 and 1: 35 and 15 of the frame, which begins 10 before the picture.
		for (const [low, high] of boxes.slice(3)) expect((low! + high!) / 2).toBeCloseTo(25, 5);
		for (const [low, high] of boxes.slice(0, 3)) expect((low! + high!) / 2).toBeCloseTo(5, 5);
		const widths = boxes.map(([low, high]) => high! - low!);
		expect(widths.slice(3)).toEqual([...widths.slice(3)].sort((a, b) => b - a));
		expect(new Set(widths.slice(3)).size).toBe(3);
	});
	it('has no line where nothing is as much, nor where all is nothing', () => {
		expect(
			layoutContours({ shape: [7, 7], data: hill.data.map((n) => Math.max(0, n)) }, frame, 4)
		).toHaveLength(3);
		expect(layoutContours({ shape: [7, 7], data: new Array<number>(49).fill(0) }, frame, 0)).toEqual([]);
	});
});

describe('summarizeMaps', () => {
	it('says range, mean magnitude and where the strongest value is', () => {
		const data = [1, 0, -3, 0, 2, 0, 0, 0];
		const [first, second] = summarizeMaps({ shape: [2, 2, 2], data });
		expect(first).toEqual({ min: -3, max: 2, strength: 1.5, peak: { y: 0, x: 1 } });
		expect(second).toEqual({ min: 0, max: 0, strength: 0, peak: { y: 0, x: 0 } });
	});

	it('sorts by strength, equal ones by channel', () => {
		const maps = summarizeMaps({ shape: [1, 1, 4], data: [1, -2, 2, 0] });
		expect(sortMaps(maps, 'strength')).toEqual([1, 2, 0, 3]);
		expect(sortMaps(maps, 'channel')).toEqual([0, 1, 2, 3]);
	});
});

describe('scaleOf', () => {
	it('is not led by a few outliers, nor by how many zeros there are', () => {
		const data = Float32Array.from({ length: 10000 }, (_, i) => (i % 10 === 0 ? (i % 100) / 100 : 0));
		data[5] = 1000;
		expect(scaleOf(data)).toBeLessThanOrEqual(1000);
		const dense = Float32Array.from({ length: 10000 }, (_, i) => Math.sin(i));
		dense[7] = 20;
		expect(scaleOf(dense)).toBeGreaterThan(0.95);
		expect(scaleOf(dense)).toBeLessThan(1.1);
	});
	it('is the largest of few values, and 0 of zeros', () => {
		expect(scaleOf([1, -4, 2])).toBe(4);
		expect(scaleOf([0, 0])).toBe(0);
	});
});

describe('ownScales', () => {
	it('is what each map would have by itself', () => {
		const [height, width, channels] = [20, 20, 3];
		const data = Float32Array.from(
			{ length: height * width * channels },
			(_, i) => Math.sin(i) * (1 + (i % 3))
		);
		const scales = ownScales({ shape: [height, width, channels], data });
		for (let c = 0; c < channels; c++)
			expect(scales[c]).toBe(scaleOf(data.filter((_, i) => i % channels === c)));
		expect(scales[2]! / scales[0]!).toBeGreaterThan(2);
	});
});

describe('numbers', () => {
	it('have as many digits as tell something', () => {
		expect(formatReal(1.23456)).toBe('1.235');
		expect(formatReal(-0.00123456)).toBe('−0.001235');
		expect(formatReal(1234.6)).toBe('1235');
		expect(formatReal(0)).toBe('0');
		expect(formatGrid(0.0312)(-0.0312)).toBe('−.0312');
		expect(formatGrid(151)(3.2)).toBe('3');
	});
});
