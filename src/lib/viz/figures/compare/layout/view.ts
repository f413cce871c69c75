import { scatterScale, type Extent, type ScaleKind } from '../../../plot/scale';

/** The part of the plane that is shown, in values of the two axes. */
export interface View {
	readonly x: Extent;
	readonly y: Extent;
}

export interface ViewLimits {
	readonly x: AxisLimits;
	readonly y: AxisLimits;
}

/** What an axis can show: all of `full`; no view is longer than that, or shorter than `closest` of it. */
export interface AxisLimits {
	readonly kind: ScaleKind;
	readonly full: Extent;
}

/** The closest zoom, as a part of the full length of an axis. */
const closest = 1 / 40;

/** Everything. */
export function fullView({ x, y }: ViewLimits): View {
	return { x: x.full, y: y.full };
}

/** The view `factor` times as close, with the values `at` where they are. */
export function zoomView(
	view: View,
	factor: number,
	at: { readonly x: number; readonly y: number },
	limits: ViewLimits
): View {
	return clampView(
		{ x: zoom(view.x, factor, at.x, limits.x.kind), y: zoom(view.y, factor, at.y, limits.y.kind) },
		limits
	);
}

/** The values in the middle of the view, as it is drawn. */
export function middleOf({ x, y }: View, limits: ViewLimits): { readonly x: number; readonly y: number } {
	return {
		x: scatterScale(limits.x.kind, x, [0, 1]).invert(0.5),
		y: scatterScale(limits.y.kind, y, [0, 1]).invert(0.5)
	};
}

/** The view moved by parts of its own width (to the right) and height (up). */
export function panView(view: View, right: number, up: number, limits: ViewLimits): View {
	return clampView(
		{ x: between(view.x, limits.x.kind, right, 1 + right), y: between(view.y, limits.y.kind, up, 1 + up) },
		limits
	);
}

/** The nearest view that the limits allow: never beyond what there is to see, never too close. */
export function clampView(view: View, limits: ViewLimits): View {
	return { x: clamp(view.x, limits.x), y: clamp(view.y, limits.y) };
}

/** Whether the view shows everything (to a thousandth of the axis, as rounded addresses do). */
export function isFullView(view: View, { x, y }: ViewLimits): boolean {
	return isFull(view.x, x) && isFull(view.y, y);
}

/** What lies at the parts `from` and `to` of an extent as it is drawn, from 0 to 1 and beyond. */
function between(extent: Extent, kind: ScaleKind, from: number, to: number): Extent {
	const position = scatterScale(kind, extent, [0, 1]);
	return [position.invert(from), position.invert(to)];
}

function zoom(extent: Extent, factor: number, at: number, kind: ScaleKind): Extent {
	const focus = scatterScale(kind, extent, [0, 1])(at);
	return between(extent, kind, focus - focus / factor, focus + (1 - focus) / factor);
}

function clamp(extent: Extent, { kind, full }: AxisLimits): Extent {
	const position = scatterScale(kind, full, [0, 1]);
	const [from, to] = [position(extent[0]), position(extent[1])];
	const length = Math.min(1, Math.max(closest, to - from));
	const middle = (from + to) / 2;
	const start = Math.min(1 - length, Math.max(0, middle - length / 2));
	if (length === 1) return full;
	return between(full, kind, start, start + length);
}

function isFull(extent: Extent, { kind, full }: AxisLimits): boolean {
	const position = scatterScale(kind, full, [0, 1]);
	return Math.abs(position(extent[0])) < 1e-3 && Math.abs(position(extent[1]) - 1) < 1e-3;
}
