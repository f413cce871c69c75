import { interpolateZoom } from 'd3-interpolate';
import type { Shape } from '$lib/ops';
import { clampUnit, lerp, lerpBox, smooth } from '../../../plot/between';
import type { Box } from '../../../tensor/tensors';
import { type Pile, pileOf, type Point, type Room, type World } from './world';

/** How near the camera is: the whole network, a layer's maps, one map, one value of it. Any number between is a place too. */
export const levels = { network: 0, layer: 1, map: 2, value: 3 } as const;
export const deepestLevel = levels.value;

/** Where the camera is: how near, and to what. */
export interface Place {
	/** From {@link levels.network} to {@link levels.value}. */
	readonly level: number;
	/** Of a tensor; means nothing at level 0. */
	readonly ref: string | null;
	readonly channel: number;
	readonly pixel: { readonly y: number; readonly x: number };
}

/** What the camera sees: the middle of it and how wide it is, in the world's pixels. */
export interface View extends Point {
	readonly width: number;
}

interface Share {
	readonly ref: string;
	/** From 0 to 1. */
	readonly share: number;
}

/** All that a picture follows from. */
export interface Pose {
	readonly view: View;
	/** How far the maps of tensors are spread out. */
	readonly open: readonly Share[];
	/** How far all other maps step back for one. */
	readonly near: readonly (Share & { readonly channel: number })[];
	/** How much of the arithmetic is there. */
	readonly worked: number;
}

/** A tensor of the scene. */
export interface SceneTensor {
	readonly ref: string;
	/** The stack that it lies in. */
	readonly stack: number;
	readonly shape: Shape;
	/** Channels in the order in which they are shown. */
	readonly order: readonly number[];
}

/** What the camera moves through. */
export interface Scene {
	readonly world: World;
	/** The tensor of each stack that stands for it. */
	readonly shown: readonly string[];
	readonly tensor: (ref: string) => SceneTensor;
	/** Whether there is room for something beside a map. */
	readonly isWide: boolean;
}

/** The same function, which makes each tensor once. */
export function once(make: (ref: string) => SceneTensor): Scene['tensor'] {
	const known = new Map<string, SceneTensor>();
	return (ref) => {
		let found = known.get(ref);
		if (!found) known.set(ref, (found = make(ref)));
		return found;
	};
}

/** Where a map of a tensor is drawn, on the screen. */
export interface DrawnMap extends Box {
	readonly channel: number;
	/** How much of it is to be seen, 0 to 1. */
	readonly alpha: number;
}

/** A stack as it is drawn. */
export interface DrawnStack {
	readonly index: number;
	readonly pile: Pile;
	readonly alpha: number;
	/** The tensor whose maps are drawn one by one, the last in front; `null` where the stack is drawn as a whole. */
	readonly ref: string | null;
	readonly maps: readonly DrawnMap[];
}

/** All that there is to draw. */
export interface Picture {
	readonly stacks: readonly DrawnStack[];
	readonly links: readonly (readonly Point[])[];
	/** How much there is to be seen of the names and lines between the stacks. */
	readonly network: number;
	readonly worked: number;
}

/** Room around the maps of a layer. */
const margin = 14;
/** Milliseconds that a way takes. */
const shortest = 150;
const longest = 1600;

/** Whether a room has place for a picture beside a map, and for the arithmetic beside a value. */
export const isWideRoom = ({ width }: Room) => width >= 640;

/** Where one map is shown: a square as large as there is room for. */
export function mapSlot({ room }: World, isWide: boolean): Box {
	const side = isWide
		? Math.min(room.height - 2 * margin, room.width * 0.56)
		: Math.min(room.width - 2 * margin, room.height - 124);
	return {
		x: isWide ? margin : (room.width - side) / 2,
		y: isWide ? (room.height - side) / 2 : margin,
		width: side,
		height: side
	};
}

/** Where the value is shown whose arithmetic stands beside it, or below. */
export function valueSlot({ room }: World, isWide: boolean): Box {
	const side = isWide ? 76 : 52;
	return isWide
		? { x: 56, y: Math.min(room.height / 2, 210) - side / 2, width: side, height: side }
		: { x: (room.width - side) / 2, y: 32, width: side, height: side };
}

/** Width of the part of the room that the value has for itself; the arithmetic has the rest. */
export const valueRoom = (isWide: boolean) => (isWide ? 188 : 116);

/** Lays the maps of a tensor out in a room, as large as all of them fit. */
export function layoutTiles(
	[height, width, count]: Shape,
	room: Room
): {
	readonly columns: number;
	readonly width: number;
	readonly height: number;
	readonly gap: number;
	readonly left: number;
	readonly top: number;
} {
	const inner = { width: room.width - 2 * margin, height: room.height - 2 * margin };
	const most = Math.max(height, width);
	let best = { side: 0, columns: 1, gap: 0 };
	for (let columns = 1; columns <= count; columns++) {
		const rows = Math.ceil(count / columns);
		for (const gap of [8, 4, 2, 1]) {
			const side = Math.min(
				(((inner.width + gap) / columns - gap) * most) / width,
				(((inner.height + gap) / rows - gap) * most) / height,
				240
			);
			// Small tiles stand closer together.
			if (side < gap * 6 && gap > 1) continue;
			if (side > best.side + 1e-9) best = { side, columns, gap };
			break;
		}
	}
	const { side, columns, gap } = best;
	const tile = { width: (side * width) / most, height: (side * height) / most };
	const rows = Math.ceil(count / columns);
	return {
		...{ columns, gap, ...tile },
		left: (room.width - columns * (tile.width + gap) + gap) / 2,
		top: (room.height - rows * (tile.height + gap) + gap) / 2
	};
}

/** The pile of any tensor of a stack: in the middle of the stack's own. */
export function pileIn({ world, tensor }: Scene, ref: string): Pile {
	const { stack, shape } = tensor(ref);
	const { face } = world.piles[stack]!;
	return pileOf(shape, { x: face.x + face.width / 2, y: face.y + face.height / 2 }, world.scale);
}

/** What the camera sees of a tensor whose maps are spread out. */
export function layerView(scene: Scene, ref: string): View {
	const { room } = scene.world;
	const { box } = pileIn(scene, ref);
	const factor = Math.max(3, Math.min(room.width / (box.width + 30), room.height / (box.height + 30)));
	return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: room.width / factor };
}

const overview = ({ world: { room } }: Scene): View => ({
	x: room.width / 2,
	y: room.height / 2,
	width: room.width
});

/** A box of the screen, in the world. */
function toWorld({ x, y, width, height }: Box, view: View, room: Room): Box {
	const scale = view.width / room.width;
	return {
		x: view.x + (x - room.width / 2) * scale,
		y: view.y + (y - room.height / 2) * scale,
		width: width * scale,
		height: height * scale
	};
}

/** A box of the world, on the screen. */
export function toScreen({ x, y, width, height }: Box, view: View, room: Room): Box {
	const scale = room.width / view.width;
	return {
		x: room.width / 2 + (x - view.x) * scale,
		y: room.height / 2 + (y - view.y) * scale,
		width: width * scale,
		height: height * scale
	};
}

/** The view in which a box of the world fills a slot of the screen. */
function viewOf(box: Box, slot: Box, room: Room): View {
	const scale = Math.min(slot.width / box.width, slot.height / box.height);
	const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
	return {
		x: middle.x - (slot.x + slot.width / 2 - room.width / 2) / scale,
		y: middle.y - (slot.y + slot.height / 2 - room.height / 2) / scale,
		width: room.width / scale
	};
}

/** Where a map of a spread-out tensor lies in the world. */
export function tileBox(scene: Scene, ref: string, channel: number): Box {
	const { room } = scene.world;
	const { shape, order } = scene.tensor(ref);
	const tiles = layoutTiles(shape, room);
	const at = Math.max(0, order.indexOf(channel));
	const box = {
		x: tiles.left + (at % tiles.columns) * (tiles.width + tiles.gap),
		y: tiles.top + Math.floor(at / tiles.columns) * (tiles.height + tiles.gap),
		width: tiles.width,
		height: tiles.height
	};
	return toWorld(box, layerView(scene, ref), room);
}

function viewAt(scene: Scene, place: Place, level: number): View {
	const { world, isWide, tensor } = scene;
	if (level === levels.network || place.ref === null) return overview(scene);
	if (level === levels.layer) return layerView(scene, place.ref);
	const tile = tileBox(scene, place.ref, place.channel);
	if (level === levels.map) return viewOf(tile, mapSlot(world, isWide), world.room);
	const [rows, columns] = tensor(place.ref).shape;
	const cell = { width: tile.width / columns, height: tile.height / rows };
	const { y, x } = place.pixel;
	return viewOf(
		{ x: tile.x + x * cell.width, y: tile.y + y * cell.height, ...cell },
		valueSlot(world, isWide),
		world.room
	);
}

/** The pose of a place, at any level from 0 to 3. */
export function poseAt(scene: Scene, place: Place): Pose {
	const level = place.ref === null ? 0 : Math.min(deepestLevel, Math.max(0, place.level));
	const below = Math.floor(level);
	const [from, to] = [viewAt(scene, place, below), viewAt(scene, place, Math.ceil(level))];
	const view = viewBetween(from, to)(level - below);
	const { ref, channel } = place;
	return {
		view,
		// As even as the camera's factor, so that maps keep their size on the way.
		open: ref === null || level === 0 ? [] : [{ ref, share: clampUnit(level) }],
		near: ref === null || level <= 1 ? [] : [{ ref, channel, share: smooth(level, 1, 2) }],
		worked: smooth(level, 2.35, 3)
	};
}

function viewBetween(from: View, to: View): (by: number) => View {
	const way = interpolateZoom([from.x, from.y, from.width], [to.x, to.y, to.width]);
	return (by) => {
		if (by <= 0) return from;
		if (by >= 1) return to;
		const [x, y, width] = way(by);
		return { x, y, width };
	};
}

/** Between any pose and another: `by` is 0 at the one and 1 at the other. */
export function poseBetween(from: Pose, to: Pose, by: number): Pose {
	if (by >= 1) return to;
	return {
		view: viewBetween(from.view, to.view)(by),
		open: sharesBetween(from.open, to.open, by, ({ ref }) => ref),
		near: sharesBetween(from.near, to.near, by, ({ ref, channel }) => `${ref} ${String(channel)}`),
		worked: lerp(from.worked, to.worked, by)
	};
}

function sharesBetween<T extends Share>(
	from: readonly T[],
	to: readonly T[],
	by: number,
	keyOf: (one: T) => string
): T[] {
	const goals = new Map(to.map((one) => [keyOf(one), one]));
	const begins = new Map(from.map((one) => [keyOf(one), one]));
	const shares = [...begins.values(), ...[...goals.values()].filter((one) => !begins.has(keyOf(one)))];
	return shares
		.map((one) => {
			const key = keyOf(one);
			return { ...one, share: lerp(begins.get(key)?.share ?? 0, goals.get(key)?.share ?? 0, by) };
		})
		.filter(({ share }) => share > 0);
}

/** Milliseconds that the way from one pose to another takes. */
export function wayLength(from: Pose, to: Pose): number {
	const { duration } = interpolateZoom(
		[from.view.x, from.view.y, from.view.width],
		[to.view.x, to.view.y, to.view.width]
	);
	const opens = to.open.some(({ ref }) => !from.open.some((one) => one.ref === ref));
	return Math.min(longest, Math.max(opens ? 300 : shortest, 0.35 * duration));
}

/** The picture of a pose. */
export function pictureOf(scene: Scene, pose: Pose): Picture {
	const { world, shown } = scene;
	const { room } = world;
	const { view, open, near, worked } = pose;
	/** How far the network as a whole steps back. */
	const most = Math.max(0, ...open.map(({ share }) => share));
	const network = 1 - clampUnit(1.6 * most);
	const scale = room.width / view.width;
	const stacks = world.piles.flatMap((pile, index): DrawnStack[] => {
		const opened = open.filter(({ ref }) => scene.tensor(ref).stack === index);
		const drawn = opened.map(({ ref, share }): DrawnStack => {
			const nearHere = near.filter((one) => one.ref === ref);
			return {
				...{ index, ref, pile: onScreen(pileIn(scene, ref), view, room) },
				// A tensor that does not stand for its stack appears as it opens.
				alpha: ref === shown[index] ? 1 : smooth(share, 0, 0.5),
				maps: mapsOf(scene, view, ref, share, nearHere)
			};
		});
		const covered = Math.max(0, ...opened.map(({ ref, share }) => (ref === shown[index] ? 1 : share)));
		const alpha = opened.length > 0 ? 1 - clampUnit(2 * covered) : network;
		if (alpha > 0) {
			const onView = onScreen(pile, view, room);
			if (isSeen(onView.box, room)) drawn.unshift({ index, pile: onView, alpha, ref: null, maps: [] });
		}
		return drawn;
	});
	const links =
		network > 0
			? world.links.map((link) =>
					link.map(({ x, y }) => ({
						x: room.width / 2 + (x - view.x) * scale,
						y: room.height / 2 + (y - view.y) * scale
					}))
				)
			: [];
	return { stacks, links, network, worked };
}

function onScreen(pile: Pile, view: View, room: Room): Pile {
	const scale = room.width / view.width;
	return {
		face: toScreen(pile.face, view, room),
		step: { x: pile.step.x * scale, y: pile.step.y * scale },
		count: pile.count,
		box: toScreen(pile.box, view, room)
	};
}

const isSeen = ({ x, y, width, height }: Box, room: Room) =>
	x < room.width && y < room.height && x + width > 0 && y + height > 0;

/** The maps of an opened tensor on the screen, those behind first. */
function mapsOf(scene: Scene, view: View, ref: string, share: number, near: Pose['near']): DrawnMap[] {
	const { room } = scene.world;
	const { shape, order } = scene.tensor(ref);
	const pile = pileIn(scene, ref);
	const tiles = layoutTiles(shape, room);
	const layer = layerView(scene, ref);
	const stepsBack = clampUnit(near.reduce((sum, one) => sum + one.share, 0));
	const maps: DrawnMap[] = [];
	for (let at = order.length - 1; at >= 0; at--) {
		const channel = order[at]!;
		const own = near.find((one) => one.channel === channel)?.share ?? 0;
		const alpha = Math.max(1 - stepsBack, own > 0 ? 1 : 0);
		if (alpha <= 0) continue;
		const tile = toWorld(
			{
				x: tiles.left + (at % tiles.columns) * (tiles.width + tiles.gap),
				y: tiles.top + Math.floor(at / tiles.columns) * (tiles.height + tiles.gap),
				width: tiles.width,
				height: tiles.height
			},
			layer,
			room
		);
		const box = toScreen(share >= 1 ? tile : between(pile, at, tile, share), view, room);
		if (isSeen(box, room)) maps.push({ channel, alpha, ...box });
	}
	return maps;
}

/** A map on its way from the pile to its tile: its size goes by factors, as the camera's does, so that it does not swell. */
function between({ face, step }: Pile, at: number, tile: Box, share: number): Box {
	const start = { ...face, x: face.x + at * step.x, y: face.y + at * step.y };
	const { x, y, width, height } = lerpBox(start, tile, share);
	const own = {
		width: start.width * (tile.width / start.width) ** share,
		height: start.height * (tile.height / start.height) ** share
	};
	return { x: x + (width - own.width) / 2, y: y + (height - own.height) / 2, ...own };
}

/** What lies at a point of the screen, for a camera that rests at a level. */
export function stackAt({ world, shown }: Scene, { x, y }: Point): number | null {
	const reach = 10;
	let best: number | null = null;
	let distance = Infinity;
	for (let i = 0; i < shown.length; i++) {
		const { box } = world.piles[i]!;
		const inside =
			x >= box.x - reach &&
			x <= box.x + box.width + reach &&
			y >= box.y - reach &&
			y <= box.y + box.height + under;
		const far = Math.hypot(x - box.x - box.width / 2, y - box.y - box.height / 2);
		if (inside && far < distance) [best, distance] = [i, far];
	}
	return best;
}

/** Below a stack, its name. */
const under = 34;

/** The map at a point, for a tensor that is spread out; the nearest where tiles are small. */
export function mapAt({ world: { room }, tensor }: Scene, ref: string, { x, y }: Point): number | null {
	const { shape, order } = tensor(ref);
	const tiles = layoutTiles(shape, room);
	const column = Math.floor((x - tiles.left + tiles.gap / 2) / (tiles.width + tiles.gap));
	const row = Math.floor((y - tiles.top + tiles.gap / 2) / (tiles.height + tiles.gap));
	if (column < 0 || column >= tiles.columns || row < 0) return null;
	return order[row * tiles.columns + column] ?? null;
}

/** The value at a point, for a camera at any pose in which one map is near; `null` outside of it. */
export function pixelAt(scene: Scene, view: View, ref: string, channel: number, { x, y }: Point) {
	const box = toScreen(tileBox(scene, ref, channel), view, scene.world.room);
	const [rows, columns] = scene.tensor(ref).shape;
	const [row, column] = [
		Math.floor(((y - box.y) / box.height) * rows),
		Math.floor(((x - box.x) / box.width) * columns)
	];
	return row < 0 || row >= rows || column < 0 || column >= columns ? null : { y: row, x: column };
}

/** The map that a key leads to; `null` for a key without a meaning here. */
export function mapByKey(
	{ world: { room }, tensor }: Scene,
	ref: string,
	channel: number,
	key: string
): number | null {
	const { shape, order } = tensor(ref);
	const { columns } = layoutTiles(shape, room);
	const at = order.indexOf(channel);
	const steps: Readonly<Record<string, number>> = {
		ArrowLeft: -1,
		ArrowRight: 1,
		ArrowUp: -columns,
		ArrowDown: columns,
		Home: -Infinity,
		End: Infinity
	};
	const step = steps[key];
	if (step === undefined) return null;
	const to = at + step;
	// A step up or down keeps to its column.
	if (Number.isFinite(step) && Math.abs(step) > 1 && (to < 0 || to >= order.length)) return channel;
	return order[Math.max(0, Math.min(order.length - 1, to))]!;
}
