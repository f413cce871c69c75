import type { Direction, Rect } from './card';
import type { NetworkLayout, PlacedEdge } from './network';

/** Items beyond which only what is near the part in sight is drawn: each step of a zoom would lay out the words of all others. */
export const mostDrawn = 400;

/** Below this scale no word on a card can be read: of more than {@link mostDrawn} of them, only outlines are drawn. */
export const afarBelow = 0.4;

/** How many cards, boxes and lines come at a time when blocks open: many at once take longer than a frame. */
export const drawnAtOnce = 8;

const touch = (a: Rect, b: Rect): boolean =>
	a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;

/** Whether one lies in the other. */
export const isWithin = (inner: Rect, outer: Rect): boolean =>
	inner.x >= outer.x &&
	inner.y >= outer.y &&
	inner.x + inner.width <= outer.x + outer.width &&
	inner.y + inner.height <= outer.y + outer.height;

/**
 * A part of a layout with some of it around on each side, so that it need not be drawn anew at each move: unless given half as much,
 * since with more, what comes at once takes longer than a frame.
 */
export const around = ({ x, y, width, height }: Rect, share = 0.5): Rect => ({
	x: x - share * width,
	y: y - share * height,
	width: (1 + 2 * share) * width,
	height: (1 + 2 * share) * height
});

interface PartOptions {
	/** In which data runs in it. */
	readonly direction: Direction;
	/** Keys of what is drawn wherever it lies, such as the card that has the focus. */
	readonly always: ReadonlySet<string>;
}

/** What of a layout is drawn where a part of it is in sight; as large as all of it, so that it scrolls alike. */
export function partOf(
	layout: NetworkLayout,
	sight: Rect,
	{ direction, always }: PartOptions
): NetworkLayout {
	const isDrawn = (of: Rect & { readonly key: string }) => always.has(of.key) || touch(of, sight);
	return {
		...layout,
		items: layout.items.filter(isDrawn),
		boxes: layout.boxes.filter(isDrawn),
		edges: layout.edges.filter((edge) => always.has(edge.key) || touch(extentOf(edge, direction), sight))
	};
}

/** The first `count` cards, boxes and lines of a layout beside those that are always drawn: what is in sight comes before the rest. */
export function firstOf(
	layout: NetworkLayout,
	sight: Rect,
	{ direction, always, count }: PartOptions & { readonly count: number }
): NetworkLayout {
	const take = <Of extends { readonly key: string }>(all: readonly Of[], rect: (of: Of) => Rect) => {
		const others = all.filter(({ key }) => !always.has(key));
		const [near, far] = [true, false].map((isNear) =>
			others.filter((of) => touch(rect(of), sight) === isNear)
		);
		const first = new Set([...near!, ...far!].slice(0, count));
		return all.filter((of) => always.has(of.key) || first.has(of));
	};
	return {
		...layout,
		items: take(layout.items, (item) => item),
		boxes: take(layout.boxes, (box) => box),
		edges: take(layout.edges, (edge) => extentOf(edge, direction))
	};
}

/** When {@link firstOf} has all of it. */
export const sizeOf = ({ items, boxes, edges }: NetworkLayout): number =>
	Math.max(items.length, boxes.length, edges.length);

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
