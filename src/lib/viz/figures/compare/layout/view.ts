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
	return clampView({ x: pan(view.x, right, limits.x.kind), y: pan(view.y, up, limits.y.kind) }, limits);
}

/** The nearest view that the limits allow: never beyond what there is to see, never too close. */
export function clampView(view: View, limits: ViewLimits): View {
	return { x: clamp(view.x, limits.x), y: clamp(view.y, limits.y) };
}

/** Whether the view shows everything (to a thousandth of the axis, as rounded addresses do). */
export function isFullView(view: View, { x, y }: ViewLimits): boolean {
	return isFull(view.x, x) && isFull(view.y, y);
}

const straight = (kind: ScaleKind, value: number) => (kind === 'log' ? Math.log(value) : value);
const curved = (kind: ScaleKind, value: number) => (kind === 'log' ? Math.exp(value) : value);

function zoom([from, to]: Extent, factor: number, at: number, kind: ScaleKind): Extent {
	const focus = straight(kind, at);
	const end = (value: number) => curved(kind, focus + (straight(kind, value) - focus) / factor);
	return [end(from), end(to)];
}

function pan([from, to]: Extent, part: number, kind: ScaleKind): Extent {
	const by = part * (straight(kind, to) - straight(kind, from));
	const end = (value: number) => curved(kind, straight(kind, value) + by);
	return [end(from), end(to)];
}

function clamp(extent: Extent, { kind, full }: AxisLimits): Extent {
	const position = scatterScale(kind, full, [0, 1]);
	const [from, to] = [position(extent[0]), position(extent[1])];
	const length = Math.min(1, Math.max(closest, to - from));
	const middle = (from + to) / 2;
	const start = Math.min(1 - length, Math.max(0, middle - length / 2));
	if (length === 1) return full;
	return [position.invert(start), position.invert(start + length)];
}

function isFull(extent: Extent, { kind, full }: AxisLimits): boolean {
	const position = scatterScale(kind, full, [0, 1]);
	return Math.abs(position(extent[0])) < 1e-3 && Math.abs(position(extent[1]) - 1) < 1e-3;
}
