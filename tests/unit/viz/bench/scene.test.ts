import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveBench } from '$lib/viz/figures/bench/resolve';
import { positionOfTarget, readableCell, sceneOf, targetAt } from '$lib/viz/figures/bench/scene';
import { defaults } from '$lib/viz/figures/bench/spec';
import type { Target } from '$lib/viz/figures/bench/targets';
import { planeViews } from '$lib/viz/figures/bench/views';
import { type Box, minFont } from '$lib/viz/tensor/tensors';
import { maskPath } from '$lib/viz/tensor/paths';
import { specs } from './specs';

const benches = specs
	.map((spec) => resolveBench(spec))
	.filter((resolution) => resolution.ok)
	.map(({ bench }) => bench);
const rooms = fc.record({
	width: fc.constantFrom(328, 700, 1240),
	height: fc.constantFrom(470, 640),
	minCell: fc.constantFrom(4, 6)
});

const overlap = (a: Box, b: Box) =>
	a.x + a.width > b.x + 0.01 &&
	b.x + b.width > a.x + 0.01 &&
	a.y + a.height > b.y + 0.01 &&
	b.y + b.height > a.y + 0.01;

const bench = (op: Parameters<typeof defaults>[0]) => {
	const resolution = resolveBench(defaults(op));
	if (!resolution.ok) throw new Error(op);
	return resolution.bench;
};

describe('sceneOf(bench, room)', () => {
	test('no two planes overlap, and all lie in the figure', () => {
		fc.assert(
			fc.property(benches, rooms, (bench, room) => {
				const scene = sceneOf(bench, room);
				const boxes = scene.parts.flatMap((part) =>
					planeViews(bench, scene, part).map(({ plane }) => plane.outer)
				);
				for (const [i, a] of boxes.entries()) {
					expect(a.x).toBeGreaterThanOrEqual(0);
					expect(a.y).toBeGreaterThanOrEqual(0);
					expect(a.x + a.width).toBeLessThanOrEqual(scene.layout.width);
					expect(a.y + a.height).toBeLessThanOrEqual(scene.layout.height);
					for (const b of boxes.slice(i + 1)) if (overlap(a, b)) expect({ a, b }).toBe('apart');
				}
			}),
			{ numRuns: 40 }
		);
	});
	test('it fits its room unless its cells are as small as they may be', () => {
		fc.assert(
			fc.property(benches, rooms, (bench, room) => {
				const { layout } = sceneOf(bench, room);
				if (layout.cell === room.minCell) return;
				expect(layout.width).toBeLessThanOrEqual(room.width);
				expect(layout.height).toBeLessThanOrEqual(room.height);
			}),
			{ numRuns: 60 }
		);
	});
	test('numbers are never smaller than 11 px, and there is a cell size at which all are drawn', () => {
		fc.assert(
			fc.property(benches, rooms, (bench, room) => {
				const scene = sceneOf(bench, room);
				for (const { font } of scene.parts) expect(font ?? minFont).toBeGreaterThanOrEqual(minFont);
				const large = sceneOf(bench, { ...room, minCell: readableCell(scene) });
				for (const { font, part } of large.parts) if (part.kind !== 'shuffle') expect(font).not.toBeNull();
			}),
			{ numRuns: 40 }
		);
	});
	test('what is found at the middle of a cell is what is drawn there', () => {
		fc.assert(
			fc.property(benches, rooms, fc.nat(), (bench, room, any) => {
				const scene = sceneOf(bench, room);
				const views = scene.parts.flatMap((part) => planeViews(bench, scene, part));
				const { plane, targetAt: targetIn } = views[any % views.length]!;
				const row = any % plane.rows;
				const column = any % plane.columns;
				const { cell } = scene.layout;
				const found = targetAt(bench, scene, plane.x + (column + 0.5) * cell, plane.y + (row + 0.5) * cell);
				expect(found).toEqual(targetIn(row, column));
				expect(positionOfTarget(bench, scene, found as Target)).toEqual({ plane, row, column });
			}),
			{ numRuns: 60 }
		);
	});
	test('data runs left to right on a wide screen and top to bottom on a narrow one', () => {
		const wide = sceneOf(bench('separable'), { width: 1240, height: 470 });
		const narrow = sceneOf(bench('separable'), { width: 328, height: 640 });
		const starts = (scene: typeof wide, axis: 'x' | 'y') => scene.parts.map(({ outer }) => outer[axis]);
		expect(starts(wide, 'x')).toEqual(starts(wide, 'x').toSorted((a, b) => a - b));
		expect(starts(narrow, 'y')).toEqual(starts(narrow, 'y').toSorted((a, b) => a - b));
	});
	test('a filter stands beside the channel that it makes', () => {
		const scene = sceneOf(bench('standard'), { width: 1240, height: 470 });
		const [, filters, output] = scene.parts;
		const middle = ({ y, height }: Box) => y + height / 2;
		for (const [i, filter] of filters!.filters.entries()) {
			expect(middle(filter.outer)).toBeCloseTo(middle(output!.planes[i]!.outer), 5);
		}
	});
	test('channels that are shuffled stand in one line', () => {
		const scene = sceneOf(bench('shuffle'), { width: 1240, height: 545 });
		for (const { planes } of scene.parts) {
			expect(new Set(planes.map(({ y }) => y)).size).toBe(planes.length);
		}
	});
});

describe('coverPath(plane, cell, done)', () => {
	const plane = { x: 0, y: 0, rows: 3, columns: 4, outer: { x: 0, y: 0, width: 40, height: 30 } };
	test.each([
		[0, 'M0 0h40v30h-40z'],
		[4, 'M0 10h40v20h-40z'],
		[6, 'M20 10h20v10h-20zM0 20h40v10h-40z'],
		[11, 'M30 20h10v10h-10z'],
		[12, '']
	])('%d of 12 values are there', (done, path) => {
		expect(maskPath(plane, 10, done)).toBe(path);
	});
});
