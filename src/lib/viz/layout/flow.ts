import type { FlowPlan, FlowRange, FlowSegment } from './flowPlan';
import type { FlowClasses, FlowSeen } from './flowSeen';
import { markedRuns, readsOf, type FlowChannel, type FlowMask } from './flowTrace';

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

/** The channel of a segment at a place across, the nearest where it is beside. */
function channelAt({ start, cell, channels }: FlowBox, across: number): number {
	return Math.min(channels - 1, Math.max(0, Math.floor((across - start) / cell)));
}

/** Shapes of one colour: a class of the source, or `null` for a mixture. */
export interface FlowShape {
	readonly group: number | null;
	/** 0 to 1: how much of the class has been seen. */
	readonly strength: number;
	readonly path: string;
}

/** Steps in which the share that has been seen is shown. */
const STRENGTHS = 5;

/**
 * The cells of a segment: across its thickness a bar for each class, as strong as the share of the class that the channel
 * has seen. Channels in one cell are shown by their mean. A channel of the source itself is its class all over.
 */
export function layoutCells(
	{ metrics, boxes }: FlowLayout,
	seen: FlowSeen,
	classes: FlowClasses,
	segment: number,
	marks?: Uint8Array
): FlowShape[] {
	const box = boxes[segment]!;
	const paths = new Map<string, { group: number; strength: number; parts: string[] }>();
	const isSource = seen.isSource(segment);
	const bar = box.thickness / (isSource ? 1 : classes.count);
	const gap = box.cell * box.bin >= 4 ? 1 : 0;
	for (let group = 0; group < classes.count; group++) {
		const near = box.along + (isSource ? 0 : group * bar);
		let run: { first: number; last: number; strength: number } | null = null;
		const flush = () => {
			if (!run || run.strength === 0) return;
			const { first, last, strength } = run;
			const key = `${group} ${strength}`;
			const entry = paths.get(key) ?? { group, strength: strength / STRENGTHS, parts: [] };
			const from = box.start + first * box.cell;
			const to = box.start + last * box.cell - gap;
			entry.parts.push(rectPath(metrics, near, from, near + bar, to));
			paths.set(key, entry);
		};
		for (let first = 0; first < box.channels; first += box.bin) {
			const last = Math.min(box.channels, first + box.bin);
			const strength = strengthOf(seen, classes, segment, group, { first, last }, marks);
			if (run && gap === 0 && run.strength === strength && run.last === first) run.last = last;
			else {
				flush();
				run = { first, last, strength };
			}
		}
		flush();
	}
	return [...paths.values()].map(({ group, strength, parts }) => ({ group, strength, path: parts.join('') }));
}

function strengthOf(
	seen: FlowSeen,
	classes: FlowClasses,
	segment: number,
	group: number,
	{ first, last }: { readonly first: number; readonly last: number },
	marks: Uint8Array | undefined
): number {
	let sum = 0;
	for (let channel = first; channel < last; channel++) {
		if (!marks || marks[channel] === 1) sum += seen.byClass(segment, channel)[group]!;
	}
	const share = sum / ((last - first) * (seen.isSource(segment) ? 1 : classes.sizes[group]!));
	return share === 0 ? 0 : Math.max(1, Math.round(share * STRENGTHS));
}

/** Empty cells of a segment, as one path. */
export function layoutGhost({ metrics, boxes }: FlowLayout, segment: number): string {
	const { along, thickness, start, cell, channels, bin } = boxes[segment]!;
	if (cell * bin < 4) return rectPath(metrics, along, start, along + thickness, start + cell * channels);
	return Array.from({ length: Math.ceil(channels / bin) }, (_, i) => {
		const last = Math.min(channels, (i + 1) * bin);
		return rectPath(metrics, along, start + i * bin * cell, along + thickness, start + last * cell - 1);
	}).join('');
}

/** Most single lines that are drawn into a segment; beyond, those that keep together become a band. */
const MAX_LINES = 128;
const LINE = 1.3;

/** Links into a segment: bands from what a bundle reads to the bundle, in the colour of what flows through. */
export function layoutLinks(
	layout: FlowLayout,
	plan: FlowPlan,
	seen: FlowSeen,
	segment: number,
	mask?: FlowMask
): FlowShape[] {
	const ties = tiesInto(plan, segment, mask);
	const lines = ties.reduce((sum, { from, to, parallel }) => sum + from.count * (parallel ? 1 : to.count), 0);
	const split = lines <= MAX_LINES ? eachPair : (tie: Tie) => inOneColour(tie, seen);
	const paths = new Map<number | null, string[]>();
	for (const { from, to } of ties.flatMap(split)) {
		const group = seen.onlyClass(from);
		const parts = paths.get(group) ?? [];
		parts.push(bandPath(layout, from, to));
		paths.set(group, parts);
	}
	return [...paths].map(([group, parts]) => ({ group, strength: 1, path: parts.join('') }));
}

/** Channels that read channels: all of them all, or, where parallel, the first the first and so on. */
interface Tie {
	readonly from: FlowRange;
	readonly to: FlowRange;
	readonly parallel: boolean;
}

/** What a segment reads; with a mask only what is marked at both ends. */
function tiesInto({ segments }: FlowPlan, segment: number, mask?: FlowMask): Tie[] {
	return segments[segment]!.bundles.flatMap((bundle) =>
		markedRuns(mask?.[segment], bundle).flatMap((run) =>
			readsOf(bundle, run).flatMap((read) =>
				markedRuns(mask?.[read.segment], read).map((from) => ({
					from: { segment: read.segment, ...from },
					to: bundle.parallel
						? { segment, start: run.start + from.start - read.start, count: from.count }
						: { segment, ...run },
					parallel: bundle.parallel
				}))
			)
		)
	);
}

function eachPair({ from, to, parallel }: Tie): Tie[] {
	const single = (i: number, k: number): Tie => ({
		from: { segment: from.segment, start: from.start + i, count: 1 },
		to: { segment: to.segment, start: to.start + k, count: 1 },
		parallel
	});
	if (parallel) return Array.from({ length: from.count }, (_, i) => single(i, i));
	return Array.from({ length: from.count * to.count }, (_, i) =>
		single(i % from.count, Math.floor(i / from.count))
	);
}

/** Parts of a parallel tie that carry one class each; others stay whole. */
function inOneColour(tie: Tie, seen: FlowSeen): Tie[] {
	if (!tie.parallel) return [tie];
	const { from, to } = tie;
	const groupAt = (i: number) => seen.onlyClass({ segment: from.segment, start: from.start + i, count: 1 });
	const parts: Tie[] = [];
	for (let first = 0, i = 1; first < from.count; i++) {
		if (i < from.count && groupAt(i) === groupAt(first)) continue;
		const count = i - first;
		parts.push({
			from: { segment: from.segment, start: from.start + first, count },
			to: { segment: to.segment, start: to.start + first, count },
			parallel: true
		});
		first = i;
	}
	return parts;
}

function bandPath({ metrics, boxes }: FlowLayout, from: FlowRange, to: FlowRange): string {
	const a = boxes[from.segment]!;
	const b = boxes[to.segment]!;
	const near = a.along + a.thickness;
	const far = b.along;
	const middle = (near + far) / 2;
	const [a0, a1] = edgesOf(a, from);
	const [b0, b1] = edgesOf(b, to);
	const at = (along: number, across: number) => pointText(metrics, along, across);
	return `M${at(near, a0)}C${at(middle, a0)} ${at(middle, b0)} ${at(far, b0)}L${at(far, b1)}C${at(middle, b1)} ${at(middle, a1)} ${at(near, a1)}Z`;
}

/** Edges of a run across the flow; a single channel gives a line in its middle. */
function edgesOf({ start, cell }: FlowBox, run: FlowRange): readonly [number, number] {
	const from = start + run.start * cell;
	if (run.count > 1) return [from, from + run.count * cell];
	const middle = from + cell / 2;
	const half = Math.min(LINE, 0.7 * cell) / 2;
	return [middle - half, middle + half];
}

function rectPath(
	metrics: FlowMetrics,
	along0: number,
	across0: number,
	along1: number,
	across1: number
): string {
	const at = (along: number, across: number) => pointText(metrics, along, across);
	return `M${at(along0, across0)}L${at(along1, across0)}L${at(along1, across1)}L${at(along0, across1)}Z`;
}

function pointText({ horizontal }: FlowMetrics, along: number, across: number): string {
	return horizontal ? `${round(along)},${round(across)}` : `${round(across)},${round(along)}`;
}

function round(px: number): number {
	return Math.round(px * 100) / 100;
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
