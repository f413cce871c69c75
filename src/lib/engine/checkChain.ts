import * as tf from '@tensorflow/tfjs-core';
import type {
	AvgPoolGeometry,
	Conv2dGeometry,
	GeometryOf,
	PoolGeometry,
	Sides,
	Tensor,
	TransposedConv2dGeometry,
	Weights
} from '$lib/ops';

type CheckedKind = 'conv2d' | 'transposedConv2d' | 'channelShuffle' | 'maxPool' | 'avgPool' | 'globalAvgPool';

/** A layer that can be checked: its kind and what its options resolve to. */
export type CheckLayer = {
	[K in CheckedKind]: { readonly kind: K; readonly geometry: GeometryOf<K> };
}[CheckedKind];

/** Layers, each reading the one before it, and the first the input. */
export interface CheckChain {
	readonly input: Tensor;
	readonly layers: readonly { readonly layer: CheckLayer; readonly weights: Weights }[];
}

/**
 * The output of a chain as TensorFlow.js computes it, float32, row-major, without the batch. Only shapes, padding and strides
 * are taken from the geometries; the arithmetic is all TensorFlow.js's own. Rejects where the backend does.
 */
export async function runChain({ input, layers }: CheckChain): Promise<Float32Array> {
	const output = tf.tidy(() =>
		layers.reduce(
			(x, { layer, weights }) => apply(x, layer, weights),
			tf.tensor4d(Float32Array.from(input.data), [1, ...input.shape])
		)
	);
	try {
		return Float32Array.from(await output.data());
	} finally {
		output.dispose();
	}
}

function apply(x: tf.Tensor4D, layer: CheckLayer, weights: Weights): tf.Tensor4D {
	switch (layer.kind) {
		case 'conv2d':
			return withBias(convolve(x, layer.geometry, weights), weights);
		case 'transposedConv2d':
			return withBias(convolveTransposed(x, layer.geometry, weights), weights);
		case 'channelShuffle': {
			const { groups, channelsPerGroup } = layer.geometry;
			const [, height, width] = x.shape;
			const rows = tf.reshape<tf.Rank.R4>(x, [height, width, groups, channelsPerGroup]);
			return tf.reshape<tf.Rank.R4>(tf.transpose(rows, [0, 1, 3, 2]), x.shape);
		}
		case 'maxPool':
			return pool(tf.maxPool<tf.Tensor4D>, padded(x, reachOf(layer.geometry), -Infinity), layer.geometry);
		case 'avgPool':
			return average(x, layer.geometry);
		case 'globalAvgPool':
			return tf.mean<tf.Tensor4D>(x, [1, 2], true);
	}
}

const padded = (x: tf.Tensor4D, { top, bottom, left, right }: Sides, value = 0): tf.Tensor4D =>
	tf.pad(
		x,
		[
			[0, 0],
			[top, bottom],
			[left, right],
			[0, 0]
		],
		value
	);

function weightTensor(weights: Weights, name: string): tf.Tensor {
	const found = weights[name];
	if (!found) throw new Error(`the layer has no ${name}`);
	return tf.tensor(Float32Array.from(found.data), [...found.shape]);
}

function withBias(x: tf.Tensor4D, weights: Weights): tf.Tensor4D {
	return weights.bias ? tf.add<tf.Tensor4D>(x, weightTensor(weights, 'bias')) : x;
}

/** Each group by itself, side by side. */
function byGroup(
	x: tf.Tensor4D,
	kernel: tf.Tensor4D,
	groups: number,
	kernelAxis: number,
	convolution: (x: tf.Tensor4D, kernel: tf.Tensor4D) => tf.Tensor4D
): tf.Tensor4D {
	if (groups === 1) return convolution(x, kernel);
	const kernels = tf.split<tf.Tensor4D>(kernel, groups, kernelAxis);
	return tf.concat(
		tf.split<tf.Tensor4D>(x, groups, 3).map((part, group) => convolution(part, kernels[group]!)),
		3
	);
}

function convolve(x: tf.Tensor4D, g: Conv2dGeometry, weights: Weights): tf.Tensor4D {
	const kernel = weightTensor(weights, 'kernel') as tf.Tensor4D;
	const stride: [number, number] = [...g.stride];
	const dilation: [number, number] = [...g.dilation];
	// It takes either strides or dilation: with both, every place is computed, and some are kept.
	const isThin = Math.max(...stride) > 1 && Math.max(...dilation) > 1;
	const steps = isThin ? 1 : stride;
	const input = padded(x, g.padding);
	const isDepthwise = g.groups > 1 && g.groups === g.inChannels;
	const dense = isDepthwise
		? tf.depthwiseConv2d(
				input,
				tf.reshape<tf.Rank.R4>(kernel, [...g.kernelSize, g.groups, g.outChannelsPerGroup]),
				steps,
				'valid',
				'NHWC',
				dilation
			)
		: byGroup(input, kernel, g.groups, 3, (part, filters) =>
				tf.conv2d(part, filters, steps, 'valid', 'NHWC', dilation)
			);
	return isThin
		? (tf.stridedSlice(dense, [0, 0, 0, 0], dense.shape, [1, ...stride, 1]) as tf.Tensor4D)
		: dense;
}

function convolveTransposed(x: tf.Tensor4D, g: TransposedConv2dGeometry, weights: Weights): tf.Tensor4D {
	const kernel = spread(tf.transpose(weightTensor(weights, 'kernel') as tf.Tensor4D, [0, 1, 3, 2]), g);
	const { top, left } = g.padding;
	const [rows, columns] = g.outputSize;
	const full = ([0, 1] as const).map((axis) =>
		Math.max(
			(g.inputs[0][axis] - 1) * g.stride[axis] + g.effectiveKernelSize[axis],
			// TensorFlow.js takes an output as long as a convolution of it would give the input.
			Math.min(
				(axis === 0 ? top : left) + g.outputSize[axis],
				g.inputs[0][axis] * g.stride[axis] + g.effectiveKernelSize[axis] - 1
			)
		)
	);
	const whole = byGroup(x, kernel, g.groups, 2, (part, filters) =>
		tf.conv2dTranspose(part, filters, [1, full[0]!, full[1]!, g.outChannelsPerGroup], [...g.stride], 'valid')
	);
	const filled = tf.pad(whole, [
		[0, 0],
		[0, Math.max(0, top + rows - full[0]!)],
		[0, Math.max(0, left + columns - full[1]!)],
		[0, 0]
	]);
	return tf.slice(filled, [0, top, left, 0], [1, rows, columns, g.outChannels]);
}

/** A dilated kernel as a large one with zeros between, since its transposed convolution takes no dilation. */
function spread(kernel: tf.Tensor4D, g: TransposedConv2dGeometry): tf.Tensor4D {
	const [dy, dx] = g.dilation;
	if (dy === 1 && dx === 1) return kernel;
	const [kh, kw, out, inChannels] = kernel.shape;
	const apart = tf.pad(tf.reshape(kernel, [kh, 1, kw, 1, out * inChannels]), [
		[0, 0],
		[0, dy - 1],
		[0, 0],
		[0, dx - 1],
		[0, 0]
	]);
	const large = tf.reshape<tf.Rank.R4>(apart, [kh * dy, kw * dx, out, inChannels]);
	return tf.slice(large, [0, 0, 0, 0], [...g.effectiveKernelSize, out, inChannels]);
}

/** How far the windows of a pool reach beyond its input. */
function reachOf({ inputs, outputSize, kernelSize, stride, padding }: PoolGeometry): Sides {
	const after = (axis: 0 | 1, before: number) =>
		Math.max(0, (outputSize[axis] - 1) * stride[axis] + kernelSize[axis] - before - inputs[0]![axis]);
	return { ...padding, bottom: after(0, padding.top), right: after(1, padding.left) };
}

function pool(
	kind: typeof tf.maxPool<tf.Tensor4D> | typeof tf.avgPool<tf.Tensor4D>,
	x: tf.Tensor4D,
	g: PoolGeometry
): tf.Tensor4D {
	return kind(x, [...g.kernelSize], [...g.stride], 'valid');
}

/** The average over all of each window, over the share of it that counts. */
function average(x: tf.Tensor4D, g: AvgPoolGeometry): tf.Tensor4D {
	const reach = reachOf(g);
	const ones = tf.onesLike(x);
	const bottom = Math.min(g.padding.bottom, reach.bottom);
	const right = Math.min(g.padding.right, reach.right);
	const beyond = { top: 0, left: 0, bottom: reach.bottom - bottom, right: reach.right - right };
	const counted = g.countPadding
		? padded(padded(ones, { ...g.padding, bottom, right }, 1), beyond)
		: padded(ones, reach);
	const mean = pool(tf.avgPool<tf.Tensor4D>, padded(x, reach), g);
	return tf.div<tf.Tensor4D>(mean, pool(tf.avgPool<tf.Tensor4D>, counted, g));
}
