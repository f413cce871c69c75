import { checkPair, type Size } from '../../ops/check';

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
