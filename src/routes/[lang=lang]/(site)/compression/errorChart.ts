import { line } from 'd3-shape';
import { scatterScale, scatterTicks } from '$lib/viz/plot/scale';

const margin = { top: 26, right: 14, bottom: 48, left: 56 };
const height = 216;
/** Pixels of a character of a tick, and between two ticks. */
const [character, gap] = [7.5, 12];

/**
 * Coordinates of errors of layers, in their order.
 * @param names of the layers, parts with slashes between: ticks stand where the first part is another, as far as there is room
 * @param width of the chart in pixels
 */
export function layoutErrors(errors: readonly number[], names: readonly string[], width: number) {
	const plot = {
		left: margin.left,
		right: Math.max(width - margin.right, margin.left + 1),
		top: margin.top,
		bottom: height - margin.bottom
	};
	const top = Math.max(...errors, 1e-3);
	const x = scatterScale('linear', [0, Math.max(1, errors.length - 1)], [plot.left, plot.right]);
	const ticks = ticksUpTo(top, plot.bottom - plot.top);
	/** The uppermost tick, which no error is above. */
	const most = ticks.at(-1)!;
	const y = scatterScale('linear', [0, most], [plot.bottom, plot.top]);
	const path = line<number>(
		(_, i) => x(i),
		(error) => y(error)
	);
	return {
		...{ width: Math.max(width, 1), height, plot, x, y, path: path(errors) ?? '' },
		layers: layerTicks(names, x, plot),
		ticks,
		/** Of a tick in percent, after its point: large ones have none, and room before the axis. */
		digits: most < 0.1 ? (1 as const) : (0 as const)
	};
}

/** Evenly from 0 to the first that nothing is above. @param length of the axis in pixels */
function ticksUpTo(most: number, length: number): readonly number[] {
	const ticks = scatterTicks('linear', [0, most], length, 40);
	const last = ticks.at(-1)!;
	return last >= most ? ticks : [...ticks, last + ticks[1]!];
}

interface LayerTick {
	readonly at: number;
	readonly name: string;
	readonly anchor: 'start' | 'middle' | 'end';
}

/** From left to right, those that fit: the last layer's first of all, as the end of the axis. */
function layerTicks(
	names: readonly string[],
	x: (at: number) => number,
	{ left, right }: { readonly left: number; readonly right: number }
): readonly LayerTick[] {
	const firsts = names.map((name) => name.split('/')[0]!);
	const last = firsts.length - 1;
	if (last < 0) return [];
	const widthOf = (name: string) => character * name.length;
	const end: LayerTick = { at: last, name: firsts[last]!, anchor: last === 0 ? 'start' : 'end' };
	const room = right - widthOf(end.name) - gap;
	const ticks: LayerTick[] = [];
	let free = left;
	firsts.forEach((name, at) => {
		if (at === last || firsts[at - 1] === name) return;
		const start = at === 0 ? left : x(at) - widthOf(name) / 2;
		if (start < free || start + widthOf(name) > room) return;
		ticks.push({ at, name, anchor: at === 0 ? 'start' : 'middle' });
		free = start + widthOf(name) + gap;
	});
	return [...ticks, end];
}
