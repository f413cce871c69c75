import type { FlowPlan, FlowSegment } from './plan';
import type { FlowChannel } from './trace';

/** Sizes of the picture in px. Levels follow each other `along` it; channels lie `across`. */
export interface FlowMetrics {
	/** Room for the channels of one level. */
	readonly across: number;
	/** From one level to the next. */
	readonly pitch: number;
	/** Thickness of a segment along the flow. */
	readonly thickness: number;
	/** Most that a channel takes across. */
	readonly maxCell: number;
	/** Whether levels run from left to right, or else from top to bottom. */
	readonly horizontal: boolean;
}

/** Where a segment stands. */
export interface FlowBox {
	readonly along: number;
	readonly thickness: number;
	/** First px across, and px a channel. */
	readonly start: number;
	readonly cell: number;
	readonly channels: number;
	/** Channels that are drawn as one cell, since they would be too thin by themselves. */
	readonly bin: number;
}

export interface FlowLayout {
	readonly metrics: FlowMetrics;
	/** By index of the segment. */
	readonly boxes: readonly FlowBox[];
	readonly length: number;
	readonly across: number;
}

const GAP = 8;
const LANE_SHARE = 0.13;
const MIN_SHARE = 0.2;
/** Thinnest cell in px: below, channels are drawn several in one. */
const MIN_CELL = 1.6;

/** Gives each segment its place: those of a level share the room by their channels, lanes take a fixed small part. */
export function layoutFlow({ segments, levels }: FlowPlan, metrics: FlowMetrics): FlowLayout {
	const boxes: FlowBox[] = [];
	levels.forEach((level, position) => {
		const free = metrics.across - GAP * (level.length - 1);
		const shares = sharesOf(level.map((index) => segments[index]!));
		const sizes = level.map((index, i) =>
			Math.min(free * shares[i]!, segments[index]!.channels * metrics.maxCell)
		);
		const used = sizes.reduce((sum, size) => sum + size, GAP * (level.length - 1));
		let start = (metrics.across - used) / 2;
		level.forEach((index, i) => {
			const { channels, kind } = segments[index]!;
			const thickness = kind === 'lane' ? metrics.thickness / 2 : metrics.thickness;
			boxes[index] = {
				along: position * metrics.pitch + (metrics.thickness - thickness) / 2,
				thickness,
				start,
				cell: sizes[i]! / channels,
				channels,
				bin: binOf(channels, sizes[i]!)
			};
			start += sizes[i]! + GAP;
		});
	});
	const length = (levels.length - 1) * metrics.pitch + metrics.thickness;
	return { metrics, boxes, length, across: metrics.across };
}

function sharesOf(level: readonly FlowSegment[]): number[] {
	const lanes = level.filter(({ kind }) => kind === 'lane').length;
	const laneShare = Math.min(LANE_SHARE, 0.5 / Math.max(1, lanes));
	const wide = level.filter(({ kind }) => kind !== 'lane');
	const largest = Math.max(0, ...wide.map(({ channels }) => channels));
	const weights = wide.map(({ channels }) => Math.max(channels, MIN_SHARE * largest));
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	// A level of lanes only (a shortcut that outlasts its branch) gives them all the room.
	const room = wide.length === 0 ? 0 : 1 - lanes * laneShare;
	return level.map(({ kind }, i) =>
		kind === 'lane' ? (wide.length === 0 ? 1 / lanes : laneShare) : (room * weights[i]!) / total
	);
}

/** How many channels share a cell: as few as give it {@link MIN_CELL}, and a divisor of the channels where one is near. */
function binOf(channels: number, size: number): number {
	const least = Math.max(1, Math.ceil((MIN_CELL * channels) / size));
	for (let bin = least; bin <= 2 * least; bin++) if (channels % bin === 0) return bin;
	return least;
}

/** Shapes of one colour: a class of the source, or `null` for a mixture. */
export interface FlowShape {
	readonly group: number | null;
	/** 0 to 1: how much of the class has been seen. */
	readonly strength: number;
	readonly path: string;
}

/** The channel at a place of the picture; `null` between levels and beside them. `slack` px around a segment count as it. */
export function flowChannelAt(
	{ levels, segments }: FlowPlan,
	{ metrics, boxes }: FlowLayout,
	along: number,
	across: number,
	slack = 10
): FlowChannel | null {
	const level = levels[Math.round((along - metrics.thickness / 2) / metrics.pitch)] ?? [];
	for (const index of level) {
		const box = boxes[index]!;
		const isAcross = across >= box.start - GAP / 2 && across < box.start + box.cell * box.channels + GAP / 2;
		const isAlong = along >= box.along - slack && along < box.along + box.thickness + slack;
		if (isAcross && isAlong) return { segment: segments[index]!.index, channel: channelAt(box, across) };
	}
	return null;
}

/** The channel of a segment at a place across, the nearest where it is beside. */
function channelAt({ start, cell, channels }: FlowBox, across: number): number {
	return Math.min(channels - 1, Math.max(0, Math.floor((across - start) / cell)));
}
