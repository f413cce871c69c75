import { line } from 'd3-shape';
import { scatterScale, scatterTicks } from '$lib/viz/plot/scale';

/** A line of the chart: of one network, what is left of its accuracy at each number of bits. */
export interface BitsLine {
	readonly id: string;
	/** From the fewest bits on. */
	readonly points: readonly { readonly bits: number; readonly accuracy: number }[];
}

/** Where the chart's name of each axis, ticks and plot stand. */
const margin = { top: 26, right: 14, bottom: 44, left: 46 };
const height = 300;

/** Coordinates of accuracies over bits, which grow to the right; ten classes, so that guessing is right one time in ten. */
export function layoutBits(lines: readonly BitsLine[], width: number) {
	const plot = {
		left: margin.left,
		right: Math.max(width - margin.right, margin.left + 60),
		top: margin.top,
		bottom: height - margin.bottom
	};
	const bits = lines.flatMap(({ points }) => points.map((point) => point.bits));
	const x = scatterScale('linear', [Math.min(...bits), Math.max(...bits)], [plot.left + 12, plot.right - 12]);
	const y = scatterScale('linear', [0, 1], [plot.bottom, plot.top]);
	const path = line<BitsLine['points'][number]>(
		(point) => x(point.bits),
		(point) => y(point.accuracy)
	);
	return {
		...{ width: Math.max(width, 1), height, plot, x, y },
		xTicks: [...new Set(bits)].sort((a, b) => a - b),
		yTicks: scatterTicks('linear', [0, 1], plot.bottom - plot.top, 44),
		paths: lines.map(({ id, points }) => ({ id, d: path([...points]) ?? '' }))
	};
}

/** Where a line rises though bits become fewer. */
export interface Rise {
	readonly id: string;
	readonly from: { readonly bits: number; readonly accuracy: number };
	readonly to: { readonly bits: number; readonly accuracy: number };
}

/** The largest from one number of bits to the next smaller one; `null` where no line rises. */
export function largestRise(lines: readonly BitsLine[]): Rise | null {
	const rises = lines.flatMap(({ id, points }) =>
		points.slice(1).map((from, i): Rise => ({ id, from, to: points[i]! }))
	);
	const by = ({ from, to }: Rise) => to.accuracy - from.accuracy;
	const [first] = rises.filter((rise) => by(rise) > 0).sort((a, b) => by(b) - by(a));
	return first ?? null;
}
