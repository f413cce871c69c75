import { placeLabels, textWidth, type PlacedLabel } from '../../../plot/labels';
import { scatterScale, scatterTicks, type Extent } from '../../../plot/scale';

/** What something costs and what it reaches, with a range where it was tried several times. */
export interface ComparisonPoint {
	readonly id: string;
	readonly label: string;
	readonly x: number;
	/** Where half of the measurements of `x` lie; it is counted where this is missing. */
	readonly range?: readonly [from: number, to: number] | undefined;
	readonly mean: number;
	readonly low: number;
	readonly high: number;
}

/** A point on the chart, in px. */
export interface PlacedPoint {
	readonly id: string;
	readonly x: number;
	readonly range: readonly [from: number, to: number] | null;
	readonly mean: number;
	readonly low: number;
	readonly high: number;
}

export interface ComparisonLayout {
	readonly width: number;
	readonly height: number;
	readonly plot: {
		readonly left: number;
		readonly right: number;
		readonly top: number;
		readonly bottom: number;
	};
	readonly points: readonly PlacedPoint[];
	readonly labels: readonly (PlacedLabel & { readonly text: string })[];
	readonly xTicks: readonly { readonly value: number; readonly x: number }[];
	readonly yTicks: readonly { readonly value: number; readonly y: number }[];
}

export const fontSize = 13;
/** With its outline, and a little room. */
const radius = 9;
const height = 400;

/** Lays out shares of 1 over a logarithmic cost, every point with its name. */
export function layoutComparison(width: number, given: readonly ComparisonPoint[]): ComparisonLayout {
	const plot = { left: 44, right: width - 12, top: 34, bottom: height - 48 };
	const costs = given.flatMap(({ x, range }) => [x, ...(range ?? [])]);
	const cost: Extent = [Math.min(...costs) / 1.25, Math.max(...costs) * 1.25];
	const x = scatterScale('log', cost, [plot.left, plot.right]);
	// By whole steps of five points, so that a point hardly ever lies on the frame.
	const step = 0.05;
	const reached: Extent = [
		(Math.ceil(Math.min(...given.map(({ low }) => low)) / step) - 1) * step,
		(Math.floor(Math.max(...given.map(({ high }) => high)) / step) + 1) * step
	];
	const y = scatterScale('linear', reached, [plot.bottom, plot.top]);
	const points = given.map((point) => ({
		id: point.id,
		x: x(point.x),
		range: point.range ? ([x(point.range[0]), x(point.range[1])] as const) : null,
		mean: y(point.mean),
		low: y(point.low),
		high: y(point.high)
	}));
	const texts = new Map(given.map(({ id, label }) => [id, label]));
	const labels = placeLabels(
		points.map(({ id, x: at, mean }) => ({
			...{ id, x: at, y: mean, r: radius, rank: 0, height: fontSize * 1.2 },
			width: textWidth(texts.get(id)!, fontSize)
		})),
		points.flatMap(({ x: at, range, mean, low, high }) => [
			{ x: at, y: mean, r: radius },
			...[low, high].map((y) => ({ x: at, y, r: 2 })),
			// Names keep off the bar along the axis too.
			...(range ? beads(...range).map((x) => ({ x, y: mean, r: 2 })) : [])
		]),
		{ x: plot.left, y: plot.top, width: plot.right - plot.left, height: plot.bottom - plot.top }
	).map((label) => ({ ...label, text: texts.get(label.id)! }));
	return {
		...{ width, height, plot, points, labels },
		xTicks: scatterTicks('log', cost, plot.right - plot.left, 56).map((value) => ({ value, x: x(value) })),
		yTicks: scatterTicks('linear', reached, plot.bottom - plot.top, 44).map((value) => ({
			value,
			y: y(value)
		}))
	};
}

/** Places along a line, close enough that nothing fits between them. */
function beads(from: number, to: number): number[] {
	const count = Math.ceil((to - from) / 8);
	return Array.from({ length: count + 1 }, (_, i) => from + ((to - from) * i) / Math.max(1, count));
}
