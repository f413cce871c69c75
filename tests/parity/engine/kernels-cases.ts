import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import type { Activation } from '../../../src/lib/engine/kernels';
import { mulberry, randoms } from './random';

type Pair = readonly [number, number];
type Pads = 'valid' | 'same' | { top: number; bottom: number; left: number; right: number };

/** How a kernel is placed over an input. */
export interface Placed {
	readonly size: Pair;
	readonly kernelSize: Pair;
	readonly stride: Pair;
	readonly dilation: Pair;
	readonly padding: Pads;
	readonly activation: Activation;
	readonly seed: number;
}

export interface ConvolutionCase extends Placed {
	readonly groups: number;
	/** Channels of a group. */
	readonly groupIn: number;
	readonly groupOut: number;
	/** Whether input channels are read through an index table. */
	readonly shuffled: boolean;
	readonly residual: boolean;
}

export interface DepthwiseCase extends Placed {
	readonly channels: number;
}

const upTo = (max: number) => fc.integer({ min: 1, max });
const pair = (max: number): fc.Arbitrary<Pair> => fc.tuple(upTo(max), upTo(max));
export const activations = fc.constantFrom<Activation[]>('none', 'relu', 'relu6');
const one: Pair = [1, 1];

const paddings = fc.oneof(
	fc.constantFrom<Pads[]>('valid', 'same'),
	fc.record({ top: fc.nat(3), bottom: fc.nat(3), left: fc.nat(3), right: fc.nat(3) })
);

/** Whether the kernel fits into the padded input. */
function fits({ size, kernelSize, dilation, padding }: Placed): boolean {
	if (padding === 'same') return true;
	const { top, bottom, left, right } =
		padding === 'valid' ? { top: 0, bottom: 0, left: 0, right: 0 } : padding;
	const span = (axis: 0 | 1) => (kernelSize[axis] - 1) * dilation[axis] + 1;
	return span(0) <= size[0] + top + bottom && span(1) <= size[1] + left + right;
}

const placed: fc.Arbitrary<Placed> = fc
	.record({
		size: pair(13),
		kernelSize: fc.oneof(fc.constant(one), fc.constant<Pair>([3, 3]), pair(7)),
		// TensorFlow.js takes a stride or a dilation, not both.
		step: fc.oneof(
			fc.constant({ stride: one, dilation: one }),
			fc.record({ stride: fc.oneof(fc.constant<Pair>([2, 2]), pair(3)), dilation: fc.constant(one) }),
			fc.record({ stride: fc.constant(one), dilation: pair(3) })
		),
		padding: paddings,
		activation: activations,
		seed: fc.nat()
	})
	.map(({ step, ...rest }) => ({ ...rest, ...step }))
	.filter(fits);

export const convolutionCases: fc.Arbitrary<ConvolutionCase> = fc
	.tuple(
		placed,
		fc.record({
			groups: fc.oneof(fc.constant(1), upTo(8)),
			groupIn: upTo(20),
			groupOut: upTo(20),
			shuffled: fc.boolean(),
			residual: fc.boolean()
		})
	)
	.map(([place, channels]) => ({ ...place, ...channels }));

export const depthwiseCases: fc.Arbitrary<DepthwiseCase> = fc
	.tuple(placed, upTo(40))
	.map(([place, channels]) => ({ ...place, channels }));

/** What Winograd's method computes: 3×3 at stride 1 and 7×7 at stride 2, over sizes that tiles do and do not divide. */
export const winogradCases: fc.Arbitrary<ConvolutionCase> = fc
	.record({
		size: pair(22),
		kernel: fc.constantFrom(
			{ kernelSize: [3, 3] as const, stride: one },
			{ kernelSize: [7, 7] as const, stride: [2, 2] as const }
		),
		padding: paddings,
		activation: activations,
		seed: fc.nat(),
		groupIn: upTo(20),
		groupOut: upTo(20),
		shuffled: fc.boolean(),
		residual: fc.boolean()
	})
	.map(({ kernel, ...rest }) => ({ ...rest, ...kernel, groups: 1, dilation: one }))
	.filter(fits);

/** A small pointwise convolution with ReLU, to be varied. */
export const pointwise: ConvolutionCase = {
	size: [5, 7],
	kernelSize: one,
	stride: one,
	dilation: one,
	padding: 'valid',
	activation: 'relu',
	groups: 1,
	groupIn: 3,
	groupOut: 5,
	shuffled: false,
	residual: false,
	seed: 1
};

export interface Reference {
	readonly shape: number[];
	readonly data: Float32Array;
}

/** Values for a convolution, and its result by the library's own operators: split, convolutions, concat. */
export async function makeConvolution(of: ConvolutionCase) {
	const { size, kernelSize, groups, groupIn } = of;
	const inChannels = groups * groupIn;
	const outChannels = groups * of.groupOut;
	const random = mulberry(of.seed);
	const data = randoms(random, size[0] * size[1] * inChannels);
	const kernel = randoms(random, kernelSize[0] * kernelSize[1] * groupIn * outChannels);
	const bias = randoms(random, outChannels);
	const channels = Array.from({ length: inChannels }, (_, i) => i);
	if (of.shuffled)
		for (let i = inChannels - 1; i > 0; i--) {
			const j = Math.floor(random() * (i + 1));
			[channels[i], channels[j]] = [channels[j]!, channels[i]!];
		}
	let residual: Float32Array | undefined;
	const expected = await onCpu(() => {
		const x = tf.gather(tf.tensor4d(data, [1, ...size, inChannels]), channels, 3);
		const [input, pad] = padded(x, of.padding);
		const filters = tf.split<tf.Tensor4D>(
			tf.tensor4d(kernel, [...kernelSize, groupIn, outChannels]),
			groups,
			3
		);
		const parts = tf.split<tf.Tensor4D>(input, groups, 3);
		const sums = parts.map((part, i) =>
			tf.conv2d(part, filters[i]!, [...of.stride], pad, 'NHWC', [...of.dilation])
		);
		let y: tf.Tensor4D = tf.add(tf.concat(sums, 3), tf.tensor1d(bias));
		if (of.residual) {
			residual = randoms(random, y.size);
			y = tf.add(y, tf.tensor4d(residual, y.shape));
		}
		return activate(y, of.activation);
	});
	return { inChannels, outChannels, data, kernel, bias, channels, residual, expected };
}

/** Values for a depthwise convolution, and its result by the library. */
export async function makeDepthwise(of: DepthwiseCase) {
	const { size, kernelSize, channels } = of;
	const random = mulberry(of.seed);
	const data = randoms(random, size[0] * size[1] * channels);
	const kernel = randoms(random, kernelSize[0] * kernelSize[1] * channels);
	const bias = randoms(random, channels);
	const expected = await onCpu(() => {
		const [input, pad] = padded(tf.tensor4d(data, [1, ...size, channels]), of.padding);
		const filters = tf.tensor4d(kernel, [...kernelSize, channels, 1]);
		const sums = tf.depthwiseConv2d(input, filters, [...of.stride], pad, 'NHWC', [...of.dilation]);
		return activate(tf.add<tf.Tensor4D>(sums, tf.tensor1d(bias)), of.activation);
	});
	return { data, kernel, bias, expected };
}

/**
 * Computes by the library's CPU backend. Its WASM one errs where 'same' comes to no padding along one axis while the
 * stride leaves rows unread (a 1×2 kernel at stride 2×1, for one).
 */
async function onCpu(compute: () => tf.Tensor4D): Promise<Reference> {
	await tf.setBackend('cpu');
	const result = tf.tidy(() => {
		const y = compute();
		return { shape: y.shape, data: y.dataSync<'float32'>() };
	});
	await tf.setBackend('wasm');
	return result;
}

export function activate(x: tf.Tensor4D, activation: Activation): tf.Tensor4D {
	return activation === 'none' ? x : activation === 'relu' ? tf.relu(x) : tf.relu6(x);
}

/** Explicit padding by the library's pad operator, so that its convolutions need no more than valid and same. */
function padded(x: tf.Tensor4D, padding: Pads): [tf.Tensor4D, 'valid' | 'same'] {
	if (typeof padding === 'string') return [x, padding];
	const rows: [number, number] = [padding.top, padding.bottom];
	const columns: [number, number] = [padding.left, padding.right];
	return [tf.pad(x, [[0, 0], rows, columns, [0, 0]]), 'valid'];
}

/** The largest difference, over the largest value where that is more than 1. */
export function difference(actual: ArrayLike<number>, expected: Float32Array): number {
	let largest = 0;
	let scale = 1;
	for (const [i, value] of expected.entries()) {
		const error = Math.abs(actual[i]! - value);
		if (!(error <= largest)) largest = error;
		scale = Math.max(scale, Math.abs(value));
	}
	return largest / scale;
}
