import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedNode } from '../../nets';
import type { AvgPoolGeometry, GeometryOf, Kind, PoolGeometry, Sides } from '../../ops';
import type { WeightedKind } from './method';
import { explicitSides, paddingOf } from './padding';
import type { ChannelOrder } from './plan';
import { scaleAndShift, type NetworkWeights } from './weights';

/** A node that is no convolution or dense layer, with what it needs in the backend's memory. */
export interface BoundNode {
	run(inputs: readonly tf.Tensor4D[]): tf.Tensor4D[];
	dispose(): void;
}

/** Brings a node into the backend. @param order order of its input's channels in storage, for batch norm */
export function bindNode(node: ResolvedNode, weights: NetworkWeights, order: ChannelOrder): BoundNode {
	if (node.op === 'batchNorm') return bindBatchNorm(node, weights, order);
	return { run: (inputs) => runNode(node, inputs), dispose: () => {} };
}

function bindBatchNorm(node: ResolvedNode, weights: NetworkWeights, order: ChannelOrder): BoundNode {
	const { factor, shift } = scaleAndShift(weights, node);
	const stored = [factor, shift].map((values) => tf.keep(tf.tensor1d(reorder(values, order))));
	return {
		run: ([x]) => [tf.add(tf.mul(x!, stored[0]!), stored[1]!)],
		dispose: () => tf.dispose(stored)
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
type RunElsewhere = WeightedKind | 'batchNorm' | 'channelShuffle' | 'dropout';

const each =
	<G>(run: (x: tf.Tensor4D, g: G) => tf.Tensor4D) =>
	([x]: readonly tf.Tensor4D[], g: G) => [run(x!, g)];

/** How TensorFlow.js runs each kind. */
const runs: { readonly [K in Exclude<Kind, RunElsewhere>]: Run<K> } = {
	maxPool: each((x, g) => pool(x, 'max', g)),
	avgPool: each(averagePool),
	// Faster than a mean over two axes, which transposes.
	globalAvgPool: each((x) =>
		x.shape[1] * x.shape[2] === 1 ? x.clone() : tf.avgPool(x, [x.shape[1], x.shape[2]], 1, 'valid')
	),
	relu: each((x) => tf.relu(x)),
	relu6: each((x) => tf.relu6(x)),
	sigmoid: each((x) => tf.sigmoid(x)),
	hardSigmoid: each(hardSigmoid),
	hardSwish: each((x) => tf.mul(x, hardSigmoid(x))),
	tanh: each((x) => tf.tanh(x)),
	leakyRelu: each((x, { alpha }) => tf.leakyRelu(x, alpha)),
	elu: each((x, { alpha }) =>
		alpha === 1 ? tf.elu(x) : tf.add(tf.relu(x), tf.mul(tf.elu(tf.minimum(x, 0)), alpha))
	),
	swish: each((x) => tf.mul(x, tf.sigmoid(x))),
	gelu: each((x) => tf.mul(x, tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5))),
	localResponseNorm: each((x, { depthRadius, bias, alpha, beta }) =>
		tf.localResponseNormalization(x, depthRadius, bias, alpha, beta)
	),
	add: ([x, ...others]) => [others.reduce((sum, other) => tf.add(sum, other), x!)],
	multiply: ([x, y]) => [tf.mul(x!, y!)],
	concat: (inputs) => [tf.concat([...inputs], 3)],
	split: ([x], { sizes }) => tf.split<tf.Tensor4D>(x!, [...sizes], 3),
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

/** Rows and columns that windows reach beyond the input below and to the right, `ceil` included. */
function reachedBeyond({ outputSize, stride, kernelSize, padding, inputs }: PoolGeometry) {
	const beyond = (axis: 0 | 1, before: number) =>
		Math.max(0, (outputSize[axis] - 1) * stride[axis] + kernelSize[axis] - before - inputs[0]![axis]!);
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
