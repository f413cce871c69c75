import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { raceOf, standingAt } from '$lib/viz/figures/bench/race';
import { defaults } from '$lib/viz/figures/bench/spec';
import { cellsPath, filledPath, layoutPlanes } from '$lib/viz/figures/bench/layout/race';
import { fittingSpecs } from './fitting';

const race = raceOf(defaults('separable'))!;
const [standard, separable] = race.runners;

describe('raceOf(spec)', () => {
	it('5×5×2 to 3×3×3: 486 multiplications against 162 + 54', () => {
		expect(race).toMatchObject({ ticks: 486, first: 'separable' });
		expect(standard.legs).toEqual([{ id: 'conv', output: [3, 3, 3], taps: 18, macs: 486 }]);
		expect(separable.legs).toEqual([
			{ id: 'depthwise', output: [3, 3, 2], taps: 9, macs: 162 },
			{ id: 'pointwise', output: [3, 3, 3], taps: 2, macs: 54 }
		]);
	});

	it('is the same from either page, and leaves groups out', () => {
		expect(raceOf(defaults('standard'))).toEqual(race);
		const spec = { ...defaults('standard'), channels: 4, filters: 4 };
		expect(raceOf({ ...spec, groups: 2 })).toEqual(raceOf(spec));
	});

	it('one filter: standard is done first', () => {
		expect(raceOf({ ...defaults('standard'), filters: 1 })).toMatchObject({ first: 'standard' });
	});

	it('2×2 kernels and two filters: 1/2 + 1/4 of the work', () => {
		const small = raceOf({ ...defaults('standard'), kernelHeight: 2, kernelWidth: 2, filters: 2 })!;
		expect(small.runners[1].macs / small.runners[0].macs).toBe(3 / 4);
	});

	it('is none where the kernel does not fit', () => {
		expect(raceOf({ ...defaults('standard'), height: 2 })).toBeNull();
	});
});

describe('standingAt(runner, ticks)', () => {
	it('counts finished values, leg after leg', () => {
		expect(standingAt(separable, 0)).toEqual({ macs: 0, finished: [0, 0], leg: 0, isDone: false });
		expect(standingAt(separable, 8).finished).toEqual([0, 0]);
		expect(standingAt(separable, 9)).toEqual({ macs: 9, finished: [1, 0], leg: 0, isDone: false });
		expect(standingAt(separable, 163)).toEqual({ macs: 163, finished: [18, 0], leg: 1, isDone: false });
		expect(standingAt(separable, 216)).toEqual({ macs: 216, finished: [18, 27], leg: 1, isDone: true });
		expect(standingAt(separable, 486)).toEqual(standingAt(separable, 216));
		expect(standingAt(standard, 216).finished).toEqual([12]);
	});

	it('is done with all values, whatever the shapes', () => {
		fc.assert(
			fc.property(fittingSpecs(['standard', 'separable']), (spec) => {
				const any = raceOf(spec)!;
				for (const runner of any.runners) {
					const { finished, isDone } = standingAt(runner, any.ticks);
					expect(isDone).toBe(true);
					expect(finished).toEqual(runner.legs.map(({ output: [h, w, c] }) => h * w * c));
				}
			})
		);
	});
});

describe('filledPath(plane, shape, finished)', () => {
	const { planes, width, height } = layoutPlanes([3, 3, 8]);

	it('lays six planes in a row', () => {
		expect({ width, height }).toEqual({ width: 318, height: 102 });
		expect(planes[7]).toEqual({ channel: 7, x: 54, y: 54, width: 48, height: 48, cell: 16 });
	});

	it('is empty, whole rows and a part, all', () => {
		expect(filledPath(planes[1]!, [3, 3, 8], 9)).toBe('');
		expect(filledPath(planes[1]!, [3, 3, 8], 9 + 4)).toBe('M54 0h48v16h-48zM54 16h16v16h-16z');
		expect(filledPath(planes[1]!, [3, 3, 8], 72)).toBe('M54 0h48v48h-48z');
	});
});

describe('cellsPath(plane)', () => {
	it('draws the lines between cells, unless these are tiny', () => {
		expect(cellsPath(layoutPlanes([2, 2, 1]).planes[0]!)).toBe('M24 0v48M0 24h48');
		expect(cellsPath(layoutPlanes([12, 12, 1]).planes[0]!)).toBe('');
	});
});
