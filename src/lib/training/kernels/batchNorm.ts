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
	for (let c = 0; c < channels; c++) {
		let sum = 0;
		for (let i = c; i < x.length; i += channels) sum += x[i]!;
		const mean = sum / places;
		let squares = 0;
		for (let i = c; i < x.length; i += channels) squares += (x[i]! - mean) ** 2;
		const variance = squares / places;
		const inverse = 1 / Math.sqrt(variance + epsilon);
		cache.inverse[c] = inverse;
		const [scale, shift] = [gamma?.[c] ?? 1, beta?.[c] ?? 0];
		for (let i = c; i < x.length; i += channels) {
			const value = (x[i]! - mean) * inverse;
			cache.normalized[i] = value;
			out[i] = scale * value + shift;
		}
		moving.mean[c]! += share * (mean - moving.mean[c]!);
		moving.variance[c]! += share * (squares / Math.max(1, places - 1) - moving.variance[c]!);
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
	for (let c = 0; c < channels; c++) {
		let sum = 0;
		let along = 0;
		for (let i = c; i < gradOut.length; i += channels) {
			sum += gradOut[i]!;
			along += gradOut[i]! * normalized[i]!;
		}
		if (gradGamma) gradGamma[c]! += along;
		if (gradBeta) gradBeta[c]! += sum;
		const factor = (gamma?.[c] ?? 1) * inverse[c]!;
		for (let i = c; i < gradOut.length; i += channels) {
			gradX[i]! += factor * (gradOut[i]! - sum / places - (normalized[i]! * along) / places);
		}
	}
}
