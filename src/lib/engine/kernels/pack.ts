import { checkPair, type Pair, type Size } from '../../ops/check';

/** Output channels that a panel of packed weights holds: what two SIMD registers do. */
const lanes = 8;

/** Weights of a convolution in TensorFlow's layout. */
export interface ConvolutionWeights {
	/** `[kernelHeight, kernelWidth, inChannels / groups, outChannels]`, row-major. */
	readonly kernel: Float32Array;
	readonly kernelSize: Size;
	readonly inChannels: number;
	readonly outChannels: number;
	/** `[outChannels]`; zeros if left out. */
	readonly bias?: Float32Array;
	/** Default 1. */
	readonly groups?: number;
	/** Default 1. */
	readonly dilation?: Size;
	/**
	 * The index table: the convolution's i-th input channel is channel `channels[i]` of the tensor. So a channel
	 * shuffle before it costs nothing. Default: the tensor's own order.
	 */
	readonly channels?: ArrayLike<number>;
}

/** What a convolution job reads besides its input. */
export interface ConvolutionPack {
	/** `[group][panel][tap][8]`: a panel is 8 output channels of a group, the last one filled up with zeros. */
	readonly weights: Float32Array;
	/** `[group][panel][8]`. */
	readonly bias: Float32Array;
	/** `[group][run]` of a kernel row: offset in the input in bytes, and bytes of weights (32 a tap); the last may be empty. */
	readonly runs: Int32Array;
	/** Runs of a group. */
	readonly runCount: number;
	/** Input values that an output channel is computed from. */
	readonly taps: number;
}

/**
 * Packs weights for the convolution kernel. Within a group, input channels are taken in the tensor's order, whatever
 * the index table says, so that a shuffled group still is a few runs of neighbouring floats.
 * @throws RangeError naming what does not fit
 */
export function packConvolution(of: ConvolutionWeights): ConvolutionPack {
	const { kernel, bias, inChannels, outChannels, groups = 1 } = of;
	const [height, width] = checkPair('kernelSize', of.kernelSize);
	const [, dilation] = checkPair('dilation', of.dilation ?? 1);
	const channels = of.channels ?? Array.from({ length: inChannels }, (_, i) => i);
	if (inChannels % groups !== 0 || outChannels % groups !== 0)
		throw new RangeError(`groups: ${groups} does not divide ${inChannels} and ${outChannels} channels`);
	const groupIn = inChannels / groups;
	const groupOut = outChannels / groups;
	const taps = height * width * groupIn;
	check('kernel', kernel.length, taps * outChannels);
	check('bias', bias?.length ?? outChannels, outChannels);
	check('channels', channels.length, inChannels);

	const panels = Math.ceil(groupOut / lanes);
	const weights = new Float32Array(groups * panels * taps * lanes);
	const packedBias = new Float32Array(groups * panels * lanes);
	const runs: { offset: number; length: number }[][] = [];
	for (let group = 0; group < groups; group++) {
		const order = Array.from({ length: groupIn }, (_, k) => ({
			k,
			channel: channelAt(channels, group * groupIn + k, inChannels)
		})).sort((a, b) => a.channel - b.channel);
		runs.push(runsOf(order, width, inChannels * dilation));
		for (let out = 0; out < groupOut; out++) {
			const column = group * groupOut + out;
			const panel = group * panels + Math.floor(out / lanes);
			packedBias[panel * lanes + (out % lanes)] = bias?.[column] ?? 0;
			let to = panel * taps * lanes + (out % lanes);
			for (let tap = 0; tap < height * width; tap++)
				for (const { k } of order) {
					weights[to] = kernel[(tap * groupIn + k) * outChannels + column]!;
					to += lanes;
				}
		}
	}

	const runCount = Math.max(...runs.map((of) => of.length));
	const packedRuns = new Int32Array(groups * runCount * 2);
	runs.forEach((ofGroup, group) =>
		ofGroup.forEach(({ offset, length }, i) =>
			packedRuns.set([offset * 4, length * lanes * 4], (group * runCount + i) * 2)
		)
	);
	return { weights, bias: packedBias, runs: packedRuns, runCount, taps };
}

/** What a convolution by Winograd's method reads besides its input. */
export interface WinogradPack {
	/** `[panel][point][channel][8]`, transformed: 36 points, and channels as the kernel takes them. */
	readonly weights: Float32Array;
	/** `[panel][8]`. */
	readonly bias: Float32Array;
}

/** Sides of a tile's input: where its polynomials are evaluated, infinity being the last. `assembly/winograd.ts` has the same. */
const points = [0, Math.SQRT1_2, -Math.SQRT1_2, Math.SQRT2, -Math.SQRT2];
const side = points.length + 1;

/** The strides at which kernels are computed by Winograd's method: 3×3 at 1, 7×7 at 2; null for all others. */
export function winogradStride([height, width]: Pair): Pair | null {
	if (height !== width) return null;
	return height === 3 ? [1, 1] : height === 7 ? [2, 2] : null;
}

/**
 * Transforms weights for the kernel of Winograd's method, in double precision. They take four times the memory (of a 7×7
 * kernel three times).
 * @throws RangeError naming what does not fit
 */
export function packWinograd(of: ConvolutionWeights): WinogradPack {
	const { kernel, bias, inChannels, outChannels, groups = 1, channels } = of;
	const kernelSize = checkPair('kernelSize', of.kernelSize);
	const [height, width] = kernelSize;
	const dilation = checkPair('dilation', of.dilation ?? 1);
	const stride = winogradStride(kernelSize);
	if (!stride) throw new RangeError(`kernelSize: ${kernelSize}, expected 3,3 or 7,7 for Winograd's method`);
	if (groups !== 1 || dilation[0] !== 1 || dilation[1] !== 1)
		throw new RangeError(
			`groups and dilation: ${groups} and ${dilation}, expected 1 and 1,1 for Winograd's method`
		);
	check('kernel', kernel.length, height * width * inChannels * outChannels);
	check('bias', bias?.length ?? outChannels, outChannels);
	check('channels', channels?.length ?? inChannels, inChannels);

	const step = stride[0];
	const taps = Math.ceil(height / step);
	const transform = transformOf(taps);
	// Pixels of four channels each, or 2×2 of them as one.
	const packedChannels = step === 1 ? Math.ceil(inChannels / 4) * 4 : 4 * inChannels;
	const panels = Math.ceil(outChannels / lanes);
	const weights = new Float32Array(panels * side * side * packedChannels * lanes);
	const packedBias = new Float32Array(panels * lanes);
	if (bias) packedBias.set(bias);

	const rows = new Float64Array(side * taps);
	for (let column = 0; column < outChannels; column++) {
		const panel = Math.floor(column / lanes) * side * side * packedChannels * lanes + (column % lanes);
		for (let c = 0; c < step * step * inChannels; c++) {
			const k = c % inChannels;
			const [top, left] = [Math.floor(c / inChannels / step), Math.floor(c / inChannels) % step];
			rows.fill(0);
			for (let y = top; y < height; y += step)
				for (let x = left; x < width; x += step) {
					const weight = kernel[((y * width + x) * inChannels + k) * outChannels + column]!;
					const [i, j] = [Math.floor(y / step), Math.floor(x / step)];
					for (let u = 0; u < side; u++) rows[u * taps + j]! += transform[u * taps + i]! * weight;
				}
			const channel = c - k + (channels ? channelAt(channels, k, inChannels) : k);
			let to = panel + channel * lanes;
			for (let u = 0; u < side; u++)
				for (let v = 0; v < side; v++) {
					let sum = 0;
					for (let j = 0; j < taps; j++) sum += rows[u * taps + j]! * transform[v * taps + j]!;
					weights[to]! += sum;
					to += packedChannels * lanes;
				}
		}
	}
	return { weights, bias: packedBias };
}

/** `[side][taps]`: a polynomial of so many coefficients at each point, over what Lagrange's interpolation divides by there. */
function transformOf(taps: number): Float64Array {
	const transform = new Float64Array(side * taps);
	for (const [i, point] of points.entries()) {
		const divisor = points.reduce((product, other) => product * (other === point ? 1 : point - other), 1);
		for (let j = 0; j < taps; j++) transform[i * taps + j] = point ** j / divisor;
	}
	transform[side * taps - 1] = 1;
	return transform;
}

/** Runs of neighbouring floats in one kernel row, in floats. */
function runsOf(order: readonly { channel: number }[], width: number, step: number) {
	const runs: { offset: number; length: number }[] = [];
	for (let x = 0; x < width; x++)
		for (const { channel } of order) {
			const offset = x * step + channel;
			const last = runs.at(-1);
			if (last && last.offset + last.length === offset) last.length++;
			else runs.push({ offset, length: 1 });
		}
	return runs;
}

function channelAt(channels: ArrayLike<number>, i: number, inChannels: number): number {
	const channel = channels[i]!;
	if (!Number.isInteger(channel) || channel < 0 || channel >= inChannels)
		throw new RangeError(`channels[${i}]: ${channel} is not a channel (0 … ${inChannels - 1})`);
	return channel;
}

export function check(name: string, length: number, expected: number): void {
	if (length !== expected) throw new RangeError(`${name}: ${length} values, expected ${expected}`);
}
