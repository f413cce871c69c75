import type { Strands } from '$lib/training/strands';

/** What a thread has seen of the channels that matter. */
export type Sees = 'a' | 'b' | 'both' | 'neither';

export interface PlacedStrand {
	readonly x: number;
	readonly y: number;
	readonly sees: Sees;
	/** How many channels it stands for. */
	readonly count: number;
	/** Whether all that is asked for is read at once here, and not before. */
	readonly isEnough: boolean;
	/** Whether it has read more than one pixel at a time. */
	readonly hasSpace: boolean;
	/** Whether it is the answer, in which everything is added up. */
	readonly isAnswer: boolean;
}

export interface PlacedLink {
	readonly path: string;
	readonly sees: Sees;
}

export interface ThreadsLayout {
	readonly strands: readonly PlacedStrand[];
	readonly links: readonly PlacedLink[];
}

interface Given {
	readonly width: number;
	readonly height: number;
	/** Channels of a picture. */
	readonly channels: number;
	readonly a: number;
	/** `null` where the answer does not lie in it. */
	readonly b: number | null;
	/** Layer in which all that is asked for is read at once, from 1; `null` where that is in none. */
	readonly layer: number | null;
}

const side = 9;

/** Lays out threads from left to right: a channel of the picture has a line of its own, and what mixes stands in the middle of what it has seen. */
export function layoutThreads(
	{ columns, hasSpace, strands, links }: Strands,
	{ width, height, channels, a, b, layer }: Given
): ThreadsLayout {
	const line = (channel: number) => side + (channel * (height - 2 * side)) / (channels - 1);
	const seesOf = (seen: readonly number[]): Sees => {
		const [hasA, hasB] = [seen.includes(a), b !== null && seen.includes(b)];
		return hasA && hasB ? 'both' : hasA ? 'a' : hasB ? 'b' : 'neither';
	};
	const sees = strands.map(({ seen }) => seesOf(seen));
	const isAnswer = (i: number) => strands[i]!.column === columns - 1;
	const placed = strands.map(({ column, seen, channels: own }, i): PlacedStrand => ({
		x: side + (column * (width - 2 * side)) / (columns - 1),
		y: seen.length === 0 ? height / 2 : seen.reduce((sum, channel) => sum + line(channel), 0) / seen.length,
		sees: sees[i]!,
		count: own.length,
		isEnough: column === layer && sees[i] === (b === null ? 'a' : 'both'),
		hasSpace: hasSpace[column]!,
		isAnswer: isAnswer(i)
	}));
	return {
		strands: placed,
		links: links.map(({ from, to }) => {
			const [start, end] = [placed[from]!, placed[to]!];
			const middle = (start.x + end.x) / 2;
			return {
				path: `M${start.x.toFixed(1)} ${start.y.toFixed(1)}C${middle.toFixed(1)} ${start.y.toFixed(1)} ${middle.toFixed(1)} ${end.y.toFixed(1)} ${end.x.toFixed(1)} ${end.y.toFixed(1)}`,
				sees: sees[from]!
			};
		})
	};
}
