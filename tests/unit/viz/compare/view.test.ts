import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	clampView,
	fullView,
	isFullView,
	middleOf,
	panView,
	zoomView,
	type View,
	type ViewLimits
} from '$lib/viz/figures/compare/layout/view';
import { scatterScale } from '$lib/viz/plot/scale';

const limits: ViewLimits = {
	x: { kind: 'log', full: [1e7, 2e10] },
	y: { kind: 'linear', full: [40, 80] }
};
const closeTo = (view: View, other: View) => {
	for (const axis of ['x', 'y'] as const)
		for (const end of [0, 1] as const) expect(view[axis][end] / other[axis][end]).toBeCloseTo(1, 6);
};

describe('zoomView', () => {
	it('leaves the value under the pointer where it is', () => {
		const at = { x: 5e8, y: 60 };
		const zoomed = zoomView(fullView(limits), 2, at, limits);
		const position = (view: View) => [
			scatterScale('log', view.x, [0, 1])(at.x),
			scatterScale('linear', view.y, [0, 1])(at.y)
		];
		position(zoomed).forEach((part, i) => expect(part).toBeCloseTo(position(fullView(limits))[i] ?? NaN, 6));
	});

	it('is undone by the inverse factor', () => {
		const at = { x: 3e8, y: 55 };
		const once = zoomView(fullView(limits), 1.5, at, limits);
		closeTo(zoomView(zoomView(once, 1.25, at, limits), 1 / 1.25, at, limits), once);
	});
});

describe('clampView', () => {
	it('never goes beyond the limits or too close, whatever zooming and panning there was', () => {
		const step = fc.record({
			factor: fc.double({ min: 0.1, max: 10, noNaN: true }),
			right: fc.double({ min: -2, max: 2, noNaN: true }),
			up: fc.double({ min: -2, max: 2, noNaN: true })
		});
		fc.assert(
			fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
				let view = fullView(limits);
				for (const { factor, right, up } of steps) {
					view = zoomView(view, factor, { x: view.x[0], y: view.y[1] }, limits);
					view = panView(view, right, up, limits);
				}
				for (const axis of ['x', 'y'] as const) {
					const { kind, full } = limits[axis];
					const position = scatterScale(kind, full, [0, 1]);
					const [from, to] = view[axis].map(position);
					expect(from).toBeGreaterThanOrEqual(-1e-9);
					expect(to).toBeLessThanOrEqual(1 + 1e-9);
					expect((to ?? 0) - (from ?? 0)).toBeGreaterThanOrEqual(1 / 40 - 1e-9);
				}
			})
		);
	});

	it('does not change what is within the limits', () => {
		const view: View = { x: [1e8, 1e9], y: [50, 70] };
		closeTo(clampView(view, limits), view);
	});
});

it('isFullView knows the full view, also after zooming in and out again', () => {
	const at = { x: 1e8, y: 50 };
	const there = zoomView(fullView(limits), 2, at, limits);
	expect(isFullView(fullView(limits), limits)).toBe(true);
	expect(isFullView(there, limits)).toBe(false);
	expect(isFullView(zoomView(there, 0.4, at, limits), limits)).toBe(true);
});

it('middleOf is the middle as drawn: of a logarithmic axis the geometric mean', () => {
	expect(middleOf({ x: [1e7, 1e9], y: [40, 80] }, limits)).toEqual({
		x: expect.closeTo(1e8, 0) as number,
		y: 60
	});
});
