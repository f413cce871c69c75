import { range } from 'd3-array';
import { line } from 'd3-shape';
import { scatterScale, scatterTicks, type Scale } from '../../../plot/scale';

/** The chart of a saving over the number of output channels, in pixels. */
export interface RatioCurve {
	readonly width: number;
	readonly height: number;
	readonly plot: {
		readonly left: number;
		readonly right: number;
		readonly top: number;
		readonly bottom: number;
	};
	readonly x: Scale;
	readonly y: Scale;
	readonly xTicks: readonly number[];
	readonly yTicks: readonly number[];
	/** The saving from the fewest channels to the most. Always of as many points, so that one curve can become another. */
	readonly path: string;
}

const points = 96;
const height = 320;

/**
 * Lays the curve out.
 * @param saving of a number of channels
 * @param most the saving that is never reached
 */
export function layoutRatio(
	width: number,
	channels: readonly [min: number, max: number],
	saving: (channels: number) => number,
	most: number
): RatioCurve {
	const plot = { left: 40, right: width - 18, top: 34, bottom: height - 44 };
	const x = scatterScale('log', channels, [plot.left, plot.right]);
	const top = most * 1.14;
	const y = scatterScale('linear', [0, top], [plot.bottom, plot.top]);
	const even = scatterScale('log', channels, [0, points - 1]);
	const path = line<number>(x, (at) => y(saving(at))).digits(1)(range(points).map(even.invert))!;
	return {
		width,
		height,
		plot,
		x,
		y,
		xTicks: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024].filter((_, i) => width >= 520 || i % 2 === 0),
		yTicks: scatterTicks('linear', [0, top], plot.bottom - plot.top, 40),
		path
	};
}
