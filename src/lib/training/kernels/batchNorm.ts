/** What the backward step needs of the forward one: the normalized values, and one over each channel's deviation. */
export interface NormCache {
	readonly normalized: Float64Array;
	readonly inverse: Float64Array;
}

export interface Moving {
	readonly mean: Float64Array;
	readonly variance: Float64Array;
}

/** Share of a batch's statistics that the moving ones take over at each step (PyTorch's `momentum`). */
const share = 0.1;

/**
 * Batch norm by the statistics of the batch, channel by channel; `moving` follows them, with the variance that is not biased, as in
 * PyTorch.
 * @param x `[places, channels]`, all places of all pictures
 */
export function normForward(
	x: Float64Array,
	gamma: Float64Array | null,
	beta: Float64Array | null,
	out: Float64Array,
	cache: NormCache,
	moving: Moving,
	epsilon: number
): void {
	const channels = cache.inverse.length;
	const places = x.length / channels;
	const { normalized, inverse } = cache;
	// Place by place, as the values lie: channel by channel would read all memory once for each.
	const means = new Float64Array(channels);
	for (let i = 0; i < x.length; i += channels) for (let c = 0; c < channels; c++) means[c]! += x[i + c]!;
	for (let c = 0; c < channels; c++) means[c]! /= places;
	const squares = new Float64Array(channels);
	for (let i = 0; i < x.length; i += channels) {
		for (let c = 0; c < channels; c++) {
			const off = x[i + c]! - means[c]!;
			normalized[i + c] = off;
			squares[c]! += off * off;
		}
	}
	const scales = new Float64Array(channels).fill(1);
	const shifts = new Float64Array(channels);
	if (gamma) scales.set(gamma);
	if (beta) shifts.set(beta);
	for (let c = 0; c < channels; c++) {
		inverse[c] = 1 / Math.sqrt(squares[c]! / places + epsilon);
		moving.mean[c]! += share * (means[c]! - moving.mean[c]!);
		moving.variance[c]! += share * (squares[c]! / Math.max(1, places - 1) - moving.variance[c]!);
	}
	for (let i = 0; i < x.length; i += channels) {
		for (let c = 0; c < channels; c++) {
			const value = normalized[i + c]! * inverse[c]!;
			normalized[i + c] = value;
			out[i + c] = scales[c]! * value + shifts[c]!;
		}
	}
}

/** Batch norm by the moving statistics, as a trained network runs. */
export function normInfer(
	x: Float64Array,
	gamma: Float64Array | null,
	beta: Float64Array | null,
	out: Float64Array,
	moving: Moving,
	epsilon: number
): void {
	const channels = moving.mean.length;
	for (let c = 0; c < channels; c++) {
		const scale = (gamma?.[c] ?? 1) / Math.sqrt(moving.variance[c]! + epsilon);
		const shift = (beta?.[c] ?? 0) - moving.mean[c]! * scale;
		for (let i = c; i < x.length; i += channels) out[i] = x[i]! * scale + shift;
	}
}

/** Adds to the gradients of scale, shift and input; the statistics depend on the input too. */
export function normBackward(
	gamma: Float64Array | null,
	gradOut: Float64Array,
	gradX: Float64Array,
	gradGamma: Float64Array | null,
	gradBeta: Float64Array | null,
	{ normalized, inverse }: NormCache
): void {
	const channels = inverse.length;
	const places = gradOut.length / channels;
	const sums = new Float64Array(channels);
	const alongs = new Float64Array(channels);
	for (let i = 0; i < gradOut.length; i += channels) {
		for (let c = 0; c < channels; c++) {
			const grad = gradOut[i + c]!;
			sums[c]! += grad;
			alongs[c]! += grad * normalized[i + c]!;
		}
	}
	const factors = new Float64Array(channels);
	for (let c = 0; c < channels; c++) {
		if (gradGamma) gradGamma[c]! += alongs[c]!;
		if (gradBeta) gradBeta[c]! += sums[c]!;
		factors[c] = (gamma ? gamma[c]! : 1) * inverse[c]!;
		sums[c]! /= places;
		alongs[c]! /= places;
	}
	for (let i = 0; i < gradOut.length; i += channels) {
		for (let c = 0; c < channels; c++) {
			gradX[i + c]! += factors[c]! * (gradOut[i + c]! - sums[c]! - normalized[i + c]! * alongs[c]!);
		}
	}
}
