import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bindNode } from '$lib/engine/program/nodes';
import type { ResolvedNode } from '$lib/nets';
import {
	type AvgPoolGeometry,
	type BatchNormGeometry,
	type ChannelShuffleGeometry,
	type Conv2dGeometry,
	type Geometry,
	type ComputedKind,
	computedKinds,
	type BlockGeometry,
	type LayerNormGeometry,
	type LocalResponseNormGeometry,
	type PadGeometry,
	type ResizeGeometry,
	ofActivations,
	type PoolGeometry,
	type SplitGeometry,
	type Tensor,
	type TransposedConv2dGeometry
} from '$lib/ops';
import { type Case, casesOf, operatorOfCase } from '../../unit/ops/cases';

beforeAll(async () => {
	await tf.setBackend('cpu');
});

afterEach(() => expect(tf.memory().numTensors).toBe(0));

/** Lower than any value of a case. */
const LOWEST = -1e6;

const activation = ({ shape, data }: Tensor) => tf.tensor4d(Float32Array.from(data), [1, ...shape]);
const inputOf = (c: Case) => activation(c.inputs[0]!);
const weightOf = (c: Case, name: string) => {
	const { shape, data } = c.weights[name]!;
	return tf.tensor(Float32Array.from(data), [...shape]);
};

/** Adds the bias, if the case has one. */
const withBias = (y: tf.Tensor, c: Case) => ('bias' in c.weights ? tf.add(y, weightOf(c, 'bias')) : y);

/** Explicit padding of height and width. */
function pad(x: tf.Tensor4D, { padding: p }: Pick<PoolGeometry, 'padding'>, value = 0): tf.Tensor4D {
	return tf.pad(
		x,
		[
			[0, 0],
			[p.top, p.bottom],
			[p.left, p.right],
			[0, 0]
		],
		value
	);
}

/** The kernel with `dilation - 1` zeros between its taps, since TensorFlow.js has no stride together with dilation. */
function dilate(kernel: tf.Tensor4D, [dy, dx]: readonly [number, number]): tf.Tensor4D {
	const [kh, kw, inChannels, outChannels] = kernel.shape;
	const zeros = (h: number, w: number) => tf.zeros<tf.Rank.R4>([h, w, inChannels, outChannels]);
	const interleave = (x: tf.Tensor4D, gap: tf.Tensor4D, axis: number, n: number) =>
		tf.concat(
			tf.split(x, n, axis).flatMap((part, i) => (i === 0 || gap.size === 0 ? [part] : [gap, part])),
			axis
		) as tf.Tensor4D;
	const rows = interleave(kernel, zeros(dy - 1, kw), 0, kh);
	return interleave(rows, zeros(rows.shape[0], dx - 1), 1, kw);
}

/** Applies a convolution to each group of input channels and filters, since TensorFlow.js has no groups. */
function byGroup(
	x: tf.Tensor4D,
	kernel: tf.Tensor4D,
	groups: number,
	convolve: (x: tf.Tensor4D, kernel: tf.Tensor4D) => tf.Tensor4D
): tf.Tensor4D {
	const kernels = tf.split(kernel, groups, 3);
	return tf.concat(
		tf.split(x, groups, 3).map((part, i) => convolve(part as tf.Tensor4D, kernels[i] as tf.Tensor4D)),
		3
	);
}

/** TensorFlow.js resolves `'same'` and `'valid'` by itself; explicit padding is put on by `tf.pad`. */
const ownPadding = (padding: unknown) => (padding === 'same' || padding === 'valid' ? padding : null);

function conv2d(c: Case, g: Conv2dGeometry): tf.Tensor {
	const own = ownPadding(c.options['padding']);
	const x = own ? inputOf(c) : pad(inputOf(c), g);
	const kernel = weightOf(c, 'kernel') as tf.Tensor4D;
	const both = Math.max(...g.stride) > 1 && Math.max(...g.dilation) > 1;
	const y = byGroup(x, both ? dilate(kernel, g.dilation) : kernel, g.groups, (part, filters) =>
		tf.conv2d(part, filters, [...g.stride], own ?? 'valid', 'NHWC', both ? 1 : [...g.dilation])
	);
	return withBias(y, c);
}

function transposedConv2d(c: Case, g: TransposedConv2dGeometry): tf.Tensor {
	const own = ownPadding(c.options['padding']) ?? 'valid';
	const kernel = dilate(weightOf(c, 'kernel') as tf.Tensor4D, g.dilation);
	const [height, width] = g.inputs[0]!;
	const along = (axis: 0 | 1, size: number) =>
		own === 'same' ? size * g.stride[axis] : (size - 1) * g.stride[axis] + g.effectiveKernelSize[axis];
	const full: [number, number] = [along(0, height), along(1, width)];
	const y = byGroup(inputOf(c), kernel, g.groups, (part, filters) =>
		tf.conv2dTranspose(
			part,
			tf.transpose(filters, [0, 1, 3, 2]),
			[1, ...full, g.outChannelsPerGroup],
			[...g.stride],
			own
		)
	);
	const crop = own === 'same' ? [0, 0] : [g.padding.top, g.padding.left];
	// TensorFlow.js has no output padding: nothing lands there.
	const more = (side: number): [number, number] => [0, own === 'same' ? 0 : Math.max(0, -side)];
	const padded = tf.pad(y, [[0, 0], more(g.padding.bottom), more(g.padding.right), [0, 0]]);
	return withBias(tf.slice(padded, [0, crop[0]!, crop[1]!, 0], [1, ...g.outputSize, g.outChannels]), c);
}

/** Padding that lets the last windows of `ceil` reach beyond the input and its own padding. */
function overhang(g: PoolGeometry): PoolGeometry['padding'] {
	const along = (axis: 0 | 1, before: number, after: number) =>
		Math.max(
			0,
			(g.outputSize[axis] - 1) * g.stride[axis] +
				g.effectiveKernelSize[axis] -
				(g.inputs[0]![axis] + before + after)
		);
	const { top, bottom, left, right } = g.padding;
	return { top: 0, bottom: along(0, top, bottom), left: 0, right: along(1, left, right) };
}

function maxPool(c: Case, g: PoolGeometry): tf.Tensor {
	const isPlain = c.options['ceil'] !== true && Math.max(...g.dilation) === 1;
	const own = isPlain ? ownPadding(c.options['padding']) : null;
	if (own) return tf.maxPool(inputOf(c), [...g.kernelSize], [...g.stride], own);
	const x = pad(pad(inputOf(c), g, LOWEST), { padding: overhang(g) }, LOWEST);
	if (Math.max(...g.dilation) === 1) return tf.maxPool(x, [...g.kernelSize], [...g.stride], 'valid');
	// With a stride it has no dilation: of all windows, those that a stride apart begin are taken.
	const all = tf.pool(x, [...g.kernelSize], 'max', 'valid', [...g.dilation]) as tf.Tensor4D;
	return tf.stridedSlice(all, [0, 0, 0, 0], all.shape, [1, ...g.stride, 1]);
}

/** Average of the padded values over the average of what counts. */
function avgPool(c: Case, g: AvgPoolGeometry): tf.Tensor {
	const own = c.options['ceil'] === true || g.countPadding ? null : ownPadding(c.options['padding']);
	const average = (x: tf.Tensor4D, padding: 'valid' | 'same') =>
		tf.avgPool(x, [...g.kernelSize], [...g.stride], padding);
	if (own) return average(inputOf(c), own);
	const x = inputOf(c);
	const beyond = { padding: overhang(g) };
	const counted = pad(tf.onesLike(x), g, g.countPadding ? 1 : 0);
	return tf.div(average(pad(pad(x, g), beyond), 'valid'), average(pad(counted, beyond), 'valid'));
}

function batchNorm(c: Case, g: BatchNormGeometry): tf.Tensor {
	const [mean, variance, beta, gamma] = ['mean', 'variance', 'beta', 'gamma'].map((name) =>
		name in c.weights ? (weightOf(c, name) as tf.Tensor1D) : undefined
	);
	return tf.batchNorm(inputOf(c), mean!, variance!, beta, gamma, g.epsilon);
}

function channelShuffle(c: Case, g: ChannelShuffleGeometry): tf.Tensor {
	const [height, width, channels] = g.inputs[0]!;
	const grid = tf.reshape(inputOf(c), [height, width, g.groups, g.channelsPerGroup]);
	return tf.reshape(tf.transpose(grid, [0, 1, 3, 2]), [1, height, width, channels]);
}

function localResponseNorm(c: Case, g: LocalResponseNormGeometry): tf.Tensor {
	return tf.localResponseNormalization(inputOf(c), g.depthRadius, g.bias, g.alpha, g.beta);
}

function dense(c: Case): tf.Tensor {
	const x = tf.reshape(inputOf(c), [1, -1]);
	return withBias(tf.matMul(x, weightOf(c, 'kernel') as tf.Tensor2D), c);
}

function asEngine(c: Case, geometry: Geometry): tf.Tensor[] {
	return bindNode({ id: c.kind, op: c.kind, geometry } as ResolvedNode, {}, null).run([inputOf(c)]);
}

const affineOf = (c: Case, name: string, none: number) =>
	name in c.weights ? weightOf(c, name) : tf.scalar(none);

function layerNorm(c: Case, g: LayerNormGeometry): tf.Tensor {
	const { mean, variance } = tf.moments(inputOf(c), 3, true);
	const normal = tf.div(tf.sub(inputOf(c), mean), tf.sqrt(tf.add(variance, g.epsilon)));
	return tf.add(tf.mul(normal, affineOf(c, 'gamma', 1)), affineOf(c, 'beta', 0));
}

/** What TensorFlow.js computes for a case: one tensor, or several. */
const reference: { [K in ComputedKind]: (c: Case, g: never) => tf.Tensor | tf.Tensor[] } = {
	conv2d,
	transposedConv2d,
	channelShuffle,
	maxPool,
	avgPool,
	globalAvgPool: (c) => tf.mean(inputOf(c), [1, 2]),
	globalMaxPool: (c) => tf.max(inputOf(c), [1, 2]),
	prelu: (c) => tf.prelu(inputOf(c), weightOf(c, 'alpha')),
	scale: (c) => tf.add(tf.mul(inputOf(c), affineOf(c, 'gamma', 1)), affineOf(c, 'beta', 0)),
	layerNorm,
	pad: (c, g: PadGeometry) => pad(inputOf(c), g, g.value),
	resizeNearest: asEngine,
	resizeBilinear: (c, g: ResizeGeometry) => {
		if (g.coordinates === 'asymmetric' || 'factors' in c.options) return asEngine(c, g);
		const [height, width] = g.size;
		const corners = g.coordinates === 'alignCorners';
		return tf.image.resizeBilinear(inputOf(c), [height, width], corners, !corners);
	},
	spaceToDepth: (c, g: BlockGeometry) => {
		const [height, width, depth] = g.outputs[0]!;
		const { blockSize: b, channels } = g;
		const parts = tf.reshape(inputOf(c), [height, b, width, b, channels]);
		return tf.reshape(tf.transpose(parts, [0, 2, 1, 3, 4]), [1, height, width, depth]);
	},
	depthToSpace: (c, g: BlockGeometry) =>
		g.blockLast || g.blockSize === 1 ? asEngine(c, g) : tf.depthToSpace(inputOf(c), g.blockSize, 'NHWC'),
	// As the engine has TensorFlow.js run them.
	...ofActivations(() => asEngine),
	batchNorm,
	localResponseNorm,
	add: (c) => c.inputs.map<tf.Tensor>(activation).reduce((sum, x) => tf.add(sum, x)),
	multiply: (c) => tf.mul(inputOf(c), activation(c.inputs[1]!)),
	concat: (c) => tf.concat(c.inputs.map(activation), 3),
	concatPlaces: (c) =>
		tf.concat(
			c.inputs.map((x) => tf.reshape(activation(x), [1, 1, -1, x.shape[2]])),
			2
		),
	split: (c, g: SplitGeometry) => tf.split(inputOf(c), [...g.sizes], 3),
	dense,
	softmax: (c) => tf.softmax(inputOf(c)),
	dropout: inputOf
};

/** These only add and multiply eighths: nothing is rounded, in float32 either. */
const exact: readonly ComputedKind[] = [
	'conv2d',
	'transposedConv2d',
	'channelShuffle',
	'maxPool',
	'relu',
	'relu6',
	'add',
	'multiply',
	'concat',
	'concatPlaces',
	'split',
	'dense',
	'dropout'
];

describe.each(computedKinds)('%s', (kind) => {
	it(`is what TensorFlow.js makes it, ${exact.includes(kind) ? 'to the bit' : 'to six digits'}`, () => {
		fc.assert(
			fc.property(casesOf(kind), (c) => {
				const ours = operatorOfCase(c).run(c.inputs, c.weights, c.g);
				const theirs = tf.tidy(() => {
					const result = (reference[kind] as (c: Case, g: Geometry) => tf.Tensor | tf.Tensor[])(c, c.g);
					return [result].flat().map((y) => Array.from(y.dataSync()));
				});
				expect(theirs.map((data) => data.length)).toEqual(ours.map(({ data }) => data.length));
				const difference = Math.max(
					...ours.flatMap(({ data }, t) => Array.from(data, (value, i) => Math.abs(value - theirs[t]![i]!)))
				);
				if (exact.includes(kind)) expect(difference).toBe(0);
				else expect(difference).toBeLessThan(1e-5);
			}),
			{ numRuns: 200 }
		);
	});
});
