import { bandPath } from '../../../plot/links';
import type { Box } from '../../../tensor/tensors';

/** A tensor as a stack of its channels: the front of the stack, and how far its top leans back. */
export interface Stack {
	readonly front: Box;
	readonly outline: string;
	/** Lines between channels: one for every {@link FireLayout.perLine} of them. */
	readonly lines: string;
}

interface Label {
	readonly x: number;
	readonly y: number;
	readonly anchor: 'start' | 'middle';
}

/** What reads one stack and makes another: a band from the one to the other. */
export interface Band {
	readonly path: string;
	/** Its middle. */
	readonly label: { readonly x: number; readonly y: number };
}

export interface FireLayout {
	readonly direction: 'row' | 'column';
	readonly width: number;
	readonly height: number;
	/** Pixels of a channel. */
	readonly unit: number;
	/** Channels from one line of a stack to the next. */
	readonly perLine: number;
	readonly input: Stack;
	readonly squeezed: Stack;
	/** The two expands, and below them what they become: one behind the other, 1×1 first. */
	readonly expanded: readonly [Stack, Stack];
	readonly joined: readonly [Stack, Stack];
	readonly labels: Readonly<Record<'input' | 'squeezed' | 'e1' | 'e3' | 'output', Label>>;
	readonly bands: Readonly<Record<'squeeze1x1' | 'expand1x1' | 'expand3x3' | 'concat1' | 'concat3', Band>>;
}

export interface FireChannels {
	readonly inChannels: number;
	readonly s1: number;
	readonly e1: number;
	readonly e3: number;
	/** Height and width of all tensors. */
	readonly resolution: number;
}

const narrow = 640;
/** Of the top of a stack, in parts of its thickness. */
const lean = { x: 0.35, y: 0.28 };
const titleRoom = 46;
/** Between the two expands before they are joined. */
const apart = 26;

/**
 * Lays a fire module out: data runs left to right with channels piled up, or on narrow screens top to bottom with channels side
 * by side. All channels are drawn to one scale, so that the squeeze is seen as the waist that it is.
 */
export function layoutFire(channels: FireChannels, width: number): FireLayout {
	const isRow = width >= narrow;
	const { inChannels, s1, e1, e3 } = channels;
	const most = Math.max(inChannels, e1 + e3, s1);
	// Height and width to one scale too, but never so thin that it cannot be seen.
	const across = Math.max(18, Math.min(isRow ? 84 : 52, 8 * Math.sqrt(channels.resolution)));
	const room = isRow ? 300 : width - apart - lean.x * across - 4;
	const unit = room / most;
	const perLine = [1, 2, 4, 8, 16, 32, 64, 128].find((n) => n * unit >= 4) ?? 256;
	const full = room + apart;

	/** Where the four columns of stacks begin along the way of data. */
	const pitch = isRow ? (width - across * (1 + lean.x) - 4) / 3 : 146;
	const starts = [0, 1, 2, 3].map((i) => i * pitch);
	const depth = lean.y * across;
	const stack = (column: number, from: number, count: number): Stack => {
		const main = starts[column]! + (isRow ? 2 : titleRoom);
		const cross = from + (isRow ? titleRoom : 2);
		const front: Box = isRow
			? { x: main, y: cross, width: across, height: count * unit }
			: { x: cross, y: main, width: count * unit, height: across };
		return {
			front,
			outline: outlineOf(front, lean.x * across, depth),
			lines: linesOf(front, isRow, count, unit, perLine)
		};
	};
	const middle = (count: number) => (full - count * unit) / 2;

	const input = stack(0, middle(inChannels), inChannels);
	const squeezed = stack(1, middle(s1), s1);
	const first = (full - apart - (e1 + e3) * unit) / 2;
	const expanded = [stack(2, first, e1), stack(2, first + e1 * unit + apart, e3)] as const;
	const start = middle(e1 + e3);
	const joined = [stack(3, start, e1), stack(3, start + e1 * unit, e3)] as const;
	const above = ({ front }: Stack, length = isRow ? front.height : front.width): Label =>
		isRow
			? { x: front.x, y: front.y - depth - 8, anchor: 'start' }
			: { x: front.x + (length + lean.x * across) / 2, y: front.y - depth - 7, anchor: 'middle' };
	const below = ({ front }: Stack): Label => ({
		x: front.x,
		y: front.y + front.height + 18,
		anchor: 'start'
	});
	const band = (from: Stack, to: Stack): Band => bandOf(from.front, to.front, isRow, lean.x * across, depth);

	return {
		direction: isRow ? 'row' : 'column',
		width,
		height: isRow ? titleRoom + full + 30 : titleRoom + 3 * pitch + across + 4,
		unit,
		perLine,
		input,
		squeezed,
		expanded,
		joined,
		labels: {
			input: above(input),
			squeezed: above(squeezed),
			e1: above(expanded[0]),
			e3: isRow ? below(expanded[1]) : above(expanded[1]),
			output: above(joined[0], (e1 + e3) * unit)
		},
		bands: {
			squeeze1x1: band(input, squeezed),
			expand1x1: band(squeezed, expanded[0]),
			expand3x3: band(squeezed, expanded[1]),
			concat1: band(expanded[0], joined[0]),
			concat3: band(expanded[1], joined[1])
		}
	};
}

/** Front, top and side of a block; always of as many corners, so that one can become another. */
function outlineOf({ x, y, width, height }: Box, dx: number, dy: number): string {
	const corners = [
		[x, y],
		[x + dx, y - dy],
		[x + width + dx, y - dy],
		[x + width + dx, y + height - dy],
		[x + width, y + height],
		[x, y + height]
	];
	return `M${corners.map((corner) => corner.map(round).join(' ')).join('L')}Z`;
}

function linesOf(front: Box, isRow: boolean, count: number, unit: number, perLine: number): string {
	let path = '';
	for (let channel = perLine; channel < count; channel += perLine) {
		path += isRow
			? `M${round(front.x)} ${round(front.y + channel * unit)}h${round(front.width)}`
			: `M${round(front.x + channel * unit)} ${round(front.y)}v${round(front.height)}`;
	}
	return path;
}

function bandOf(from: Box, to: Box, isRow: boolean, dx: number, dy: number): Band {
	const middle = (...values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	if (isRow) {
		const [start, a, b] = [from.x + from.width + dx, from.y - dy, from.y + from.height - dy];
		const [end, c, d] = [to.x, to.y, to.y + to.height];
		const path = bandPath([start, a, b], [end, c, d], 'row');
		return { path, label: { x: middle(start, end), y: middle(a, b, c, d) } };
	}
	const [start, a, b] = [from.y + from.height, from.x, from.x + from.width];
	const [end, c, d] = [to.y - dy, to.x + dx, to.x + to.width + dx];
	const path = bandPath([start, a, b], [end, c, d], 'column');
	return { path, label: { x: middle(a, b, c, d), y: middle(start, end) } };
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
