import type { ResolvedNode } from '../../nets';
import type { Conv2dGeometry, Kind } from '../../ops';
import { winogradStride } from '../kernels/pack';

const weightedKinds = ['conv2d', 'transposedConv2d', 'dense'] as const satisfies Kind[];
export type WeightedKind = (typeof weightedKinds)[number];

/** Whether a node is a convolution or a dense layer. */
export function isWeighted(node: ResolvedNode): boolean {
	return weightedKinds.some((kind) => kind === node.op);
}

/**
 * How a convolution or dense layer is run:
 *
 * - `convolution`, `winograd`, `depthwise`: our kernels; the first computes directly;
 * - `dense`, `libraryConvolution`, `libraryDepthwise`, `transposed`: TensorFlow.js's own operators;
 * - `blockDiagonal`: a grouped convolution as one over all channels, with zeros between the groups;
 * - `split`: a grouped convolution as one convolution a group, side by side.
 */
export type Method =
	| 'convolution'
	| 'winograd'
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
	if (kernels) return prefersWinograd(g) ? 'winograd' : 'convolution';
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

/** What decides on {@link prefersWinograd}. */
type Convolving = Pick<
	Conv2dGeometry,
	'kernelSize' | 'stride' | 'dilation' | 'groups' | 'inChannels' | 'outChannels' | 'outputSize'
>;

/** Input channels, as the method takes them, up to which its error is known; scratch memory grows with them, too. */
const mostChannels = 1024;
/** Values of weights that stay in a core's second-level cache from one run to the next. */
const cachedWeights = 2 ** 18;

/**
 * Whether Winograd's method saves a fifth of the time at least: it takes four times the memory for weights. Time is expressed
 * in multiplications, as measured by `npm run bench -- --only winograd` at 51 shapes in Chromium 156 with one thread: its
 * own, which are done four or six tiles at a time; the transforms, 350 an input channel of a tile and 250 an output; and
 * weights that come from memory each time, which are no more than read where tiles are few (so 7×7 maps of 512 channels stay
 * direct). See docs/adr/0015-winograds-method.md.
 */
export function prefersWinograd(g: Convolving): boolean {
	const expected = winogradStride(g.kernelSize);
	if (g.groups > 1 || Math.max(...g.dilation) > 1 || !expected) return false;
	const [stride] = expected;
	if (g.stride[0] !== stride || g.stride[1] !== stride) return false;
	const [rows, columns] = g.outputSize;
	const [kernelHeight, kernelWidth] = g.kernelSize;
	const inChannels = stride === 1 ? Math.ceil(g.inChannels / 4) * 4 : 4 * g.inChannels;
	const outChannels = Math.ceil(g.outChannels / 8) * 8;
	if (inChannels > mostChannels) return false;
	const side = stride === 1 ? 4 : 3;
	const tiles = Math.ceil(rows / side) * Math.ceil(columns / side);
	const left = tiles % 6;
	const computed = tiles - left + (left === 0 ? 0 : left <= 4 ? 4 : 6);
	const weights = 36 * inChannels * outChannels;
	const own =
		1.1 * weights * computed +
		tiles * (350 * inChannels + 250 * outChannels) +
		(weights > cachedWeights ? 6 * weights : 0);
	return own < 0.8 * rows * columns * kernelHeight * kernelWidth * g.inChannels * outChannels;
}

/** Whether our convolution kernels run a node: they add a residual, and write their part of a concatenation in place. */
export function writesInPlace(node: ResolvedNode): boolean {
	if (node.op !== 'conv2d') return false;
	const method = methodOf(node, true);
	return method === 'convolution' || method === 'winograd';
}
