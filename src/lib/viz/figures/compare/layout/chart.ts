import { line } from 'd3-shape';
import { markRadius, type MarkShape } from './symbols';
import { placeLabels, textWidth, type Box, type Disc, type PlacedLabel } from '../../../plot/labels';
import { scatterScale, scatterTicks, type Scale, type ScaleKind } from '../../../plot/scale';
import type { View } from './view';

/** A network as the chart draws it: values of the two axes, area of its mark in px², its label. */
export interface ChartPoint {
	readonly id: string;
	readonly x: number;
	readonly y: number;
	readonly area: number;
	readonly shape: MarkShape;
	/** Nothing for none. */
	readonly label: string;
	readonly rank: number;
}

export interface ChartMark extends Disc {
	readonly id: string;
	readonly area: number;
}

export interface ChartTick {
	readonly value: number;
	readonly at: number;
}

/** What is drawn but for what moves with the sliders, in pixels of the figure. */
export interface Chart {
	/** The inner rectangle, between the axes. */
	readonly plot: Box;
	readonly x: Scale;
	readonly y: Scale;
	readonly xTicks: readonly ChartTick[];
	readonly yTicks: readonly ChartTick[];
	/** Marks in view, the large ones first, so that small ones lie on them. */
	readonly marks: readonly ChartMark[];
	readonly labels: readonly (PlacedLabel & { readonly text: string; readonly rank: number })[];
	readonly fontSize: number;
}

interface Options {
	readonly width: number;
	readonly height: number;
	readonly view: View;
	readonly kinds: { readonly x: ScaleKind; readonly y: ScaleKind };
	/** What values of the axes are multiplied by where they are written: 2 for FLOPs. */
	readonly factors: { readonly x: number; readonly y: number };
	readonly points: readonly ChartPoint[];
}

/** Below this width, type and marks are smaller. */
export const narrow = 520;

/** Lays a scatter chart out. */
export function layoutCompareChart({ width, height, view, kinds, factors, points }: Options): Chart {
	const isNarrow = width < narrow;
	const fontSize = isNarrow ? 11 : 12;
	const left = isNarrow ? 46 : 60;
	const plot: Box = {
		x: left,
		y: 28,
		width: Math.max(1, width - left - 14),
		height: Math.max(1, height - 74)
	};
	const x = scatterScale(kinds.x, view.x, [plot.x, plot.x + plot.width]);
	const y = scatterScale(kinds.y, view.y, [plot.y + plot.height, plot.y]);
	const ticks = (axis: 'x' | 'y', length: number, gap: number, scale: Scale): ChartTick[] => {
		const [from, to] = view[axis];
		const factor = factors[axis];
		return scatterTicks(kinds[axis], [from * factor, to * factor], length, gap).map((value) => ({
			value,
			at: scale(value / factor)
		}));
	};
	const marks = points
		.map(({ id, area, shape, ...point }) => {
			const shrunk = isNarrow ? area * 0.6 : area;
			return { id, area: shrunk, x: x(point.x), y: y(point.y), r: markRadius(shape, shrunk) + 1 };
		})
		.filter((mark) => isInside(mark, plot))
		.sort((a, b) => b.area - a.area || (a.id < b.id ? -1 : 1));
	const byId = new Map(points.map((point) => [point.id, point]));
	const wishes = marks.flatMap((mark) => {
		const { label = '', rank = 0 } = byId.get(mark.id) ?? {};
		if (label === '') return [];
		// The first labels are bold.
		const boldness = rank === 0 ? 1.06 : 1;
		return { ...mark, rank, width: textWidth(label, fontSize) * boldness, height: fontSize * 1.2 };
	});
	const labels = placeLabels(wishes, marks, plot).map((label) => ({
		...label,
		text: byId.get(label.id)?.label ?? '',
		rank: byId.get(label.id)?.rank ?? 0
	}));
	return {
		plot,
		x,
		y,
		xTicks: ticks('x', plot.width, isNarrow ? 52 : 64, x),
		yTicks: ticks('y', plot.height, 40, y),
		marks,
		labels,
		fontSize
	};
}

/** Whether a mark's centre is in the box. */
export function isInside({ x, y }: { readonly x: number; readonly y: number }, box: Box): boolean {
	return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

/** The nearest place in the box. */
export function pulledInside({ x, y }: { readonly x: number; readonly y: number }, box: Box) {
	return {
		x: Math.min(box.x + box.width, Math.max(box.x, x)),
		y: Math.min(box.y + box.height, Math.max(box.y, y))
	};
}

/** Smallest and largest area of a mark in px². */
const areas = { min: 40, max: 900 } as const;

/** Area for an accuracy in percent: equal steps for equal differences, from 40% up. */
export function accuracyArea(top1: number | null): number {
	if (top1 === null) return areas.min;
	return areas.min + (Math.max(0, top1 - 40) / 40) * 260;
}

/** Area for a number that spans decades, in proportion to it, with `most` at the largest; small ones stay visible. */
export function amountArea(amount: number, most: number): number {
	return Math.max(areas.min, (amount / most) * areas.max);
}

/** A line through places; `null` starts anew. */
export function linePath(places: readonly ({ readonly x: number; readonly y: number } | null)[]): string {
	const through = line<(typeof places)[number]>(
		(place) => place!.x,
		(place) => place!.y
	);
	return through.defined(Boolean).digits(1)(places) ?? '';
}

/** Limits of an axis for these values: some room around them. */
export function roomAround(kind: ScaleKind, values: readonly number[]): readonly [number, number] {
	const [least, most] = [Math.min(...values), Math.max(...values)];
	if (kind === 'log') return [least / 1.35, most * 1.35];
	const room = (most - least) * 0.05;
	return [least - room, most + room];
}
