import type { Box, PlacedPart } from './tensors';

/** The way that data runs: to the right, or down. */
export type Way = 'row' | 'column';

/** A rectangle by where it lies along the way that data runs, and across it. */
interface Block {
	readonly start: number;
	readonly end: number;
	readonly before: number;
	readonly after: number;
}

/** A place along the way and across it. */
type Point = readonly [along: number, across: number];

/** What stands in the way of links: planes, filters and titles, in columns with a street behind each. */
export interface StreetMap {
	readonly way: Way;
	readonly blocks: readonly Block[];
	/** From where to where each street reaches along the way. */
	readonly streets: readonly { readonly start: number; readonly end: number }[];
	/** The far edge of the figure, across. */
	readonly edge: number;
}

/**
 * Where a link leaves or arrives: at a window, a cell or a kernel within a plane or a filter, its `home`. By its end: straight along
 * the way that data runs, `at` says where across. By its side: out of the lane along its home, `at` says where along.
 */
export interface Dock {
	readonly home: Box;
	readonly box: Box;
	readonly by: 'end' | 'side';
	readonly at: number;
}

/** A link from one dock to another; those of a step are given together, so that they lie beside each other. */
export interface Journey {
	readonly from: Dock;
	readonly to: Dock;
}

/** Where a link runs, corner by corner, how wide it may be drawn, and how round its corners. */
export interface Route {
	readonly points: readonly { readonly x: number; readonly y: number }[];
	readonly width: number;
	readonly radius: number;
}

/** Pixels between links that run side by side, where there is room. */
const pitch = 3;
/** A lane is not taken for wider, so that links stay near the box that they go along. */
const laneWidth = 14;
/** Links keep so far from what is not theirs. */
const clearance = 1;
/** Of corners, in pixels; the largest that cuts into nothing is taken. */
const radii = [6, 3, 1.5];

/** The map of parts that are laid out; `size` is the figure's, across. Parts beside each other share a column. */
export function streetMap(parts: readonly PlacedPart[], way: Way, size: number): StreetMap {
	const columns: { start: number; end: number; blocks: Block[] }[] = [];
	for (const { part, outer, title, planes, filters } of parts) {
		const { start, end } = blockOf(outer, way);
		const boxes = part.kind === 'shuffle' ? [] : [...planes, ...filters].map((item) => item.outer);
		const blocks = [...boxes, title.box].map((box) => blockOf(box, way));
		const column = columns.find((one) => one.start < end && start < one.end);
		if (column) {
			column.start = Math.min(column.start, start);
			column.end = Math.max(column.end, end);
			column.blocks.push(...blocks);
		} else columns.push({ start, end, blocks });
	}
	const ends = columns.map(({ start, end, blocks }) => ({
		start: Math.min(start, ...blocks.map((block) => block.start)),
		end: Math.max(end, ...blocks.map((block) => block.end))
	}));
	return {
		way,
		blocks: columns.flatMap(({ blocks }) => blocks),
		streets: ends.slice(1).map(({ start }, i) => ({ start: ends[i]!.end, end: start })),
		edge: size
	};
}

/**
 * Ways for the links of one step: each leaves its box along the way that data runs, turns in the street behind it, and
 * arrives by a straight way or by the lane beside the box that it goes to. `null` where there is none that crosses nothing.
 */
export function routesOf(map: StreetMap, journeys: readonly Journey[]): (Route | null)[] {
	const count = journeys.length;
	const plain = journeys.map(({ from, to }) => bestWay(map, from, to, 0, 1, 0));
	// Those that turn one way in the street turn the earlier the nearer they are to where they go: so they do not cross.
	const upwards = plain.filter((found) => found && found.turn[0] > found.turn[1]).length;
	const downwards = count - upwards;
	return journeys.map(({ from, to }, i) => {
		const turn = i < downwards ? downwards - 1 - i : i - downwards;
		const found = bestWay(map, from, to, i, count, turn) ?? plain[i];
		if (!found) return null;
		const points = corners(found.points);
		const largest = found.room < pitch ? 3 : 6;
		return {
			points: points.map(([along, across]) =>
				map.way === 'row' ? { x: along, y: across } : { x: across, y: along }
			),
			width: Math.max(0.6, Math.min(2.5, 0.8 * found.room)),
			radius: radii.find((radius) => radius <= largest && !isCut(points, found.others, radius)) ?? 0
		};
	});
}

/** A path along corners that are rounded a little. */
export function routePath({ points, radius: largest }: Route): string {
	const digits = (n: number) => Math.round(n * 10) / 10;
	return points
		.map(({ x, y }, i) => {
			const [last, next] = [points[i - 1], points[i + 1]];
			if (!last) return `M${digits(x)} ${digits(y)}`;
			if (!next) return `L${digits(x)} ${digits(y)}`;
			const before = Math.hypot(x - last.x, y - last.y);
			const after = Math.hypot(next.x - x, next.y - y);
			const radius = Math.min(largest, before / 2, after / 2);
			const at = (to: { x: number; y: number }, length: number) =>
				`${digits(x + ((to.x - x) * radius) / length)} ${digits(y + ((to.y - y) * radius) / length)}`;
			return `L${at(last, before)}Q${digits(x)} ${digits(y)} ${at(next, after)}`;
		})
		.join('');
}

function blockOf({ x, y, width, height }: Box, way: Way): Block {
	return way === 'row'
		? { start: x, end: x + width, before: y, after: y + height }
		: { start: y, end: y + height, before: x, after: x + width };
}

/** A way from the dock to a street or from it, and how far apart links can lie in its narrowest lane. */
interface Leg {
	/** Where the street is entered or left, across. */
	readonly across: number;
	readonly points: readonly Point[];
	readonly room: number;
}

/** One of `count` links on its way from one block to another by a street. */
interface Trip {
	readonly map: StreetMap;
	readonly street: { readonly start: number; readonly end: number };
	readonly source: Block;
	readonly target: Block;
	/** All blocks but its own two. */
	readonly others: readonly Block[];
	readonly index: number;
	readonly count: number;
}

const sides = ['after', 'before'] as const;

/** The first way that crosses nothing, the straightest tried first; `turn` is its place among those that turn in the street. */
function bestWay(map: StreetMap, from: Dock, to: Dock, index: number, count: number, turn: number) {
	const [source, target] = [blockOf(from.home, map.way), blockOf(to.home, map.way)];
	const street = map.streets.findLast(
		({ start, end }) => start >= source.end - 0.5 && end <= target.start + 0.5
	);
	if (!street) return null;
	const others = map.blocks.filter((block) => !isSame(block, source) && !isSame(block, target));
	const trip: Trip = { map, street, source, target, others, index, count };
	const goal = blockOf(to.box, map.way);
	const exits = exitsOf(trip, [blockOf(from.box, map.way).end, from.at]);
	const entries =
		to.by === 'end' ? entriesByEnd(trip, [goal.start, to.at]) : entriesBySide(trip, to.at, goal);
	const room = Math.min(pitch, (street.end - street.start - 8) / count);
	const along = (street.start + street.end) / 2 + (turn - (count - 1) / 2) * room;
	for (const entry of entries) {
		for (const exit of exits) {
			const points: Point[] = [...exit.points, [along, exit.across], [along, entry.across], ...entry.points];
			const narrowest = Math.min(exit.room, entry.room, room);
			if (isFree(points, others, narrowest / 2)) {
				return { points, others, room: narrowest, turn: [exit.across, entry.across] as const };
			}
		}
	}
	return null;
}

/** Straight into the street, or by the alley behind its block and a lane beside it. */
function exitsOf({ map, street, source, others, index, count }: Trip, start: Point): Leg[] {
	const straight: Leg = { across: start[1], points: [start], room: pitch };
	const next = firstBehind(others, source);
	if (next >= street.start) return [straight];
	const alley = (source.end + next) / 2;
	const lanes = sides.flatMap((side): Leg[] => {
		const lane = laneBeside(map, source, side, source.end, street.start, index, count);
		if (!lane) return [];
		return [
			{
				across: lane.across,
				points: [start, [alley, start[1]], [alley, lane.across]],
				room: Math.min(lane.room, next - source.end)
			}
		];
	});
	return [straight, ...lanes];
}

/** Straight out of the street, or by a lane beside its block and the alley before it, or around what lies over it, like a title. */
function entriesByEnd({ map, street, target, others, index, count }: Trip, end: Point): Leg[] {
	const straight: Leg = { across: end[1], points: [end], room: pitch };
	const last = lastBefore(others, target);
	if (last <= street.end - 0.5) return [straight];
	const alley = (last + target.start) / 2;
	const by = (across: number, room: number): Leg => ({
		across,
		points: [[alley, across], [alley, end[1]], end],
		room: Math.min(room, target.start - last)
	});
	const lanes = sides.flatMap((side) => {
		const lane = laneBeside(map, target, side, street.end, target.start, index, count);
		return lane ? [by(lane.across, lane.room)] : [];
	});
	const over = others.filter(
		(block) => block.end <= target.start && block.start >= street.end - 0.5 && block.after > target.before
	);
	return [straight, ...lanes, by(Math.max(...over.map(({ after }) => after)) + 4, pitch)];
}

/** By the lane on either side; where a title lies over that, around it. */
function entriesBySide({ map, street, target, others, index, count }: Trip, at: number, goal: Block): Leg[] {
	return sides.flatMap((side): Leg[] => {
		const title = others.find(
			(block) => block.start >= street.end - 0.5 && block.end <= target.start && covers(block, target, side)
		);
		const lane = laneBeside(map, target, side, title ? title.end : street.end, at, index, count);
		if (!lane) return [];
		const points: Point[] = [
			[at, lane.across],
			[at, goal[side]]
		];
		const direct: Leg = { across: lane.across, points, room: lane.room };
		if (!title) return [direct];
		const alley = firstBehind(others, title, target) - title.end;
		const gap = Math.min(pitch, (alley - 2) / count);
		const back = title.end + alley / 2 + ((count - 1) / 2 - index) * gap;
		const around = title.after + 4 + index * Math.min(pitch, gap + 0.5);
		const detour: Leg = {
			across: around,
			points: [[back, around], [back, lane.across], ...points],
			room: Math.min(lane.room, gap)
		};
		return [direct, detour];
	});
}

const isSame = (a: Block, b: Block) =>
	a.start === b.start && a.end === b.end && a.before === b.before && a.after === b.after;

/** Whether a title lies over the lane on this side of a box. */
function covers(title: Block, target: Block, side: 'before' | 'after'): boolean {
	return side === 'after'
		? title.before <= target.after && title.after > target.after
		: title.before < target.before && title.after >= target.before;
}

/** Where the next block begins behind one, within its width. */
function firstBehind(blocks: readonly Block[], { end, before, after }: Block, also?: Block): number {
	const starts = [...blocks, ...(also ? [also] : [])]
		.filter((block) => block.start >= end - 0.01 && block.before < after && block.after > before)
		.map(({ start }) => start);
	return Math.min(Infinity, ...starts);
}

/** Where the last block ends before one, within its width. */
function lastBefore(blocks: readonly Block[], { start, before, after }: Block): number {
	const ends = blocks
		.filter((block) => block.end <= start + 0.01 && block.before < after && block.after > before)
		.map(({ end }) => end);
	return Math.max(-Infinity, ...ends);
}

/** The place of one of `count` links in the lane along a box, between two places along the way; `null` where there is none. */
function laneBeside(
	{ blocks, edge }: StreetMap,
	home: Block,
	side: 'before' | 'after',
	start: number,
	end: number,
	index: number,
	count: number
): { readonly across: number; readonly room: number } | null {
	const beside = blocks.filter((block) => block.start < end && block.end > start && !isSame(block, home));
	const [near, far] =
		side === 'after'
			? [
					home.after,
					Math.min(edge, ...beside.map(({ before }) => before).filter((at) => at >= home.after - 0.5))
				]
			: [
					home.before,
					Math.max(0, ...beside.map(({ after }) => after).filter((at) => at <= home.before + 0.5))
				];
	const width = Math.min(laneWidth, Math.abs(far - near)) - 2 * clearance;
	if (width < 0.5) return null;
	const room = Math.min(pitch, width / count);
	const offset = clearance + width / 2 + (index - (count - 1) / 2) * room;
	return { across: side === 'after' ? near + offset : near - offset, room };
}

/** Whether a way of some width crosses none of the blocks. */
function isFree(points: readonly Point[], blocks: readonly Block[], half: number): boolean {
	const by = Math.min(half, 0.5);
	return points.slice(1).every((b, i) => {
		const a = points[i]!;
		const [start, end] = [Math.min(a[0], b[0]) - by, Math.max(a[0], b[0]) + by];
		const [before, after] = [Math.min(a[1], b[1]) - by, Math.max(a[1], b[1]) + by];
		return blocks.every(
			(block) => block.end <= start || block.start >= end || block.after <= before || block.before >= after
		);
	});
}

/** Whether a rounded corner runs through a block that the corner itself goes around. */
function isCut(points: readonly Point[], blocks: readonly Block[], largest: number): boolean {
	return points.slice(1, -1).some((corner, i) => {
		const [last, next] = [points[i]!, points[i + 2]!];
		const lengths = [last, next].map((end) => Math.hypot(end[0] - corner[0], end[1] - corner[1]));
		const radius = Math.min(largest, ...lengths.map((length) => length / 2));
		return blocks.some((block) => {
			// How far along each leg the block begins: √(u/r) + √(v/r) = 1 is the curve that is drawn, a parabola.
			const [u, v] = [last, next].map(([along, across]) => {
				const gap =
					Math.abs(along - corner[0]) > Math.abs(across - corner[1])
						? gapTowards(corner[0], along, block.start, block.end)
						: gapTowards(corner[1], across, block.before, block.after);
				return Math.max(0, gap - cutMargin);
			}) as [number, number];
			return Math.sqrt(u / radius) + Math.sqrt(v / radius) < 1;
		});
	});
}

/** Half the thinnest line: a curve keeps so far from a block. */
const cutMargin = 0.3;

/** How far from a place, in the direction of another, a block begins; endless where it lies the other way. */
function gapTowards(from: number, to: number, start: number, end: number): number {
	const [near, far] = to > from ? [start - from, end - from] : [from - end, from - start];
	return far <= 0 ? Infinity : Math.max(0, near);
}

/** Without the points between that lie on a straight way. */
function corners(points: readonly Point[]): Point[] {
	const isSamePoint = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1]) < 0.05;
	const apart = points.filter((point, i) => i === 0 || !isSamePoint(point, points[i - 1]!));
	return apart.filter((point, i) => {
		const [last, next] = [apart[i - 1], apart[i + 1]];
		if (!last || !next) return true;
		const isStraight =
			(Math.abs(last[0] - point[0]) < 0.05 && Math.abs(next[0] - point[0]) < 0.05) ||
			(Math.abs(last[1] - point[1]) < 0.05 && Math.abs(next[1] - point[1]) < 0.05);
		return !isStraight;
	});
}
