import type { ResolvedNode } from '../../nets';
import type { Conv2dGeometry, Kind } from '../../ops';

const weightedKinds = ['conv2d', 'transposedConv2d', 'dense'] as const satisfies Kind[];
export type WeightedKind = (typeof weightedKinds)[number];

/** Whether a node is a convolution or a dense layer. */
export function isWeighted(node: ResolvedNode): boolean {
	return weightedKinds.some((kind) => kind === node.op);
}

/**
 * How a convolution or dense layer is run:
 *
 * - `convolution`, `depthwise`: our kernels;
 * - `dense`, `libraryConvolution`, `libraryDepthwise`, `transposed`: TensorFlow.js's own operators;
 * - `blockDiagonal`: a grouped convolution as one over all channels, with zeros between the groups;
 * - `split`: a grouped convolution as one convolution a group, side by side.
 */
export type Method =
	| 'convolution'
	| 'depthwise'
	| 'dense'
	| 'libraryConvolution'
	| 'libraryDepthwise'
	| 'blockDiagonal'
	| 'split'
	| 'transposed';

/** The fastest way to run a layer. @param kernels whether our own kernels are there */
export function methodOf(node: ResolvedNode, kernels: boolean): Method {
	if (node.op === 'dense') return kernels ? 'convolution' : 'dense';
	if (node.op === 'transposedConv2d') return 'transposed';
	const g = node.geometry as Conv2dGeometry;
	if (g.groups > 1 && g.inChannelsPerGroup === 1)
		return kernels && g.outChannelsPerGroup === 1 ? 'depthwise' : 'libraryDepthwise';
	if (kernels) return 'convolution';
	if (g.groups === 1) return 'libraryConvolution';
	return prefersBlockDiagonal(g) ? 'blockDiagonal' : 'split';
}

/**
 * Whether zeros between the groups cost less than splitting. Zeros cost `groups - 1` times the multiplications; splitting
 * costs a copy of the input in slices, one of the output, and an operator a group. Expressed in multiplications, as measured
 * with TensorFlow.js 4.22 on WASM with SIMD and one thread, at 18 shapes of ShuffleNet and 8 of 3×3 and 5×5 (the faster way
 * was chosen at all but 4, where the other would have saved a tenth of a millisecond to half a millisecond).
 */
function prefersBlockDiagonal(g: Conv2dGeometry): boolean {
	const [height, width, inChannels] = g.inputs[0];
	const positions = g.outputSize[0] * g.outputSize[1];
	const zeros = (g.groups - 1) * positions * g.outChannels * g.taps;
	const copies = 140 * height * width * inChannels + 30 * positions * g.outChannels;
	return zeros <= copies + 200_000 * g.groups;
}

/** Whether our convolution kernel runs a node: it adds a residual, and writes its part of a concatenation in place. */
export function writesInPlace(node: ResolvedNode): boolean {
	return node.op === 'conv2d' && methodOf(node, true) === 'convolution';
}
