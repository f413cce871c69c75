import * as tf from '@tensorflow/tfjs-core';
import type { NetworkWeights } from '../../formats/tensors';
import { foldBatchNorm, type Folded } from '../../nets';
import type { Conv2dGeometry, DenseGeometry, TransposedConv2dGeometry } from '../../ops';
import type { Activation, Kernels, PackedConvolution } from '../kernels';
import { paddingOf } from './padding';
import type { ChannelOrder, Layer } from './plan';

/** A layer with its weights in the backend's memory. */
export interface BoundLayer {
	/** Runs it; only a `convolution` or `winograd` takes a residual. */
	run(x: tf.Tensor4D, activation: Activation, residual?: tf.Tensor4D): tf.Tensor4D;
	/** For our convolution kernels: the weights as it takes them, to write in place. */
	readonly packed?: PackedConvolution;
	dispose(): void;
}

/** Brings a layer's weights into the backend's memory, batch norm folded in, in the order of its input's channels. */
export function bindLayer(layer: Layer, weights: NetworkWeights, kernels: Kernels | null): BoundLayer {
	const folded = foldBatchNorm(weights, layer.weighted, layer.batchNorm);
	const { method, order } = layer;
	if (layer.weighted.op === 'dense') {
		const g = layer.weighted.geometry as DenseGeometry;
		return kernels ? bindOwnDense(kernels, g, folded, order) : bindDense(g, folded, order);
	}
	if (layer.weighted.op === 'transposedConv2d')
		return bindTransposed(layer.weighted.geometry as TransposedConv2dGeometry, folded);
	const g = layer.weighted.geometry as Conv2dGeometry;
	switch (method) {
		case 'convolution':
		case 'winograd':
			return bindOwnConvolution(kernels!, method, g, folded, order);
		case 'depthwise':
			return bindOwnDepthwise(kernels!, g, reorderDepthwise(g, folded, order));
		case 'libraryDepthwise':
			return bindDepthwise(g, reorderDepthwise(g, folded, order));
		case 'split':
			return bindSplit(g, folded);
		default:
			return bindConvolution(g, { kernel: denseKernel(g, folded.kernel, order), bias: folded.bias });
	}
}

/** Options of our kernels for a layer. */
export function windowOptions(g: Conv2dGeometry, activation: Activation) {
	return { stride: g.stride, padding: g.padding, activation } as const;
}

function bindOwnConvolution(
	kernels: Kernels,
	method: 'convolution' | 'winograd',
	g: Conv2dGeometry,
	{ kernel, bias }: Folded,
	order: ChannelOrder
): BoundLayer {
	const { kernelSize, dilation, inChannels, outChannels, groups } = g;
	const of = {
		...{ kernel, bias, kernelSize, dilation, inChannels, outChannels, groups },
		...(order && { channels: order })
	};
	const packed = method === 'winograd' ? kernels.packWinograd(of) : kernels.packConvolution(of);
	return {
		packed,
		run: (x, activation, residual) =>
			kernels.convolution(x, packed, { ...windowOptions(g, activation), ...(residual && { residual }) }),
		dispose: () => packed.dispose()
	};
}

function bindOwnDepthwise(kernels: Kernels, g: Conv2dGeometry, { kernel, bias }: Folded): BoundLayer {
	const { kernelSize, dilation, inChannels: channels } = g;
	const packed = kernels.packDepthwise({ kernel, bias, kernelSize, dilation, channels });
	return {
		run: (x, activation) => kernels.depthwise(x, packed, windowOptions(g, activation)),
		dispose: () => packed.dispose()
	};
}

/** A dense layer is a pointwise convolution of a single position. */
function bindOwnDense(
	kernels: Kernels,
	g: DenseGeometry,
	{ kernel, bias }: Folded,
	order: ChannelOrder
): BoundLayer {
	const channels = order && { channels: flattenedOrder(g, order) };
	const packed = kernels.packConvolution({
		...{ kernel, bias, kernelSize: 1, inChannels: g.taps, outChannels: g.outChannels },
		...channels
	});
	return {
		run: (x, activation) => kernels.convolution(tf.reshape(x, [1, 1, 1, g.taps]), packed, { activation }),
		dispose: () => packed.dispose()
	};
}

function bindDense(g: DenseGeometry, { kernel, bias }: Folded, order: ChannelOrder): BoundLayer {
	const rows = order ? reorderRows(kernel, flattenedOrder(g, order), g.outChannels) : kernel;
	const b = tf.keep(tf.tensor2d(rows, [g.taps, g.outChannels]));
	const biases = tf.keep(tf.tensor1d(bias));
	return {
		run: (x, activation) =>
			tf.reshape(
				tf.fused.matMul({
					...{ a: tf.reshape<tf.Rank.R2>(x, [1, g.taps]), b, bias: biases },
					activation: libraryActivation[activation]
				}),
				[1, 1, 1, g.outChannels]
			),
		dispose: () => tf.dispose([b, biases])
	};
}

function bindConvolution(g: Conv2dGeometry, folded: Folded): BoundLayer {
	const { kernelSize, kernel, dilation } = spread(g, folded.kernel);
	const inChannels = kernel.length / (kernelSize[0] * kernelSize[1] * g.outChannels);
	const filter = tf.keep(tf.tensor4d(kernel, [...kernelSize, inChannels, g.outChannels]));
	const bias = tf.keep(tf.tensor1d(folded.bias));
	return {
		run: (x, activation) =>
			tf.fused.conv2d({
				...{ x, filter, bias, strides: [...g.stride], dilations: dilation, pad: explicitPadding(g) },
				activation: libraryActivation[activation]
			}),
		dispose: () => tf.dispose([filter, bias])
	};
}

function bindDepthwise(g: Conv2dGeometry, folded: Folded): BoundLayer {
	const { kernelSize, kernel, dilation } = spread(g, folded.kernel);
	const filter = tf.keep(tf.tensor4d(kernel, [...kernelSize, g.inChannels, g.outChannelsPerGroup]));
	const bias = tf.keep(tf.tensor1d(folded.bias));
	return {
		run: (x, activation) =>
			tf.fused.depthwiseConv2d({
				...{ x, filter, bias, strides: [...g.stride], dilations: dilation, pad: explicitPadding(g) },
				activation: libraryActivation[activation]
			}),
		dispose: () => tf.dispose([filter, bias])
	};
}

/** One convolution a group, side by side. */
function bindSplit(g: Conv2dGeometry, { kernel, bias }: Folded): BoundLayer {
	const { groups, inChannelsPerGroup, outChannelsPerGroup } = g;
	const layers = Array.from({ length: groups }, (_, group) => {
		const start = group * outChannelsPerGroup;
		return bindConvolution(
			{ ...g, groups: 1, inChannels: inChannelsPerGroup, outChannels: outChannelsPerGroup },
			{
				kernel: columnsOf(kernel, g.outChannels, start, outChannelsPerGroup),
				bias: bias.slice(start, start + outChannelsPerGroup)
			}
		);
	});
	return {
		run: (x, activation) => {
			const inputs = tf.split<tf.Tensor4D>(x, groups, 3);
			return tf.concat(
				layers.map((layer, i) => layer.run(inputs[i]!, activation)),
				3
			);
		},
		dispose: () => layers.forEach((layer) => layer.dispose())
	};
}

/** Transposed convolution: the library's, uncropped; then cropped, or filled up with what nothing lands on. */
function bindTransposed(g: TransposedConv2dGeometry, { kernel, bias }: Folded): BoundLayer {
	const { groups, inChannelsPerGroup, outChannelsPerGroup, stride, padding, outputSize } = g;
	const spreadKernel = spread(g, kernel, [1, 1]);
	const [kh, kw] = spreadKernel.kernelSize;
	const [height, width] = g.inputs[0];
	const full = [(height - 1) * stride[0] + kh, (width - 1) * stride[1] + kw] as const;
	const biases = tf.keep(tf.tensor1d(bias));
	const filters = Array.from({ length: groups }, (_, group) => {
		const columns = columnsOf(
			spreadKernel.kernel,
			g.outChannels,
			group * outChannelsPerGroup,
			outChannelsPerGroup
		);
		const filter = tf.tensor4d(columns, [kh, kw, inChannelsPerGroup, outChannelsPerGroup]);
		const turned = tf.transpose(filter, [0, 1, 3, 2]);
		filter.dispose();
		return tf.keep(turned);
	});
	return {
		run: (x, activation) => {
			const stamped = tf
				.split<tf.Tensor4D>(x, groups, 3)
				.map((part, group) =>
					tf.conv2dTranspose<tf.Tensor4D>(
						part,
						filters[group]!,
						[1, ...full, outChannelsPerGroup],
						[stride[0], stride[1]],
						'valid'
					)
				);
			const whole = stamped.length === 1 ? stamped[0]! : tf.concat(stamped, 3);
			const missing = (axis: 0 | 1, before: number) => Math.max(0, before + outputSize[axis] - full[axis]);
			const filled = tf.pad(whole, [
				[0, 0],
				[0, missing(0, padding.top)],
				[0, missing(1, padding.left)],
				[0, 0]
			]);
			const begin = [0, padding.top, padding.left, 0];
			const cropped = tf.slice(filled, begin, [1, ...outputSize, g.outChannels]);
			return activate(tf.add<tf.Tensor4D>(cropped, biases), activation);
		},
		dispose: () => tf.dispose([...filters, biases])
	};
}

/** Applies an activation by the library's operators. */
export function activate<T extends tf.Tensor>(x: T, activation: Activation): T {
	switch (activation) {
		case 'none':
			return x;
		case 'relu':
			return tf.relu(x);
		case 'relu6':
			return tf.relu6(x);
	}
}

const libraryActivation = { none: 'linear', relu: 'relu', relu6: 'relu6' } as const;

/** Padding for the library's fused operators, which take explicit sides although their types do not say so. */
function explicitPadding({ padding }: Pick<Conv2dGeometry, 'padding'>): 'valid' {
	return paddingOf(padding) as 'valid';
}

type Spreadable = Pick<Conv2dGeometry, 'kernelSize' | 'dilation' | 'effectiveKernelSize' | 'stride'>;

/**
 * The kernel of a dilated convolution with zeros between its values, where the library cannot dilate: together with a
 * stride, and in transposed convolution.
 */
function spread(g: Spreadable, kernel: Float32Array, dilates: readonly [number, number] | null = null) {
	const dilation: [number, number] = [...(dilates ?? g.dilation)];
	const isPlain = g.dilation.every((rate) => rate === 1);
	const libraryCan = dilates === null && g.stride.every((step) => step === 1);
	if (isPlain || libraryCan) return { kernel, kernelSize: g.kernelSize, dilation };
	const [kh, kw] = g.kernelSize;
	const [height, width] = g.effectiveKernelSize;
	const size = kernel.length / (kh * kw);
	const result = new Float32Array(height * width * size);
	for (let y = 0; y < kh; y++)
		for (let x = 0; x < kw; x++) {
			const from = (y * kw + x) * size;
			const to = (y * g.dilation[0] * width + x * g.dilation[1]) * size;
			result.set(kernel.subarray(from, from + size), to);
		}
	return { kernel: result, kernelSize: g.effectiveKernelSize, dilation: [1, 1] as [number, number] };
}

/** A grouped kernel as one over all channels, zeros between the groups, its rows in the order of the input's channels. */
function denseKernel(g: Conv2dGeometry, kernel: Float32Array, order: ChannelOrder): Float32Array {
	if (g.groups === 1 && !order) return kernel;
	const { groups, inChannels, outChannels, inChannelsPerGroup, outChannelsPerGroup } = g;
	const positions = kernel.length / (inChannelsPerGroup * outChannels);
	const result = new Float32Array(positions * inChannels * outChannels);
	for (let position = 0; position < positions; position++)
		for (let channel = 0; channel < inChannels; channel++) {
			const group = Math.floor(channel / inChannelsPerGroup);
			const start = group * outChannelsPerGroup;
			const from = (position * inChannelsPerGroup + (channel % inChannelsPerGroup)) * outChannels + start;
			const to = (position * inChannels + (order?.[channel] ?? channel)) * outChannels + start;
			result.set(kernel.subarray(from, from + outChannels / groups), to);
		}
	return result;
}

/** A depthwise kernel and bias in the order of the input's channels, each with all outputs that come from it. */
function reorderDepthwise(g: Conv2dGeometry, folded: Folded, order: ChannelOrder): Folded {
	if (!order) return folded;
	const multiplier = g.outChannelsPerGroup;
	const reorder = (values: Float32Array) => {
		const result = new Float32Array(values.length);
		for (let row = 0; row < values.length; row += g.outChannels)
			order.forEach((at, channel) => {
				const from = row + channel * multiplier;
				result.set(values.subarray(from, from + multiplier), row + at * multiplier);
			});
		return result;
	};
	return { kernel: reorder(folded.kernel), bias: reorder(folded.bias) };
}

/** Where each value of a flattened input lies, from where each of its channels lies. */
function flattenedOrder(g: DenseGeometry, order: readonly number[]): number[] {
	return Array.from({ length: g.taps }, (_, i) => i - (i % order.length) + order[i % order.length]!);
}

function reorderRows(kernel: Float32Array, order: readonly number[], columns: number): Float32Array {
	const result = new Float32Array(kernel.length);
	order.forEach((at, row) => {
		result.set(kernel.subarray(row * columns, (row + 1) * columns), at * columns);
	});
	return result;
}

/** Some neighbouring columns of all rows. */
function columnsOf(kernel: Float32Array, columns: number, start: number, count: number): Float32Array {
	const rows = kernel.length / columns;
	const result = new Float32Array(rows * count);
	for (let row = 0; row < rows; row++)
		result.set(kernel.subarray(row * columns + start, row * columns + start + count), row * count);
	return result;
}
