import type { Shape } from '$lib/ops';
import type { Box } from '../../../tensor/tensors';

export interface Room {
	readonly width: number;
	readonly height: number;
}

export interface Point {
	readonly x: number;
	readonly y: number;
}

/** The maps of a tensor, one behind the other. */
export interface Pile {
	/** The first map. */
	readonly face: Box;
	/** From each map to the one behind it. */
	readonly step: Point;
	readonly count: number;
	/** All of it. */
	readonly box: Box;
}

/** A network's stacks to one scale, in rows that are read as text is. */
export interface World {
	readonly room: Room;
	readonly piles: readonly Pile[];
	/** Pixels for a value of a map, and for a channel. */
	readonly scale: Scale;
	/** From each stack to the next. */
	readonly links: readonly (readonly Point[])[];
}

export interface Scale {
	readonly value: number;
	readonly channel: number;
}

/** How far the maps of the deepest stack reach back, in sides of the largest map. */
const deepest = 1.1;
/** Where depth goes to on paper. */
const away = { x: 0.8, y: -0.6 };
/** A single value is still seen. */
const smallest = 3;
/** Below each row, for names, sizes and the link to the next row; between two stacks; and the least that a name needs. */
const under = 37;
const gap = 16;
const named = 58;
/** What stands below a stack: as wide as names are at most, from its ground to the foot of its size. */
export const label = { width: 70, height: 30 };
/** Free on all sides. */
const around = { x: 12, y: 12 };
/** Of the room's height or width that the largest map takes at most. */
const largest = 0.46;

/** The pile of a tensor whose first map has its middle at a point. */
export function pileOf([height, width, channels]: Shape, middle: Point, scale: Scale): Pile {
	const face = {
		width: Math.max(smallest, width * scale.value),
		height: Math.max(smallest, height * scale.value)
	};
	const step = { x: away.x * scale.channel, y: away.y * scale.channel };
	const back = { x: step.x * (channels - 1), y: step.y * (channels - 1) };
	const [x, y] = [middle.x - face.width / 2, middle.y - face.height / 2];
	return {
		face: { x, y, ...face },
		step,
		count: channels,
		box: { x, y: y + back.y, width: face.width + back.x, height: face.height - back.y }
	};
}

/** A pile's silhouette, so many pixels around it, and the edge that leads back from its first map. */
export function outlineOf(
	{ face: { x, y, width, height }, step, count }: Pile,
	out = 0
): {
	readonly hull: readonly Point[];
	readonly edge: readonly [Point, Point];
} {
	const back = { x: step.x * (count - 1), y: step.y * (count - 1) };
	const [right, bottom] = [x + width, y + height];
	return {
		hull: [
			{ x: x - out, y: y - out },
			{ x: x + back.x - out * 0.3, y: y + back.y - out },
			{ x: right + back.x + out, y: y + back.y - out },
			{ x: right + back.x + out, y: bottom + back.y + out * 0.3 },
			{ x: right + out, y: bottom + out },
			{ x: x - out, y: bottom + out }
		],
		edge: [
			{ x: right, y },
			{ x: right + back.x, y: y + back.y }
		]
	};
}

/** Where the name and the size of a stack stand. */
export function labelOf({ box, face }: Pile): Box {
	return { x: box.x + box.width / 2 - label.width / 2, y: face.y + face.height, ...label };
}

/** Lays stacks of these shapes out as large as they fit. */
export function layoutWorld(shapes: readonly Shape[], whole: Room): World {
	const room = {
		width: Math.max(1, whole.width - 2 * around.x),
		height: Math.max(1, whole.height - 2 * around.y)
	};
	const most = Math.max(1, ...shapes.flatMap(([height, width]) => [height, width]));
	const channels = Math.max(1, ...shapes.map((shape) => shape[2]));
	const scaleOf = (value: number): Scale => ({ value, channel: (deepest * most * value) / channels });
	const sized = (value: number) => shapes.map((shape) => pileOf(shape, { x: 0, y: 0 }, scaleOf(value)));
	const fits = (value: number) => {
		const piles = sized(value);
		const rows = balanced(piles, room.width);
		const isWide = piles.some(({ box }) => box.width > room.width);
		return !isWide && heightOf(rows.map((row) => row.map((i) => piles[i]!))) <= room.height;
	};
	let [low, high] = [1e-3, (largest * Math.min(room.width, room.height)) / most];
	if (fits(high)) low = high;
	for (let i = 0; i < 24; i++) {
		const middle = (low + high) / 2;
		if (fits(middle)) low = middle;
		else high = middle;
	}
	const scale = scaleOf(low);
	return place(sized(low), balanced(sized(low), room.width), { shapes, scale, room, whole });
}

/** Stacks by rows, each as full as it gets. */
function rowsOf(piles: readonly Pile[], width: number): number[][] {
	const rows: number[][] = [];
	let used = Infinity;
	piles.forEach((pile, i) => {
		const own = Math.max(named, pile.box.width);
		if (used + gap + own > width) {
			rows.push([i]);
			used = own;
		} else {
			rows.at(-1)!.push(i);
			used += gap + own;
		}
	});
	return rows;
}

/** As many rows as are needed, none much fuller than another. */
function balanced(piles: readonly Pile[], width: number): number[][] {
	const { length } = rowsOf(piles, width);
	let [low, high] = [0, width];
	for (let i = 0; i < 20; i++) {
		const middle = (low + high) / 2;
		if (rowsOf(piles, middle).length <= length) high = middle;
		else low = middle;
	}
	return rowsOf(piles, high);
}

const tallest = (row: readonly Pile[]) => Math.max(...row.map(({ box }) => box.height));
const heightOf = (rows: readonly (readonly Pile[])[]) =>
	rows.reduce((sum, row) => sum + tallest(row) + under, 0);

interface About {
	readonly shapes: readonly Shape[];
	readonly scale: Scale;
	/** Within what lies around, and with it. */
	readonly room: Room;
	readonly whole: Room;
}

function place(sized: readonly Pile[], rows: readonly (readonly number[])[], about: About): World {
	const { shapes, scale, room, whole } = about;
	const free = Math.max(0, room.height - heightOf(rows.map((row) => row.map((i) => sized[i]!))));
	const between = Math.min(40, free / rows.length);
	let top = around.y + (free - between * (rows.length - 1)) / 2;
	const piles: Pile[] = [];
	const ends: { readonly row: number; readonly bottom: number }[] = [];
	rows.forEach((row, n) => {
		const own = row.map((i) => Math.max(named, sized[i]!.box.width));
		const spare = room.width - own.reduce((sum, width) => sum + width, 0);
		// Rows that end early keep the distance of the full ones.
		const pitch = Math.min(spare / Math.max(1, row.length), 64);
		let x = around.x + (spare - pitch * (row.length - 1)) / 2;
		const bottom = top + tallest(row.map((i) => sized[i]!));
		row.forEach((i, k) => {
			const { box, face } = sized[i]!;
			// Every stack stands on its row's ground, in the middle of its place.
			const left = x + (own[k]! - box.width) / 2;
			piles.push(pileOf(shapes[i]!, { x: left + face.width / 2, y: bottom - face.height / 2 }, scale));
			ends.push({ row: n, bottom });
			x += own[k]! + pitch;
		});
		top = bottom + under + between;
	});
	const links = piles.slice(1).map((to, i) => linkOf(piles[i]!, to, ends[i]!, ends[i + 1]!, whole));
	return { room: whole, piles, scale, links };
}

/** From one stack to the next: along the ground, or around to the next row. */
function linkOf(
	from: Pile,
	to: Pile,
	start: { readonly row: number; readonly bottom: number },
	end: { readonly row: number; readonly bottom: number },
	room: Room
): Point[] {
	const clear = 4;
	const a = { x: from.face.x + from.face.width + clear, y: start.bottom - smallest / 2 };
	const b = { x: to.face.x - clear, y: end.bottom - smallest / 2 };
	if (start.row === end.row) return [a, b];
	const { x, width } = from.box;
	// Beside the stack and what stands below it.
	const beside = Math.max(x + width + 3 * clear, x + width / 2 + label.width / 2 + clear);
	const right = Math.min(room.width - 1, beside);
	const middle = start.bottom + label.height + clear;
	const left = Math.max(1, to.face.x - 4 * clear);
	return [a, { x: right, y: a.y }, { x: right, y: middle }, { x: left, y: middle }, { x: left, y: b.y }, b];
}
