import * as tf from '@tensorflow/tfjs-core';
import type { NetworkWeights } from '../../formats/tensors';
import { scaleAndShift, type ResolvedNode } from '../../nets';
import type {
	AvgPoolGeometry,
	BlockGeometry,
	GeometryOf,
	Kind,
	LayerNormGeometry,
	PoolGeometry,
	ResizeGeometry,
	Sides
} from '../../ops';
import type { WeightedKind } from './method';
import { explicitSides, paddingOf } from './padding';
import type { ChannelOrder } from './plan';

/** A node that is no convolution or dense layer, with what it needs in the backend's memory. */
export interface BoundNode {
	run(inputs: readonly tf.Tensor4D[]): tf.Tensor4D[];
	dispose(): void;
}

/** Brings a node into the backend. @param order order of its input's channels in storage, for batch norm */
export function bindNode(node: ResolvedNode, weights: NetworkWeights, order: ChannelOrder): BoundNode {
	if (node.op === 'batchNorm') {
		const { factor, shift } = scaleAndShift(weights, node);
		return bindValues([factor, shift], order, (x, [a, b]) => tf.add(tf.mul(x, a!), b!));
	}
	if (node.op === 'scale') {
		const { gamma, beta } = weights[node.id]!;
		const { channels } = { channels: node.outputs[0]!.shape[2] };
		const ones = gamma?.data ?? new Float32Array(channels).fill(1);
		return bindValues([ones, beta?.data ?? new Float32Array(channels)], order, (x, [a, b]) =>
			tf.add(tf.mul(x, a!), b!)
		);
	}
	if (node.op === 'prelu') {
		const slopes = weights[node.id]!['alpha']!.data;
		const all = slopes.length === 1 ? new Float32Array(node.outputs[0]!.shape[2]).fill(slopes[0]!) : slopes;
		return bindValues([all], order, (x, [alpha]) => tf.prelu<tf.Tensor>(x, alpha!) as tf.Tensor4D);
	}
	if (node.op === 'layerNorm') return bindLayerNorm(node, weights);
	return { run: (inputs) => runNode(node, inputs), dispose: () => {} };
}

/** An operator that takes values of each channel, in the order of its input's channels. */
function bindValues(
	values: readonly Float32Array[],
	order: ChannelOrder,
	run: (x: tf.Tensor4D, values: readonly tf.Tensor1D[]) => tf.Tensor4D
): BoundNode {
	const stored = values.map((of) => tf.keep(tf.tensor1d(reorder(of, order))));
	return { run: ([x]) => [run(x!, stored)], dispose: () => tf.dispose(stored) };
}

function bindLayerNorm(node: ResolvedNode, weights: NetworkWeights): BoundNode {
	const { epsilon } = node.geometry as LayerNormGeometry;
	const { gamma, beta } = weights[node.id] ?? {};
	const [scale, shift] = [gamma, beta].map((of) => of && tf.keep(tf.tensor1d(of.data)));
	return {
		run([x]) {
			const difference = tf.sub(x!, tf.mean(x!, 3, true));
			const variance = tf.mean(tf.square(difference), 3, true);
			const normal = tf.div<tf.Tensor4D>(difference, tf.sqrt(tf.add(variance, epsilon)));
			const scaled = scale ? tf.mul<tf.Tensor4D>(normal, scale) : normal;
			return [shift ? tf.add<tf.Tensor4D>(scaled, shift) : scaled];
		},
		dispose: () => tf.dispose([scale, shift].filter((of) => of !== undefined))
	};
}

function reorder(values: Float32Array, order: ChannelOrder): Float32Array {
	if (!order) return values;
	const result = new Float32Array(values.length);
	order.forEach((at, channel) => {
		result[at] = values[channel]!;
	});
	return result;
}

type Run<K extends Kind> = (inputs: readonly tf.Tensor4D[], g: GeometryOf<K>) => tf.Tensor4D[];

/** What is run by other means: layers with a kernel, and what weights, orders of channels and plans swallow. */
type RunElsewhere =
	WeightedKind | 'batchNorm' | 'scale' | 'layerNorm' | 'prelu' | 'channelShuffle' | 'dropout' | 'opaque';

const each =
	<G>(run: (x: tf.Tensor4D, g: G) => tf.Tensor4D) =>
	([x]: readonly tf.Tensor4D[], g: G) => [run(x!, g)];

/** How TensorFlow.js runs each kind. */
const runs: { readonly [K in Exclude<Kind, RunElsewhere>]: Run<K> } = {
	maxPool: each((x, g) => (Math.max(...g.dilation) > 1 ? dilatedMax(x, g) : pool(x, 'max', g))),
	avgPool: each(averagePool),
	// Faster than a mean over two axes, which transposes.
	globalAvgPool: each((x) =>
		x.shape[1] * x.shape[2] === 1 ? x.clone() : tf.avgPool(x, [x.shape[1], x.shape[2]], 1, 'valid')
	),
	globalMaxPool: each((x) => tf.max(x, [1, 2], true)),
	relu: each((x) => tf.relu(x)),
	relu6: each((x) => tf.relu6(x)),
	sigmoid: each((x) => tf.sigmoid(x)),
	hardSigmoid: each((x, { alpha, beta }) => tf.clipByValue(tf.add(tf.mul(x, alpha), beta), 0, 1)),
	hardSwish: each((x) => tf.mul(x, hardSigmoid(x))),
	tanh: each((x) => tf.tanh(x)),
	leakyRelu: each((x, { alpha }) => tf.leakyRelu(x, alpha)),
	elu: each((x, { alpha }) =>
		alpha === 1 ? tf.elu(x) : tf.add(tf.relu(x), tf.mul(tf.elu(tf.minimum(x, 0)), alpha))
	),
	swish: each((x) => tf.mul(x, tf.sigmoid(x))),
	gelu: each((x) => tf.mul(x, tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5))),
	selu: each((x, { alpha, gamma }) =>
		tf.mul(tf.add(tf.relu(x), tf.mul(tf.elu(tf.minimum(x, 0)), alpha)), gamma)
	),
	clip: each((x, { min, max }) => {
		const raised = Number.isFinite(min) ? tf.maximum<tf.Tensor4D>(x, min) : x;
		return Number.isFinite(max) ? tf.minimum<tf.Tensor4D>(raised, max) : raised === x ? x.clone() : raised;
	}),
	rescale: each((x, { scale, offset }) => tf.add(tf.mul(x, scale), offset)),
	localResponseNorm: each((x, { depthRadius, bias, alpha, beta }) =>
		tf.localResponseNormalization(x, depthRadius, bias, alpha, beta)
	),
	add: ([x, ...others]) => [others.reduce((sum, other) => tf.add(sum, other), x!)],
	multiply: ([x, y]) => [tf.mul(x!, y!)],
	concat: (inputs) => [tf.concat([...inputs], 3)],
	concatPlaces: (inputs, { outputs: [[, places, channels]] }) => {
		const rows = inputs.map((x) => tf.reshape(x, [x.shape[1] * x.shape[2], channels]));
		return [tf.reshape(tf.concat(rows), [1, 1, places, channels])];
	},
	split: ([x], { sizes }) => tf.split<tf.Tensor4D>(x!, [...sizes], 3),
	pad: each((x, { padding, value }) => tf.pad(x, explicitSides(padding), value)),
	resizeNearest: each(resample),
	resizeBilinear: each(resample),
	spaceToDepth: each((x, g) => moveBlocks(x, g, 'deep')),
	depthToSpace: each((x, g) => moveBlocks(x, g, 'wide')),
	softmax: each((x) => tf.softmax(x))
};

function runNode({ id, op, geometry }: ResolvedNode, inputs: readonly tf.Tensor4D[]): tf.Tensor4D[] {
	const run = (runs as Partial<Record<Kind, Run<never>>>)[op];
	if (!run) throw new Error(`${id}: a ${op} is run by other means`);
	return run(inputs, geometry as never);
}

function hardSigmoid(x: tf.Tensor4D): tf.Tensor4D {
	return tf.mul(tf.relu6(tf.add(x, 3)), 1 / 6);
}

/** Each second or third value: the maximum of several copies of the input, each cut as one tap of the window sees it. */
function dilatedMax(x: tf.Tensor4D, g: PoolGeometry): tf.Tensor4D {
	const { bottom, right } = reachedBeyond(g);
	const lowest = -3.4e38;
	const padded = tf.pad(x, explicitSides({ ...g.padding, bottom, right }), lowest);
	const [rows, columns] = g.outputSize;
	const taps = Array.from({ length: g.taps }, (_, n) => {
		const y = Math.floor(n / g.kernelSize[1]) * g.dilation[0];
		const left = (n % g.kernelSize[1]) * g.dilation[1];
		const end = [1, y + (rows - 1) * g.stride[0] + 1, left + (columns - 1) * g.stride[1] + 1, x.shape[3]];
		return tf.stridedSlice(padded, [0, y, left, 0], end, [1, g.stride[0], g.stride[1], 1]) as tf.Tensor4D;
	});
	return taps.reduce((most, tap) => tf.maximum(most, tap));
}

/** Rows and columns by the shares that they are made of, one axis after the other, as matrices. */
function resample(x: tf.Tensor4D, g: ResizeGeometry): tf.Tensor4D {
	const [height, width, channels] = g.inputs[0]!;
	const matrix = (list: ResizeGeometry['rows'], from: number) => {
		const values = new Float32Array(list.length * from);
		list.forEach((shares, o) => {
			for (const { at, share } of shares) values[o * from + at]! += share;
		});
		return tf.tensor2d(values, [list.length, from]);
	};
	const [rows, columns] = g.size;
	const tall = tf.matMul(matrix(g.rows, height), tf.reshape(x, [height, width * channels]));
	const turned = tf.transpose(tf.reshape(tall, [rows, width, channels]), [1, 0, 2]);
	const wide = tf.matMul(matrix(g.columns, width), tf.reshape(turned, [width, rows * channels]));
	return tf.reshape(tf.transpose(tf.reshape(wide, [columns, rows, channels]), [1, 0, 2]), [
		1,
		rows,
		columns,
		channels
	]);
}

/** Moves values between positions and channels, as a transposition of six axes. */
function moveBlocks(x: tf.Tensor4D, g: BlockGeometry, to: 'deep' | 'wide'): tf.Tensor4D {
	const { blockSize: b, channels, blockLast } = g;
	const [height, width, depth] = g.outputs[0]!;
	if (to === 'deep') {
		const parts = tf.reshape(x, [height, b, width, b, channels]);
		return tf.reshape(tf.transpose(parts, [0, 2, 1, 3, 4]), [1, height, width, depth]);
	}
	const [rows, columns] = g.inputs[0]!;
	const parts = tf.reshape(x, blockLast ? [rows, columns, channels, b, b] : [rows, columns, b, b, channels]);
	return tf.reshape(tf.transpose(parts, blockLast ? [0, 3, 1, 4, 2] : [0, 2, 1, 3, 4]), [
		1,
		height,
		width,
		channels
	]);
}

/** Rows and columns that windows reach beyond the input below and to the right, `ceil` included. */
function reachedBeyond({ outputSize, stride, effectiveKernelSize, padding, inputs }: PoolGeometry) {
	const beyond = (axis: 0 | 1, before: number) =>
		Math.max(
			0,
			(outputSize[axis] - 1) * stride[axis] + effectiveKernelSize[axis] - before - inputs[0]![axis]!
		);
	return { bottom: beyond(0, padding.top), right: beyond(1, padding.left) };
}

function pool(
	x: tf.Tensor4D,
	kind: 'max' | 'avg',
	g: PoolGeometry,
	sides: Sides = { ...g.padding, ...reachedBeyond(g) }
): tf.Tensor4D {
	const [kh, kw] = g.kernelSize;
	const strides: [number, number] = [g.stride[0], g.stride[1]];
	// The WASM backend refuses to pool a single value.
	if (kh * kw === 1) return tf.stridedSlice(x, [0, 0, 0, 0], x.shape, [1, ...strides, 1]) as tf.Tensor4D;
	const run = kind === 'max' ? tf.maxPool : tf.avgPool;
	return run<tf.Tensor4D>(x, [kh, kw], strides, paddingOf(sides));
}

/** The library's average leaves padding out. Padding that counts becomes zeros of the input; what `ceil` adds never counts. */
function averagePool(x: tf.Tensor4D, g: AvgPoolGeometry): tf.Tensor4D {
	if (!g.countPadding) return pool(x, 'avg', g);
	const { bottom, right } = reachedBeyond(g);
	return pool(tf.pad(x, explicitSides(g.padding)), 'avg', g, {
		top: 0,
		left: 0,
		bottom: Math.max(0, bottom - g.padding.bottom),
		right: Math.max(0, right - g.padding.right)
	});
}

/** A tensor whose storage has its channels in another order, in its own. */
export function putInOrder(x: tf.Tensor4D, order: readonly number[]): tf.Tensor4D {
	const [, height, width, channels] = x.shape;
	const step = order[1] ?? 1;
	const groups = channels / step;
	const isShuffle = order.every((at, i) => at === (i % groups) * step + Math.floor(i / groups));
	if (!isShuffle) return tf.gather(x, [...order], 3);
	// Transposing is up to ten times as fast as gathering.
	return tf.reshape(tf.transpose(tf.reshape(x, [height, width, groups, step]), [0, 1, 3, 2]), x.shape);
}
