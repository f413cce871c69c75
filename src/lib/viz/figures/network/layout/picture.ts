import { interpolateString } from 'd3-interpolate';
import { lerp, lerpBox } from '../../../plot/between';
import type { Rect } from './card';
import { once } from './once';
import type { NetworkLayout, PlacedBox, PlacedEdge, PlacedItem } from './network';

/** Where something that is drawn stands between two layouts; its size is as in the layout, times its scale. */
export interface Pose {
	readonly x: number;
	readonly y: number;
	readonly scaleX: number;
	readonly scaleY: number;
	readonly opacity: number;
}

/** `isGoing` of what is not in the layout that the picture is on its way to. */
export type PicturedItem = PlacedItem & { readonly pose: Pose; readonly isGoing: boolean };
export type PicturedBox = PlacedBox & { readonly opacity: number; readonly isGoing: boolean };
export type PicturedEdge = Pick<PlacedEdge, 'key' | 'path'> & { readonly opacity: number };

/** A diagram at a moment: a layout, or what stands between two. */
export interface Picture {
	readonly width: number;
	readonly height: number;
	readonly items: readonly PicturedItem[];
	readonly boxes: readonly PicturedBox[];
	readonly edges: readonly PicturedEdge[];
}

/** A layout that stands still. What it has of a card is the same each time, so that nothing is drawn anew for what comes beside it. */
export function stillPicture({ width, height, items, boxes, edges }: NetworkLayout): Picture {
	return {
		width,
		height,
		items: items.map(stillItem),
		boxes: boxes.map(stillBox),
		edges: edges.map(stillEdge)
	};
}

const upright = { scaleX: 1, scaleY: 1, opacity: 1 } as const;
const stillItem = once((item: PlacedItem): PicturedItem => ({
	...{ ...item, isGoing: false },
	pose: { x: item.x, y: item.y, ...upright }
}));
const stillBox = once((box: PlacedBox): PicturedBox => ({ ...box, opacity: 1, isGoing: false }));
const stillEdge = once(({ key, path }: PlacedEdge): PicturedEdge => ({ key, path, opacity: 1 }));

/**
 * The diagram on its way from a picture to a layout, at a place from 0 to 1: what is in both travels, what was inside a closed block
 * unfolds from its card, what goes into one folds into it, and lines bend where they can and else give way.
 */
export function pictureBetween(from: Picture, to: NetworkLayout, place: number): Picture {
	if (place >= 1) return stillPicture(to);
	const [begin, end] = [index(from), index(to)];
	const mix = (a: number, b: number) => lerp(a, b, place);
	const mixPose = (a: Pose, b: Pose): Pose => ({
		x: mix(a.x, b.x),
		y: mix(a.y, b.y),
		scaleX: mix(a.scaleX, b.scaleX),
		scaleY: mix(a.scaleY, b.scaleY),
		opacity: mix(a.opacity, b.opacity)
	});

	const come = to.items.map((item): PicturedItem => {
		const there: Pose = { x: item.x, y: item.y, ...upright };
		const before = begin.items.get(item.key);
		const start = before?.pose ?? foldedPose(item, end, begin) ?? { ...there, opacity: 0 };
		return { ...item, pose: mixPose(start, there), isGoing: false };
	});
	const go = from.items
		.filter(({ key }) => !end.items.has(key))
		.map((item): PicturedItem => {
			const gone = foldedPose(item, begin, end) ?? { ...item.pose, opacity: 0 };
			// It makes room for what comes in its place.
			const opacity = item.pose.opacity * (1 - place) ** 3;
			return { ...item, pose: { ...mixPose(item.pose, gone), opacity }, isGoing: true };
		});
	const boxes = [
		...to.boxes.map((box): PicturedBox => {
			const before = begin.boxes.get(box.key);
			const start = before ?? cardAround(box, end, begin) ?? box;
			return { ...box, ...lerpBox(start, box, place), opacity: mix(before?.opacity ?? 0, 1), isGoing: false };
		}),
		...from.boxes
			.filter(({ key }) => !end.boxes.has(key))
			.map((box): PicturedBox => ({
				...box,
				...lerpBox(box, cardAround(box, begin, end) ?? box, place),
				opacity: mix(box.opacity, 0),
				isGoing: true
			}))
	].sort((a, b) => a.depth - b.depth);
	return {
		width: mix(from.width, to.width),
		height: mix(from.height, to.height),
		// What goes lies under what comes.
		items: [...go, ...come],
		boxes,
		edges: edgesBetween(from.edges, to.edges, place)
	};
}

/** How long the way to a layout takes, in milliseconds: the longer the further anything in it has to go. */
export function motionLength(from: Picture, to: NetworkLayout): number {
	const { items } = index(from);
	const furthest = to.items.reduce(
		(most, { key, x, y }) => {
			const before = items.get(key)?.pose;
			return before ? Math.max(most, Math.hypot(x - before.x, y - before.y)) : most;
		},
		Math.abs(to.height - from.height)
	);
	return Math.min(600, 200 + 0.5 * furthest);
}

interface Index<Item extends PlacedItem, Box extends PlacedBox> {
	readonly items: ReadonlyMap<string, Item>;
	readonly boxes: ReadonlyMap<string, Box>;
}

function index<Item extends PlacedItem, Box extends PlacedBox>({
	items,
	boxes
}: {
	readonly items: readonly Item[];
	readonly boxes: readonly Box[];
}): Index<Item, Box> {
	return {
		items: new Map(items.map((item) => [item.key, item])),
		boxes: new Map(boxes.map((box) => [box.key, box]))
	};
}

type Ends = Index<PlacedItem, PlacedBox>;

/** Where something stands that is folded into a card in the other picture: on its place in the block, made as small as the card. */
function foldedPose(item: PlacedItem, own: Ends, other: Ends): Pose | null {
	// A block that is open in the other picture is the box there.
	const box = other.boxes.get(item.key);
	if (box) return { x: box.x, y: box.y, scaleX: 1, scaleY: 1, opacity: 0 };
	const around = closedAround(item.parent, own, other);
	if (!around) return null;
	const { outer, card } = around;
	const [scaleX, scaleY] = [card.width / outer.width, card.height / outer.height];
	return {
		x: card.x + (item.x - outer.x) * scaleX,
		y: card.y + (item.y - outer.y) * scaleY,
		scaleX,
		scaleY,
		opacity: 0
	};
}

/** The card that an open block is in the other picture, or lies in. */
function cardAround(box: PlacedBox, own: Ends, other: Ends): Rect | null {
	return closedAround(box.key, own, other)?.card ?? null;
}

/** The block in which something lies that is a card in the other picture. */
function closedAround(parent: string | null, own: Ends, other: Ends): { outer: Rect; card: Rect } | null {
	for (let key = parent; key !== null;) {
		const outer = own.boxes.get(key);
		if (!outer) return null;
		const closed = other.items.get(key);
		if (closed?.card.card) {
			const { x, y } = 'pose' in closed ? (closed as PicturedItem).pose : closed;
			const { card } = closed.card;
			return { outer, card: { ...card, x: x + card.x, y: y + card.y } };
		}
		key = outer.parent;
	}
	return null;
}

function edgesBetween(
	from: readonly PicturedEdge[],
	to: readonly PlacedEdge[],
	place: number
): readonly PicturedEdge[] {
	const begin = new Map(from.map((edge) => [edge.key, edge]));
	// What gives way is gone before what comes in its place is there.
	const [fading, showing] = [Math.max(0, 1 - 2 * place), Math.max(0, 2 * place - 1)];
	const bent = new Set<string>();
	const come = to.map(({ key, path }): PicturedEdge => {
		const before = begin.get(key);
		if (!before || skeleton(before.path) !== skeleton(path)) return { key, path, opacity: showing };
		bent.add(key);
		return {
			key,
			path: bend(before, path)(place),
			opacity: lerp(before.opacity, 1, place)
		};
	});
	const go = from
		.filter(({ key }) => !bent.has(key))
		.map((edge) => ({ ...edge, key: `${edge.key} gone`, opacity: edge.opacity * fading }))
		.filter(({ opacity }) => opacity > 0);
	return [...go, ...come];
}

/** How lines bend, which is asked for at each frame of a way. */
const bends = new WeakMap<PicturedEdge, { readonly to: string; readonly at: (place: number) => string }>();
function bend(edge: PicturedEdge, to: string): (place: number) => string {
	const known = bends.get(edge);
	if (known?.to === to) return known.at;
	const at = interpolateString(edge.path, to);
	bends.set(edge, { to, at });
	return at;
}

/** The commands of a path. */
function skeleton(path: string): string {
	return path.replaceAll(/[^A-Za-z]+/g, '');
}
