import type { Pair } from '../../ops/check';
import type { Window } from '../../ops/window';
import { encode, kinds } from './job';

export type Activation = 'none' | 'relu' | 'relu6';

/** All of a job but its addresses: the words that it fixes, and into how many independent chunks it is divided. */
export interface Plan {
	readonly words: Uint32Array;
	readonly chunks: number;
}

/** What a plan needs to know of packed weights. */
export interface ConvolutionSizes {
	readonly inChannels: number;
	readonly outChannels: number;
	readonly groups: number;
	/** As packing found them. */
	readonly taps: number;
	readonly runCount: number;
}

/** A convolution: its input is first copied between borders of zeros, where it has padding. */
export interface ConvolutionPlan {
	readonly padding: { readonly size: Pair; readonly plan: Plan } | null;
	readonly plan: Plan;
	/** Bytes of scratch memory, a multiple of 4. */
	readonly scratchBytes?: number;
}

/** Positions that a tile of the convolution kernel has; blocks are multiples of it. */
const tileRows = 6;
/** Bytes of input, or of what it was transformed to, that are read once for each panel of weights, so should stay in a core's second-level cache. */
const blockBytes = 128 * 1024;
/** Chunks for each of several threads, so that one that comes late, or is slow, does fewer. */
const chunksPerThread = 3;

/** The bounds to which each activation clamps. */
const bounds: Readonly<Record<Activation, { readonly low: number; readonly high: number }>> = {
	none: { low: -Infinity, high: Infinity },
	relu: { low: 0, high: Infinity },
	relu6: { low: 0, high: 6 }
};

/**
 * Plans a convolution.
 * @param size rows and columns of the input
 * @param outputChannels channels of the tensor that is written, of which these may be some
 */
export function planConvolution(
	of: ConvolutionSizes,
	window: Window,
	size: Pair,
	activation: Activation,
	outputChannels: number,
	threads: number
): ConvolutionPlan {
	const padded = paddedSize(window, size[1]);
	const plan = planPadded(of, window, padded?.[1] ?? size[1], activation, outputChannels, threads);
	if (!padded) return { padding: null, plan };
	return { padding: { size: padded, plan: planPadding(window, padded, size, of.inChannels, threads) }, plan };
}

/** Size of the input with its padding as far as windows read it; null where there is none, and the input will do. */
function paddedSize(
	{ padding, stride, effectiveKernelSize: span, outputSize }: Window,
	width: number
): Pair | null {
	if (padding.top + padding.bottom + padding.left + padding.right === 0) return null;
	return [
		(outputSize[0] - 1) * stride[0] + span[0],
		Math.max((outputSize[1] - 1) * stride[1] + span[1], padding.left + width)
	];
}

function planPadding({ padding }: Window, padded: Pair, size: Pair, channels: number, threads: number): Plan {
	const blockSize = Math.ceil(padded[0] / threads);
	const words = encode({
		kind: kinds.pad,
		rows: padded[0],
		columns: padded[1],
		blockSize,
		inRows: size[0],
		inColumns: size[1],
		inChannels: channels,
		top: padding.top,
		left: padding.left
	});
	return { words, chunks: Math.ceil(padded[0] / blockSize) };
}

/** A convolution over an input of `inColumns` columns that needs no padding. */
function planPadded(
	of: ConvolutionSizes,
	{ outputSize, stride, dilation, kernelSize }: Window,
	inColumns: number,
	activation: Activation,
	outputChannels: number,
	threads: number
): Plan {
	const positions = outputSize[0] * outputSize[1];
	const pixel = of.inChannels * 4;
	// Where each row of windows goes on where the last one ended, they are one long row.
	const oneRow = outputSize[1] * stride[1] === stride[0] * inColumns;
	let block = Math.max(blockBytes / (pixel * stride[0] * stride[1]), 4 * tileRows);
	let splits = 1;
	if (threads > 1) {
		const chunks = threads * chunksPerThread;
		// Threads divide what is larger: the weights, or the positions.
		if (of.taps * of.outChannels > positions * of.inChannels)
			splits = Math.min(of.groups * Math.ceil(of.outChannels / of.groups / 8), chunks);
		else block = Math.min(block, positions / chunks);
	}
	const blockSize = Math.ceil(Math.min(block, positions) / tileRows) * tileRows;
	const words = encode({
		kind: kinds.convolution,
		outputStep: outputChannels * 4,
		...bounds[activation],
		rows: oneRow ? 1 : outputSize[0],
		columns: oneRow ? positions : outputSize[1],
		blockSize,
		splits,
		kernelRows: kernelSize[0],
		inputRow: stride[0] * inColumns * pixel,
		inputColumn: stride[1] * pixel,
		kernelRow: dilation[0] * inColumns * pixel,
		groups: of.groups,
		outChannels: of.outChannels / of.groups,
		taps: of.taps,
		runCount: of.runCount
	});
	return { words, chunks: Math.ceil(positions / blockSize) * splits };
}

/** Weights up to this size stay in a core's second-level cache; others are read anew for each block, which is larger then. */
const cacheBytes = 1024 * 1024;
const heavyBlockBytes = 640 * 1024;

/**
 * Plans a convolution by Winograd's method.
 * @param of its channels
 * @param size rows and columns of the input
 * @param outputChannels channels of the tensor that is written, of which these may be some
 */
export function planWinograd(
	{ inChannels, outChannels }: Pick<ConvolutionSizes, 'inChannels' | 'outChannels'>,
	{ outputSize, stride, padding }: Window,
	size: Pair,
	activation: Activation,
	outputChannels: number,
	threads: number
): ConvolutionPlan {
	const [rows, columns] = outputSize;
	const side = stride[0] === 1 ? 4 : 3;
	const tiles = Math.ceil(rows / side) * Math.ceil(columns / side);
	const pixel = (stride[0] === 1 ? Math.ceil(inChannels / 4) * 4 : 4 * inChannels) * 4;
	const panels = Math.ceil(outChannels / 8);
	const isHeavy = 36 * pixel * 8 * panels > cacheBytes;
	let block = Math.max((isHeavy ? heavyBlockBytes : blockBytes) / (36 * pixel), tileRows);
	let splits = 1;
	if (threads > 1) {
		// Threads divide the tiles; but weights that come from memory should do so once, so then the weights.
		const chunks = threads * chunksPerThread;
		if (!isHeavy) block = Math.min(block, Math.max(tiles / chunks, tileRows));
		const blocks = Math.ceil(tiles / wholeTiles(block));
		// Each chunk transforms the input of its block anew, so they are as few as keep threads busy.
		if (blocks < 2 * threads) splits = Math.min(panels, blocks === 1 ? threads : Math.ceil(chunks / blocks));
	}
	const blockSize = Math.min(wholeTiles(block), tiles);
	// As `assembly/winograd.ts` lays it out: 36 vectors, 36 pixels, then inputs and sums at 36 points.
	const scratchBytes = 36 * (16 + pixel + (blockSize * pixel + 64) + (blockSize + 5) * 32);
	const words = encode({
		kind: kinds.winograd,
		outputStep: outputChannels * 4,
		...bounds[activation],
		rows,
		columns,
		blockSize,
		splits,
		outChannels,
		inRows: size[0],
		inColumns: size[1],
		inChannels,
		top: padding.top,
		left: padding.left,
		strideRows: stride[0],
		strideColumns: stride[1],
		scratchBytes
	});
	return {
		padding: null,
		plan: { words, chunks: Math.ceil(tiles / blockSize) * splits },
		scratchBytes: threads * scratchBytes
	};
}

const wholeTiles = (block: number) => Math.ceil(Math.floor(block) / tileRows) * tileRows;

/** Plans a depthwise convolution over an input of the given rows and columns. */
export function planDepthwise(
	window: Window,
	size: Pair,
	channels: number,
	activation: Activation,
	threads: number
): Plan {
	const { outputSize, stride, dilation, kernelSize, padding } = window;
	const [rows, columns] = outputSize;
	const chunks = threads === 1 ? 1 : threads * chunksPerThread;
	// Few rows do not divide evenly; then threads share the channels, 16 at a time.
	const splits = rows >= 2 * chunks ? 1 : Math.min(chunks, Math.ceil(channels / 16));
	const blockSize = splits > 1 ? rows : Math.ceil(rows / chunks);
	const words = encode({
		kind: kinds.depthwise,
		outputStep: channels * 4,
		...bounds[activation],
		rows,
		columns,
		blockSize,
		splits,
		kernelRows: kernelSize[0],
		kernelColumns: kernelSize[1],
		inRows: size[0],
		inColumns: size[1],
		inChannels: channels,
		top: padding.top,
		left: padding.left,
		strideRows: stride[0],
		strideColumns: stride[1],
		dilationRows: dilation[0],
		dilationColumns: dilation[1]
	});
	return { words, chunks: Math.ceil(rows / blockSize) * splits };
}

/** Plans the copy of all channels of a tensor into a wider one. */
export function planCopy(
	size: Pair,
	channels: number,
	activation: Activation,
	outputChannels: number,
	threads: number
): Plan {
	const positions = size[0] * size[1];
	const blockSize = Math.ceil(positions / threads);
	const words = encode({
		kind: kinds.copy,
		outputStep: outputChannels * 4,
		...bounds[activation],
		rows: size[0],
		columns: size[1],
		blockSize,
		inChannels: channels
	});
	return { words, chunks: Math.ceil(positions / blockSize) };
}
