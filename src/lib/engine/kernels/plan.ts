import type { Pair } from '../../ops/check';
import type { Window } from '../../ops/window';
import { kinds, type Job } from './job';

export type Activation = 'none' | 'relu' | 'relu6';

/** A job without its addresses, and into how many chunks it is divided. */
export interface Plan {
	readonly job: Job;
	readonly chunks: number;
}

/** What a plan needs to know of packed weights. */
export interface ConvolutionSizes {
	readonly inChannels: number;
	readonly outChannels: number;
	readonly groups: number;
	readonly taps: number;
	readonly runCount: number;
}

/** Rows that a tile of the convolution kernel has: blocks of positions are multiples of it. */
const tileRows = 6;
/** Bytes of input that are read again and again for each panel of weights should stay in a core's second-level cache. */
const blockBytes = 128 * 1024;
/** Chunks for each of several threads, so that one that comes late, or is slow, does fewer. */
const chunksPerThread = 3;

/** The bounds to which an activation clamps. */
export function bounds(activation: Activation): { readonly low: number; readonly high: number } {
	return { low: activation === 'none' ? -Infinity : 0, high: activation === 'relu6' ? 6 : Infinity };
}

/** Size of the input with its padding as far as windows read it; `null` where there is none, and the input will do. */
export function paddedSize(window: Window, width: number): Pair | null {
	const { padding, stride, effectiveKernelSize: span, outputSize } = window;
	if (padding.top + padding.bottom + padding.left + padding.right === 0) return null;
	return [
		(outputSize[0] - 1) * stride[0] + span[0],
		Math.max((outputSize[1] - 1) * stride[1] + span[1], padding.left + width)
	];
}

/** Copies an input between borders of zeros. */
export function planPadding(
	window: Window,
	padded: Pair,
	input: Pair,
	channels: number,
	threads: number
): Plan {
	const chunks = threads === 1 ? 1 : Math.min(threads, padded[0]);
	const blockSize = Math.ceil(padded[0] / chunks);
	const job: Job = {
		kind: kinds.pad,
		rows: padded[0],
		columns: padded[1],
		blockSize,
		inRows: input[0],
		inColumns: input[1],
		inChannels: channels,
		top: window.padding.top,
		left: window.padding.left
	};
	return { job, chunks: Math.ceil(padded[0] / blockSize) };
}

/**
 * A convolution over an input of `columns` columns, padded already.
 * @param outputChannels channels of the tensor that is written, of which these may be some
 */
export function planConvolution(
	of: ConvolutionSizes,
	window: Window,
	columns: number,
	outputChannels: number,
	threads: number
): Plan {
	const { outputSize, stride, dilation, kernelSize } = window;
	const positions = outputSize[0] * outputSize[1];
	const pixel = of.inChannels * 4;
	// Where a row of windows follows on the last one without a gap, all of them are one long row.
	const one = outputSize[1] * stride[1] === stride[0] * columns;
	const panels = of.groups * Math.ceil(of.outChannels / of.groups / 8);
	const fitting = Math.max(blockBytes / (of.inChannels * stride[0] * stride[1] * 4), 4 * tileRows);
	let blockSize = Math.min(fitting, positions);
	let splits = 1;
	if (threads > 1) {
		const chunks = threads * chunksPerThread;
		// Threads share what is larger by dividing it: the weights, or the positions.
		if (of.taps * of.outChannels > positions * of.inChannels) splits = Math.min(panels, chunks);
		else blockSize = Math.min(blockSize, positions / chunks);
	}
	blockSize = Math.ceil(blockSize / tileRows) * tileRows;
	const job: Job = {
		kind: kinds.convolution,
		outputStep: outputChannels * 4,
		rows: one ? 1 : outputSize[0],
		columns: one ? positions : outputSize[1],
		blockSize,
		splits,
		kernelRows: kernelSize[0],
		inputRow: stride[0] * columns * pixel,
		inputColumn: stride[1] * pixel,
		kernelRow: dilation[0] * columns * pixel,
		groups: of.groups,
		outChannels: of.outChannels / of.groups,
		taps: of.taps,
		runCount: of.runCount
	};
	return { job, chunks: Math.ceil(positions / blockSize) * splits };
}

export function planDepthwise(window: Window, input: Pair, channels: number, threads: number): Plan {
	const { outputSize, stride, dilation, kernelSize, padding } = window;
	const [rows, columns] = outputSize;
	const chunks = threads === 1 ? 1 : threads * chunksPerThread;
	// Few rows do not divide evenly; then threads share the channels, 16 at a time.
	const splits = rows >= 2 * chunks ? 1 : Math.min(chunks, Math.ceil(channels / 16));
	const blockSize = splits > 1 ? rows : Math.ceil(rows / chunks);
	const job: Job = {
		kind: kinds.depthwise,
		outputStep: channels * 4,
		rows,
		columns,
		blockSize,
		splits,
		kernelRows: kernelSize[0],
		kernelColumns: kernelSize[1],
		inRows: input[0],
		inColumns: input[1],
		inChannels: channels,
		top: padding.top,
		left: padding.left,
		strideRows: stride[0],
		strideColumns: stride[1],
		dilationRows: dilation[0],
		dilationColumns: dilation[1]
	};
	return { job, chunks: Math.ceil(rows / blockSize) * splits };
}

/** Copies all channels of a tensor into a wider one. */
export function planCopy(size: Pair, channels: number, outputChannels: number, threads: number): Plan {
	const positions = size[0] * size[1];
	const blockSize = Math.ceil(positions / threads);
	const job: Job = {
		kind: kinds.copy,
		outputStep: outputChannels * 4,
		rows: size[0],
		columns: size[1],
		blockSize,
		inChannels: channels
	};
	return { job, chunks: Math.ceil(positions / blockSize) };
}
