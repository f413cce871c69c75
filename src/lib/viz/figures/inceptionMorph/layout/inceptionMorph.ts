import type { Box } from '../../../tensor/tensors';

/** What the drawing depends on: towers with their channels, or segments of one 1×1 convolution. */
export interface MorphShape {
	readonly towers: readonly { readonly size: number; readonly pool: boolean; readonly windows: number }[];
	/** Whether the 1×1 convolutions are one. */
	readonly isJoined: boolean;
}

/** A box that is always there, so that it can come and go: `isShown` says whether it is to be seen. */
export interface Piece extends Box {
	readonly isShown: boolean;
}

/** All is as long as there are channels, whatever the number of towers, so that each thing keeps its identity. */
export interface MorphLayout {
	readonly direction: 'row' | 'column';
	readonly width: number;
	readonly height: number;
	readonly input: readonly Box[];
	/** By channel: what the 1×1 convolutions give, and what comes out. */
	readonly middle: readonly Box[];
	readonly output: readonly Box[];
	/** By tower. */
	readonly pools: readonly Piece[];
	readonly pointwise: readonly Piece[];
	readonly windows: readonly Piece[];
	readonly secondWindows: readonly Piece[];
	/** From all of the input to the 1×1 convolution of a tower, over its pool if it has one. */
	readonly fans: readonly string[];
	/** From a tower's channels to its outputs. */
	readonly lanes: readonly string[];
	/** Around all 1×1 convolutions, and around all that is joined in the end. */
	readonly around: Box;
	readonly joined: Box;
	/** Tower of each channel. */
	readonly towerOf: readonly number[];
	readonly title: { readonly input: Point; readonly output: Point };
}
interface Point {
	readonly x: number;
	readonly y: number;
}

const narrow = 640;
const titleRoom = 26;
/** All gaps between towers together never take more. */
const gapRoom = 44;
const towerGap = 14;
const segmentGap = 5;
/** Along the way of data: of a channel's cell, of a box. */
const thick = { cell: 15, box: 48 };

/** Lays a stage out: data runs left to right with channels below each other, or on narrow screens the other way round. */
export function layoutMorph({ towers, isJoined }: MorphShape, channels: number, width: number): MorphLayout {
	const isRow = width >= narrow;
	const across = isRow ? 380 : width - 4;
	const length = isRow ? width - 4 : 520;
	const cell = (across - gapRoom) / channels;
	const box = (main: number, cross: number, mainSize: number, crossSize: number): Box =>
		isRow
			? { x: 2 + main, y: titleRoom + cross, width: mainSize, height: crossSize }
			: { x: 2 + cross, y: titleRoom + main, width: crossSize, height: mainSize };

	const starts = towers.map((_, i) => towers.slice(0, i).reduce((sum, { size }) => sum + size, 0));
	const towerOf = towers.flatMap(({ size }, tower) => Array.from({ length: size }, () => tower));
	const count = towers.length;
	/** Where channel `c` begins across, with a gap of so much before each tower but the first. */
	const placing = (gap: number) => {
		const used = Math.min(gap, gapRoom / Math.max(1, count - 1));
		const first = (across - channels * cell - used * (count - 1)) / 2;
		return (channel: number, tower: number) => first + channel * cell + tower * used;
	};
	const before = placing(isJoined ? 0 : towerGap);
	const after = placing(isJoined ? segmentGap : towerGap);

	const hasSecond = towers.some(({ windows }) => windows > 1);
	const hasPool = towers.some(({ pool }) => pool);
	const at = {
		pool: length * 0.17,
		pointwise: length * (hasPool ? 0.3 : 0.26),
		window: length * (hasSecond ? 0.56 : 0.6),
		second: length * (hasSecond ? 0.72 : 0.66),
		output: length - thick.cell
	};
	const middleAt = at.pointwise + thick.box;

	const cells = (main: number, place: (channel: number, tower: number) => number): Box[] =>
		towerOf.map((tower, channel) => box(main, place(channel, tower), thick.cell, cell));
	/** A piece for every possible tower; those that are not wait, empty, behind the last. */
	const pieces = (
		main: number,
		place: (channel: number, tower: number) => number,
		isShown: (tower: (typeof towers)[number]) => boolean
	): Piece[] =>
		Array.from({ length: channels }, (_, i) => {
			const tower = towers[i];
			if (!tower) return { ...box(main, place(channels, count - 1), thick.box, 0), isShown: false };
			return { ...box(main, place(starts[i]!, i), thick.box, tower.size * cell), isShown: isShown(tower) };
		});
	const input = Array.from({ length: channels }, (_, c) =>
		box(0, (across - channels * cell) / 2 + c * cell, thick.cell, cell)
	);
	const output = cells(at.output, after);
	const crossOf = (item: Box) => (isRow ? [item.y, item.y + item.height] : [item.x, item.x + item.width]);
	const path = (points: readonly (readonly [main: number, cross: number])[]) =>
		`M${points.map(([main, cross]) => (isRow ? `${round(main + 2)} ${round(cross)}` : `${round(cross)} ${round(main + titleRoom)}`)).join('L')}Z`;

	const [inputStart] = crossOf(input[0]!);
	const [, inputEnd] = crossOf(input.at(-1)!);
	const pointwise = pieces(at.pointwise, before, () => true);
	const windows = pieces(at.window, after, (tower) => tower.windows > 0);
	const top = towers.length - 1;
	const fans = pointwise.map((piece, i) => {
		// What reads for all at once is one fan.
		const [start, end] = isJoined
			? [crossOf(pointwise[0]!)[0]!, crossOf(pointwise[top]!)[1]!]
			: (crossOf(piece) as [number, number]);
		const to = towers[i]?.pool ? at.pool : at.pointwise;
		return path([
			[thick.cell, inputStart!],
			[to, start],
			[at.pointwise, start],
			[at.pointwise, end],
			[to, end],
			[thick.cell, inputEnd!]
		]);
	});
	const lanes = pointwise.map((piece, i) => {
		const [start, end] = crossOf(piece) as [number, number];
		const [to, toEnd] = crossOf(windows[i]!) as [number, number];
		return path([
			[middleAt + thick.cell, start],
			[at.window, to],
			[at.output, to],
			[at.output, toEnd],
			[at.window, toEnd],
			[middleAt + thick.cell, end]
		]);
	});
	const span = (items: readonly Box[]) => {
		const first = items[0]!;
		const last = items.at(-1)!;
		return {
			x: first.x,
			y: first.y,
			width: last.x + last.width - first.x,
			height: last.y + last.height - first.y
		};
	};

	return {
		direction: isRow ? 'row' : 'column',
		width,
		height: isRow ? titleRoom + across + 4 : titleRoom + length + 26,
		input,
		middle: cells(middleAt, before),
		output,
		pools: pieces(at.pool, before, (tower) => tower.pool),
		pointwise,
		windows,
		secondWindows: pieces(at.second, after, (tower) => tower.windows > 1),
		fans,
		lanes,
		around: span(pointwise.slice(0, count)),
		joined: span(output),
		towerOf,
		title: isRow
			? { input: { x: 2, y: 15 }, output: { x: width - 2, y: 15 } }
			: { input: { x: 2, y: 15 }, output: { x: width - 2, y: titleRoom + length + 20 } }
	};
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
