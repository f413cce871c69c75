import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ResolvedNode } from '$lib/nets';
import type { BatchNormGeometry, ChannelShuffleGeometry, Conv2dGeometry } from '$lib/ops';
import { judge } from '$lib/training/loss';
import { picturesOf, Trainer } from '$lib/training/trainer';
import { trainingGraph, ways } from '$lib/training/ways';

beforeAll(async () => {
	await tf.setBackend('cpu');
});

const task = { id: 'together', channels: 4, a: 0, b: 2, noise: 0.3 } as const;
const recipe = { rate: 0.1, momentum: 0.9, batch: 4, init: 'he', seed: 3 } as const;

/** A group convolution by TensorFlow.js, which has none: a convolution a group. */
function convolve(x: tf.Tensor4D, kernel: tf.Tensor4D, { groups }: Conv2dGeometry): tf.Tensor4D {
	if (groups === 1) return tf.conv2d(x, kernel, 1, 'valid');
	const kernels = tf.split(kernel, groups, 3);
	const parts = tf
		.split(x, groups, 3)
		.map((part, i) => tf.conv2d(part as tf.Tensor4D, kernels[i] as tf.Tensor4D, 1, 'valid'));
	return tf.concat(parts, 3) as tf.Tensor4D;
}

/** What TensorFlow.js makes of a node, from its own operators. */
function apply(node: ResolvedNode, x: tf.Tensor, weight: (name: string) => tf.Tensor): tf.Tensor {
	switch (node.op) {
		case 'conv2d':
			return convolve(x as tf.Tensor4D, weight('kernel') as tf.Tensor4D, node.geometry as Conv2dGeometry);
		case 'batchNorm': {
			const { mean, variance } = tf.moments(x, [0, 1, 2]);
			const { epsilon } = node.geometry as BatchNormGeometry;
			return tf.batchNorm(x as tf.Tensor4D, mean, variance, weight('beta'), weight('gamma'), epsilon);
		}
		case 'relu':
			return tf.relu(x);
		case 'channelShuffle': {
			const { groups, channelsPerGroup } = node.geometry as ChannelShuffleGeometry;
			const [n, h, w, channels] = x.shape as [number, number, number, number];
			const rows = tf.reshape(x, [n, h, w, groups, channelsPerGroup]);
			return tf.reshape(tf.transpose(rows, [0, 1, 2, 4, 3]), [n, h, w, channels]);
		}
		case 'globalAvgPool':
			return tf.mean(x, [1, 2]);
		case 'dense':
			return tf.add(tf.matMul(x as tf.Tensor2D, weight('kernel') as tf.Tensor2D), weight('bias'));
		default:
			throw new Error(`${node.op} is in none of the ways`);
	}
}

describe('program.backward(gradient)', () => {
	for (const way of ways) {
		it(`gives for ${way} the loss and the gradients of TensorFlow.js's CPU backend`, () => {
			const { program } = new Trainer(
				trainingGraph(way, { channels: 4, width: 8, depth: 2, groups: 2, norm: true }),
				...([task, recipe] as const)
			);
			const { values, labels } = picturesOf(task, recipe, 0);
			const judged = judge(program.forward(values, { isTraining: true }), labels);
			program.backward(judged.gradient);
			const learned = program.parameters.filter(({ isLearned }) => isLearned);
			tf.tidy(() => {
				const pictures = tf.tensor4d(Float32Array.from(values), [recipe.batch, 12, 12, 4]);
				const answers = tf.tensor2d([...labels], [recipe.batch, 1]);
				const lossOf = (...given: tf.Tensor[]) => {
					let x: tf.Tensor = pictures;
					for (const node of program.net.nodes) {
						const weight = (name: string) =>
							given[learned.findIndex((of) => of.node === node.id && of.spec.name === name)]!;
						x = apply(node, x, weight);
					}
					return tf.losses.sigmoidCrossEntropy(answers, x as tf.Tensor2D) as tf.Scalar;
				};
				const weights = learned.map(({ values: of, spec }) =>
					tf.tensor(Float32Array.from(of), [...spec.shape])
				);
				const { value, grads } = tf.valueAndGrads(lossOf)(weights);
				expect(judged.loss).toBeCloseTo(value.dataSync()[0]!, 5);
				grads.forEach((grad, i) => {
					const theirs = grad.dataSync();
					const scale = Math.max(...theirs.map(Math.abs), 1e-3);
					theirs.forEach((of, k) =>
						expect(Math.abs(learned[i]!.gradient[k]! - of)).toBeLessThan(1e-3 * scale)
					);
				});
			});
		});
	}
});
