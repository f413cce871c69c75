import * as tf from '@tensorflow/tfjs-core';
import type { ResolvedNode } from '../../nets';
import type {
	AvgPoolGeometry,
	LocalResponseNormGeometry,
	PoolGeometry,
	Sides,
	SplitGeometry
} from '../../ops';
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

function runNode(node: ResolvedNode, inputs: readonly tf.Tensor4D[]): tf.Tensor4D[] {
	const x = inputs[0]!;
	switch (node.op) {
		case 'maxPool':
			return [pool(x, 'max', node.geometry as PoolGeometry)];
		case 'avgPool':
			return [averagePool(x, node.geometry as AvgPoolGeometry)];
		case 'globalAvgPool':
			// Faster than a mean over two axes, which transposes.
			return [
				x.shape[1] * x.shape[2] === 1 ? x.clone() : tf.avgPool(x, [x.shape[1], x.shape[2]], 1, 'valid')
			];
		case 'relu':
			return [tf.relu(x)];
		case 'relu6':
			return [tf.relu6(x)];
		case 'sigmoid':
			return [tf.sigmoid(x)];
		case 'hardSigmoid':
			return [hardSigmoid(x)];
		case 'hardSwish':
			return [tf.mul(x, hardSigmoid(x))];
		case 'localResponseNorm': {
			const { depthRadius, bias, alpha, beta } = node.geometry as LocalResponseNormGeometry;
			return [tf.localResponseNormalization(x, depthRadius, bias, alpha, beta)];
		}
		case 'add':
			return [inputs.slice(1).reduce((sum, input) => tf.add(sum, input), x)];
		case 'multiply':
			return [tf.mul(x, inputs[1]!)];
		case 'concat':
			return [tf.concat([...inputs], 3)];
		case 'split':
			return tf.split<tf.Tensor4D>(x, [...(node.geometry as SplitGeometry).sizes], 3);
		case 'softmax':
			return [tf.softmax(x)];
		case 'batchNorm':
		case 'channelShuffle':
		case 'conv2d':
		case 'dense':
		case 'dropout':
		case 'transposedConv2d':
			throw new Error(`${node.id}: a ${node.op} is run by other means`);
	}
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
