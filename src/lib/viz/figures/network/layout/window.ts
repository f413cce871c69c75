import type { Direction, Rect } from './card';
import type { NetworkLayout, PlacedEdge } from './network';

/** Items beyond which only what is near the part in sight is drawn: each step of a zoom would lay out the words of all others. */
export const mostDrawn = 400;

const touch = (a: Rect, b: Rect): boolean =>
	a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;

/** Whether one lies in the other. */
export const isWithin = (inner: Rect, outer: Rect): boolean =>
	inner.x >= outer.x &&
	inner.y >= outer.y &&
	inner.x + inner.width <= outer.x + outer.width &&
	inner.y + inner.height <= outer.y + outer.height;

/**
 * A part of a layout with half as much around it on each side, so that it need not be drawn anew at each move: with more, what comes at
 * once takes longer than a frame.
 */
export const around = ({ x, y, width, height }: Rect): Rect => ({
	x: x - width / 2,
	y: y - height / 2,
	width: 2 * width,
	height: 2 * height
});

/**
 * What of a layout is drawn where a part of it is in sight; as large as all of it, so that it scrolls alike.
 * @param direction in which data runs in it
 * @param always keys of items and boxes that are drawn wherever they lie, such as the one that has the focus
 */
export function partOf(
	layout: NetworkLayout,
	sight: Rect,
	direction: Direction,
	always: ReadonlySet<string>
): NetworkLayout {
	const isDrawn = (of: Rect & { readonly key: string }) => always.has(of.key) || touch(of, sight);
	return {
		...layout,
		items: layout.items.filter(isDrawn),
		boxes: layout.boxes.filter(isDrawn),
		edges: layout.edges.filter((edge) => touch(extentOf(edge, direction), sight))
	};
}

/** What lines take up, which thousands are asked for at each step of a zoom. A line belongs to a layout, which has one direction. */
const extents = new WeakMap<PlacedEdge, Rect>();
function extentOf(edge: PlacedEdge, direction: Direction): Rect {
	const known = extents.get(edge);
	if (known) return known;
	const found = extent([...edge.turn, ...edge.points], direction);
	extents.set(edge, found);
	return found;
}

/** What a line takes up; its points have the direction of data first. */
function extent(points: PlacedEdge['points'], direction: Direction): Rect {
	const [along, across] = [points.map(([at]) => at), points.map(([, at]) => at)];
	const [x, y] = direction === 'right' ? [along, across] : [across, along];
	const [left, top] = [Math.min(...x), Math.min(...y)];
	return { x: left, y: top, width: Math.max(...x) - left, height: Math.max(...y) - top };
}
