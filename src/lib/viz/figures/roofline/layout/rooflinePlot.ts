import { scatterScale, scatterTicks, type Extent } from '../../../plot/scale';
import { roofAt, type Device, type RoofLayer } from '../roof';

const margin = { top: 30, right: 22, bottom: 44, left: 54 };
/** Pixels between labels of an axis at least. */
const gaps = { x: 46, y: 28 };

/** Whole powers of ten around values, so that the axes stay where they are while the roof moves. */
function decades(values: readonly number[]): Extent {
	return [
		10 ** Math.floor(Math.log10(Math.min(...values))),
		10 ** Math.ceil(Math.log10(Math.max(...values)) + 1e-9)
	];
}

/** Where the roof and the layers stand: FLOPs for each byte to the right, FLOPs in a second upwards, both logarithmic. */
export function layoutRoofline(width: number, height: number, layers: readonly RoofLayer[], device: Device) {
	const plot = {
		left: margin.left,
		right: width - margin.right,
		top: margin.top,
		bottom: height - margin.bottom
	};
	const xs = decades([0.1, 100, ...layers.map(({ intensity }) => intensity)]);
	const ys = decades([device.peak, device.peak / 50, ...layers.map(({ measured }) => measured)]);
	const x = scatterScale('log', xs, [plot.left, plot.right]);
	const y = scatterScale('log', ys, [plot.bottom, plot.top]);
	/** The slope begins where it comes into the figure. */
	const start = Math.max(xs[0], (ys[0] * device.balance) / device.peak);
	const corner = { x: x(device.balance), y: y(device.peak) };
	return {
		...{ width, height, plot, corner },
		roof: `M${x(start)} ${y(roofAt(start, device))}L${corner.x} ${corner.y}H${plot.right}`,
		xTicks: scatterTicks('log', xs, plot.right - plot.left, gaps.x).map((value) => ({ value, x: x(value) })),
		yTicks: scatterTicks('log', ys, plot.bottom - plot.top, gaps.y).map((value) => ({ value, y: y(value) })),
		points: layers.map(({ intensity, measured, roof }) => ({
			x: x(intensity),
			y: y(measured),
			// Far down a steep slope the roof leaves the figure.
			roof: Math.min(plot.bottom, y(roof))
		}))
	};
}
