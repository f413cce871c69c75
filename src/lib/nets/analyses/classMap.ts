import { type AvgPoolGeometry, type Conv2dGeometry, sizeOf } from '../../ops';
import type { GraphTensor, ResolvedGraph, ResolvedNode } from '../resolve';
import { logitsOf } from '../run';

/**
 * How a network's score of a class is an average over positions, so that it can be told which position brought how much:
 * - `linear`: features are averaged over all positions, and one linear layer (`scorer`) makes scores of the averages;
 * - `direct`: a map of each class is averaged to its score.
 */
export interface ClassMapForm {
	readonly kind: 'linear' | 'direct';
	/** What is averaged: features, or the classes' own maps. */
	readonly features: GraphTensor;
	readonly scorer: ResolvedNode | null;
	/** What comes of the average and the linear layer: a score for each class. */
	readonly logits: GraphTensor;
	readonly classes: number;
}

/**
 * Finds the form of a network's end, from the graph alone; `null` where it has none.
 * Source: Zhou et al., "Learning Deep Features for Discriminative Localization", CVPR 2016.
 */
export function classMapForm(resolved: ResolvedGraph): ClassMapForm | null {
	const logits = logitsOf(resolved);
	const classes = logits.shape[2];
	const direct = averaged(beforeDropout(logits));
	if (direct) return { kind: 'direct', features: direct, scorer: null, logits, classes };
	const scorer = logits.producer;
	if (!scorer || !isLinear(scorer)) return null;
	const features = averaged(beforeDropout(scorer.inputs[0]));
	return features && { kind: 'linear', features, scorer, logits, classes };
}

/**
 * What each position brings to the score of a class, row-major: their average, and the bias, are the score.
 * @param features values of the form's features
 * @param kernel of the scorer, `[…, features, classes]`; none in the direct form
 */
export function classMap(
	form: ClassMapForm,
	index: number,
	features: ArrayLike<number>,
	kernel?: ArrayLike<number>
): Float64Array {
	const [height, width, channels] = form.features.shape;
	const map = new Float64Array(height * width);
	for (let position = 0; position < map.length; position++) {
		const start = position * channels;
		if (!kernel) {
			map[position] = features[start + index]!;
			continue;
		}
		let sum = 0;
		for (let c = 0; c < channels; c++) sum += features[start + c]! * kernel[c * form.classes + index]!;
		map[position] = sum;
	}
	return map;
}

/** Dropout changes nothing at inference. */
function beforeDropout(tensor: GraphTensor): GraphTensor {
	return tensor.producer?.op === 'dropout' ? beforeDropout(tensor.producer.inputs[0]) : tensor;
}

/** What this tensor is the average of over all positions; `null` where it is none. */
function averaged({ producer }: GraphTensor): GraphTensor | null {
	const input = producer?.inputs[0];
	if (!producer || !input || sizeOf(input.shape.slice(0, 2)) < 2) return null;
	if (producer.op === 'globalAvgPool') return input;
	if (producer.op !== 'avgPool') return null;
	const { outputSize, kernelSize, padding } = producer.geometry as AvgPoolGeometry;
	const isWhole = sizeOf(outputSize) === 1 && kernelSize.every((size, axis) => size === input.shape[axis]);
	return isWhole && Object.values(padding).every((side) => side === 0) ? input : null;
}

/** One score of all channels: a dense layer, or a 1×1 convolution of one position. */
function isLinear(node: ResolvedNode): boolean {
	const [shape] = node.geometry.inputs;
	if (!shape || shape[0] !== 1 || shape[1] !== 1) return false;
	if (node.op === 'dense') return true;
	if (node.op !== 'conv2d') return false;
	const { groups, kernelSize } = node.geometry as Conv2dGeometry;
	return groups === 1 && sizeOf(kernelSize) === 1;
}
