import type { Window } from '../../ops';

/** Output channels that a panel of packed weights holds: what two SIMD registers do. */
const lanes = 8;

/** What a convolution of integers reads besides its input. */
export interface IntegerPack {
	/**
	 * `[group][panel][taps / n][8][n]`: n inputs that one instruction multiplies; a panel is 8 output channels, filled up with zeros.
	 * Of 16 bits where n is 2.
	 */
	readonly weights: Int8Array | Int16Array;
	/** `[group][panel][8]`. */
	readonly bias: Int32Array;
	readonly multipliers: Float32Array;
	/** `[group][run]` of a kernel row: where bytes begin in the input, and how many; none where they lie in one piece. */
	readonly runs: Int32Array;
	readonly runCount: number;
	/** Bytes of a row: what an output position reads, as a multiple of 4. */
	readonly taps: number;
}

/** An integer convolution as a network has it, and how its input lies. */
export interface IntegerPacking {
	readonly window: Window;
	readonly groups: number;
	readonly inChannels: number;
	/** Bytes of a pixel that are read, and bytes to the next one. */
	readonly pixel: number;
	readonly step: number;
	readonly values: Int8Array | Int16Array;
	readonly bias: Int32Array;
	readonly multipliers: Float32Array;
	/** Inputs that one instruction multiplies and adds: 4 of 7 bits with relaxed SIMD, else 2. */
	readonly perDot: 2 | 4;
}

/** Whether each output position reads one pixel that lies in place, so that nothing has to be gathered. */
export function isDirect({ window, groups }: Pick<IntegerPacking, 'window' | 'groups'>): boolean {
	const { kernelSize, stride } = window;
	return groups === 1 && [...kernelSize, ...stride].every((n) => n === 1);
}

/** Packs weights for the convolution kernel. */
export function packIntegers(of: IntegerPacking): IntegerPack {
	const { window, groups, inChannels, pixel, step, perDot } = of;
	const outChannels = of.bias.length;
	const [groupIn, groupOut] = [inChannels / groups, outChannels / groups];
	const [height, width] = window.kernelSize;
	// Of a kernel row: neighbouring bytes that are read, an ungrouped one's padding channels too.
	const read = groups === 1 ? pixel : groupIn;
	const isOneRun = groups === 1 && window.dilation[1] === 1 && pixel === step;
	const direct = isDirect(of);
	const runCount = direct ? 0 : isOneRun ? 1 : width;
	const taps = Math.ceil((height * width * read) / 4) * 4;
	const panels = Math.ceil(groupOut / lanes);
	const weights = new (perDot === 4 ? Int8Array : Int16Array)(groups * panels * taps * lanes);
	const bias = new Int32Array(groups * panels * lanes);
	const multipliers = new Float32Array(groups * panels * lanes);
	const runs = new Int32Array(groups * runCount * 2);
	for (let group = 0; group < groups; group++) {
		for (let run = 0; run < runCount; run++)
			runs.set(
				[run * window.dilation[1] * step + group * groupIn, isOneRun ? width * read : read],
				(group * runCount + run) * 2
			);
		for (let out = 0; out < groupOut; out++) {
			const channel = group * groupOut + out;
			const panel = group * panels + Math.floor(out / lanes);
			const lane = out % lanes;
			bias[panel * lanes + lane] = of.bias[channel]!;
			multipliers[panel * lanes + lane] = of.multipliers[channel]!;
			for (let tap = 0; tap < height * width; tap++)
				for (let i = 0; i < groupIn; i++) {
					const at = tap * read + i;
					const to = panel * taps * lanes + (at - (at % perDot)) * lanes + lane * perDot + (at % perDot);
					weights[to] = of.values[(tap * groupIn + i) * outChannels + channel]!;
				}
		}
	}
	return { weights, bias, multipliers, runs, runCount, taps };
}

/** What a depthwise convolution of integers reads besides its input. */
export interface IntegerDepthwisePack {
	/** `[channels / 8][kernelColumns][8][4]`, the fourth 0, without runs; of 16 bits `[channels / 8][taps / 2][8][2]` with them. */
	readonly weights: Int8Array | Int16Array;
	readonly bias: Int32Array;
	readonly multipliers: Float32Array;
	/** Where each tap's byte lies from the first one; an even number of them, or none. */
	readonly runs: Int32Array;
}

/** Packs weights for the depthwise kernel. @param line bytes of a row of the input */
export function packIntegersDepthwise(of: IntegerPacking, line: number): IntegerDepthwisePack {
	const { window, step, values, perDot } = of;
	const channels = of.bias.length;
	const blocks = Math.ceil(channels / lanes);
	const bias = new Int32Array(blocks * lanes);
	bias.set(of.bias);
	const multipliers = new Float32Array(blocks * lanes);
	multipliers.set(of.multipliers);
	const [height, width] = window.kernelSize;
	const [down, across] = window.dilation;
	if (perDot === 4 && height === 3 && width === 3 && down === 1 && across === 1) {
		const weights = new Int8Array(blocks * 96);
		for (let c = 0; c < channels; c++)
			for (let tap = 0; tap < 9; tap++) {
				const [y, x] = [Math.floor(tap / 3), tap % 3];
				weights[Math.floor(c / lanes) * 96 + x * 32 + (c % lanes) * 4 + y] = values[tap * channels + c]!;
			}
		return { weights, bias, multipliers, runs: new Int32Array() };
	}
	const taps = height * width;
	// One more of weight 0, where they are odd: it reads what the first one does.
	const runs = new Int32Array(Math.ceil(taps / 2) * 2);
	const weights = new Int16Array(blocks * runs.length * lanes);
	for (let tap = 0; tap < taps; tap++) {
		runs[tap] = Math.floor(tap / width) * down * line + (tap % width) * across * step;
		for (let c = 0; c < channels; c++)
			weights[
				Math.floor(c / lanes) * runs.length * lanes + (tap - (tap % 2)) * lanes + (c % lanes) * 2 + (tap % 2)
			] = values[tap * channels + c]!;
	}
	return { weights, bias, multipliers, runs };
}

/** Loads and masks for a channel shuffle: for each eight channels of the output, one of each group. */
export function packShuffle(channels: number, groups: number): Uint8Array {
	const each = channels / groups;
	const blocks = Math.ceil(channels / lanes);
	const entries = new Uint8Array(blocks * groups * 32);
	const words = new DataView(entries.buffer);
	for (let block = 0; block < blocks; block++)
		for (let group = 0; group < groups; group++) {
			const at = (block * groups + group) * 32;
			const start = group * each + Math.floor((block * lanes) / groups);
			// No lane of a swizzle: 255 gives 0.
			entries.fill(255, at, at + 16);
			words.setUint32(at + 16, start, true);
			for (let lane = 0; lane < lanes; lane++) {
				const to = block * lanes + lane;
				if (to < channels && to % groups === group)
					entries[at + lane] = group * each + Math.floor(to / groups) - start;
			}
		}
	return entries;
}
