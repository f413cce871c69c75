import { line } from 'd3-shape';
import { scatterScale, scatterTicks } from '$lib/viz/plot/scale';

const margin = { top: 26, right: 14, bottom: 32, left: 52 };
const height = 200;

/** Coordinates of errors of layers, in their order. @param width of the chart in pixels */
export function layoutErrors(errors: readonly number[], width: number) {
	const plot = {
		left: margin.left,
		right: Math.max(width - margin.right, margin.left + 1),
		top: margin.top,
		bottom: height - margin.bottom
	};
	const most = Math.max(...errors, 1e-3);
	const x = scatterScale('linear', [0, Math.max(1, errors.length - 1)], [plot.left, plot.right]);
	const y = scatterScale('linear', [0, most], [plot.bottom, plot.top]);
	const path = line<number>(
		(_, i) => x(i),
		(error) => y(error)
	);
	return {
		...{ width: Math.max(width, 1), height, plot, x, y, path: path(errors) ?? '' },
		ticks: scatterTicks('linear', [0, most], plot.bottom - plot.top, 40)
	};
}
