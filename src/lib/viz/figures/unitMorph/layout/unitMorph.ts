import { shuffled } from '$lib/ops/channelShuffle';
import { bandPath } from '../../../plot/links';
import type { Box } from '../../../tensor/tensors';

/** What is drawn of a unit: how many channels each row has, whether rows and ways are there. */
export interface UnitShape {
	/** Channels of input, bottleneck, branch and output. */
	readonly input: number;
	readonly middle: number;
	readonly branch: number;
	/** Groups that the input's colours stand for. */
	readonly groups: number;
	/** Whether the pointwise convolutions keep to their groups. */
	readonly isGrouped: boolean;
	/** Whether branch and shortcut lie side by side in the end, and not on each other. */
	readonly isConcat: boolean;
}

/** The most of each kind that a unit has: so many are always there, the missing ones without width, so that all keep their identity. */
export interface UnitMost {
	readonly middle: number;
	readonly groups: number;
}

/** Boxes of a row's channels: as many in every unit. */
export type UnitCells = readonly Box[];

export interface UnitLayout {
	readonly width: number;
	readonly height: number;
	readonly rows: {
		readonly input: UnitCells;
		readonly squeezed: UnitCells;
		readonly shuffled: UnitCells;
		readonly depthwise: UnitCells;
		readonly branch: UnitCells;
		readonly shortcut: UnitCells;
		/** Where branch and shortcut come to lie in the output. */
		readonly output: UnitCells;
		readonly outputShortcut: UnitCells;
	};
	/** By group: what the pointwise convolutions read and give, and the shortcut's share. */
	readonly first: readonly string[];
	readonly second: readonly string[];
	readonly shortcut: readonly string[];
	/** By channel of the bottleneck. */
	readonly shuffle: readonly string[];
	readonly depthwise: readonly string[];
	/** From branch and shortcut to the output. */
	readonly joins: readonly [branch: string, shortcut: string];
	readonly pool: Box;
	/** Middles of the steps, where their names stand. */
	readonly steps: Readonly<Record<'first' | 'shuffle' | 'depthwise' | 'second' | 'join', Point>>;
}
interface Point {
	readonly x: number;
	readonly y: number;
}

/** Height of a channel's cell. */
const thick = 18;
const top = 24;
const gaps = { first: 84, shuffle: 66, depthwise: 70, second: 84, join: 66 };

/** Lays a unit out from top to bottom: the branch on the left, the shortcut on the right, every channel equally wide. */
export function layoutUnit(unit: UnitShape, most: UnitMost, width: number): UnitLayout {
	const cell = (width - 4) / (2 * unit.input);
	const half = (width - 4) / 4;
	const [left, centre, right] = [width / 2 - half, width / 2, width / 2 + half];
	// Without a shuffle its two rows are one, and the other steps share its room.
	const steps = gaps.first + gaps.depthwise + gaps.second + gaps.join;
	const stretch = unit.isGrouped ? 1 : 1 + (gaps.shuffle + thick) / steps;
	const below = (before: number, gap: keyof typeof gaps) => before + thick + gaps[gap] * stretch;
	const squeezedAt = below(top, 'first');
	const shuffledAt = unit.isGrouped ? below(squeezedAt, 'shuffle') : squeezedAt;
	const depthwiseAt = below(shuffledAt, 'depthwise');
	const branchAt = below(depthwiseAt, 'second');
	const y = {
		input: top,
		squeezed: squeezedAt,
		shuffled: shuffledAt,
		depthwise: depthwiseAt,
		branch: branchAt,
		output: below(branchAt, 'join')
	};

	const row = (channels: number, all: number, middle: number, at: number): Box[] =>
		Array.from({ length: all }, (_, channel) => ({
			x: middle - (channels * cell) / 2 + Math.min(channel, channels) * cell,
			y: at,
			width: channel < channels ? cell : 0,
			height: thick
		}));
	const input = row(unit.input, unit.input, centre, y.input);
	const squeezed = row(unit.middle, most.middle, left, y.squeezed);
	const shuffledRow = row(unit.middle, most.middle, left, y.shuffled);
	const depthwise = row(unit.middle, most.middle, left, y.depthwise);
	const branch = row(unit.branch, unit.branch, left, y.branch);
	const shortcut = row(unit.input, unit.input, right, y.branch);
	const output = row(unit.branch, unit.branch, unit.isConcat ? left : centre, y.output);
	const outputShortcut = row(unit.input, unit.input, unit.isConcat ? right : centre, y.output);

	/** The part of a row that belongs to a group; groups that are not have none. */
	const part = (cells: readonly Box[], channels: number, group: number): readonly [number, number] => {
		const edge = (g: number) => cells[0]!.x + (channels * cell * Math.min(g, unit.groups)) / unit.groups;
		return [edge(group), edge(group + 1)];
	};
	const groups = Array.from({ length: most.groups }, (_, group) => group);
	const fans = (from: readonly Box[], fromCount: number, to: readonly Box[], toCount: number) =>
		groups.map((group) => {
			const reads = unit.isGrouped
				? part(from, fromCount, group)
				: ([from[0]!.x, from[0]!.x + fromCount * cell] as const);
			return band(reads, from[0]!.y + thick, part(to, toCount, group), to[0]!.y);
		});
	const lines = (from: readonly Box[], to: readonly Box[], order: (channel: number) => number) =>
		Array.from({ length: most.middle }, (_, channel) => {
			const a = from[channel]!;
			const b = to[channel < unit.middle ? order(channel) : channel]!;
			const thin = Math.min(0.9, a.width / 3);
			const [x0, x1] = [a.x + a.width / 2, b.x + b.width / 2];
			return band([x0 - thin, x0 + thin], a.y + thick, [x1 - thin, x1 + thin], b.y);
		});
	const perGroup = unit.middle / unit.groups;
	/** Where the shortcut has come to run straight down. */
	const poolAt = y.branch - 58;
	const between = (a: number, b: number) => (a + thick + b) / 2;
	const whole = (cells: readonly Box[], channels: number) =>
		[cells[0]!.x, cells[0]!.x + channels * cell] as const;

	return {
		width,
		height: y.output + thick + 26,
		rows: { input, squeezed, shuffled: shuffledRow, depthwise, branch, shortcut, output, outputShortcut },
		first: fans(input, unit.input, squeezed, unit.middle),
		second: fans(depthwise, unit.middle, branch, unit.branch),
		shortcut: groups.map((group) =>
			band(part(input, unit.input, group), y.input + thick, part(shortcut, unit.input, group), y.branch)
		),
		shuffle: lines(squeezed, shuffledRow, (channel) =>
			unit.isGrouped ? shuffled(channel, unit.groups, perGroup) : channel
		),
		depthwise: lines(shuffledRow, depthwise, (channel) => channel),
		joins: [
			band(whole(branch, unit.branch), y.branch + thick, whole(output, unit.branch), y.output),
			band(whole(shortcut, unit.input), y.branch + thick, whole(outputShortcut, unit.input), y.output)
		],
		pool: {
			x: right - Math.min(75, width / 5),
			y: poolAt - 22,
			width: 2 * Math.min(75, width / 5),
			height: 44
		},
		steps: {
			first: { x: left, y: between(y.input, y.squeezed) },
			shuffle: { x: left, y: between(y.squeezed, y.shuffled) },
			depthwise: { x: left, y: between(y.shuffled, y.depthwise) },
			second: { x: left, y: between(y.depthwise, y.branch) },
			join: { x: centre, y: between(y.branch, y.output) }
		}
	};
}

/** A band from one row to another. */
function band(
	start: readonly [number, number],
	from: number,
	end: readonly [number, number],
	to: number
): string {
	return bandPath([from, ...start], [to, ...end], 'column');
}

/** The cells of one class: a slice of each cell that is there, of no height where a channel has not seen the class. */
export function slicesPath(
	cells: readonly Box[],
	slice: number,
	slices: number,
	isSeen: (channel: number) => boolean
): string {
	return cells
		.map((box, channel) => {
			const height = slice < slices ? box.height / slices : 0;
			const gap = box.width > 3 ? 1 : 0.4;
			return `M${round(box.x)} ${round(box.y + Math.min(slice, slices) * height)}h${round(Math.max(0, box.width - gap))}v${round(isSeen(channel) ? height : 0)}h${round(-Math.max(0, box.width - gap))}z`;
		})
		.join('');
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
