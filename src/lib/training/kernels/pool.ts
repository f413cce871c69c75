import { divisorOf, type AvgPoolGeometry, type PoolGeometry } from '../../ops';

/** Calls `visit` with the first channel's place in the output and of a tap in the input; padding is left out. */
function overTaps(
	count: number,
	{ inputs, outputSize, kernelSize, stride, dilation, padding }: PoolGeometry,
	visit: (to: number, from: number, oy: number, ox: number) => void
): void {
	const [height, width, channels] = inputs[0];
	const [rows, columns] = outputSize;
	for (let n = 0; n < count; n++) {
		for (let oy = 0; oy < rows; oy++) {
			for (let ox = 0; ox < columns; ox++) {
				const to = ((n * rows + oy) * columns + ox) * channels;
				for (let ky = 0; ky < kernelSize[0]; ky++) {
					const y = oy * stride[0] - padding.top + ky * dilation[0];
					if (y < 0 || y >= height) continue;
					for (let kx = 0; kx < kernelSize[1]; kx++) {
						const x = ox * stride[1] - padding.left + kx * dilation[1];
						if (x >= 0 && x < width) visit(to, ((n * height + y) * width + x) * channels, oy, ox);
					}
				}
			}
		}
	}
}

/**
 * The largest value under each window.
 * @param chosen gets where it was found, for the way back; the first of several that are as large
 */
export function maxForward(
	x: Float64Array,
	out: Float64Array,
	chosen: Int32Array,
	count: number,
	g: PoolGeometry
): void {
	const channels = g.inputs[0][2];
	out.fill(-Infinity);
	overTaps(count, g, (to, from) => {
		for (let c = 0; c < channels; c++) {
			if (x[from + c]! <= out[to + c]!) continue;
			out[to + c] = x[from + c]!;
			chosen[to + c] = from + c;
		}
	});
}

export function maxBackward(gradOut: Float64Array, gradX: Float64Array, chosen: Int32Array): void {
	for (let i = 0; i < gradOut.length; i++) gradX[chosen[i]!]! += gradOut[i]!;
}

/** The mean under each window; forward where `isBack` is false, else the way of the gradient. */
export function average(
	wide: Float64Array,
	narrow: Float64Array,
	count: number,
	g: AvgPoolGeometry,
	isBack: boolean
): void {
	const channels = g.inputs[0][2];
	if (!isBack) narrow.fill(0);
	overTaps(count, g, (to, from, y, x) => {
		const share = 1 / divisorOf(g, { y, x });
		for (let c = 0; c < channels; c++) {
			if (isBack) wide[from + c]! += narrow[to + c]! * share;
			else narrow[to + c]! += wide[from + c]! * share;
		}
	});
}
