import {
	randomWeight,
	weightSpecs,
	type GraphWeights,
	type ResolvedGraph,
	type ResolvedNode
} from '../../nets';
import type { NetworkWeights, WeightArray } from '../../formats/tensors';
import type { BatchNormGeometry } from '../../ops';

/** The reference interpreter's weights, rounded to float32. */
export function toFloat32(weights: GraphWeights): NetworkWeights {
	return mapValues(weights, (ofNode) =>
		mapValues(ofNode, ({ shape, data }) => ({ shape, data: Float32Array.from(data) }))
	);
}

/** Seeded random weights for an untrained network: kernels by He et al. (2015); see `randomWeight` in `nets`. */
export function randomNetworkWeights(resolved: ResolvedGraph, seed: number): NetworkWeights {
	return Object.fromEntries(
		weightSpecs(resolved).map(({ id, specs }) => [
			id,
			Object.fromEntries(
				specs.map((spec) => {
					const { shape, data } = randomWeight(id, spec, seed);
					return [spec.name, { shape, data: Float32Array.from(data) }];
				})
			)
		])
	);
}

/** A layer's kernel and bias with the batch norm after it folded in; outputs are the kernel's last axis. */
export interface Folded {
	readonly kernel: Float32Array;
	readonly bias: Float32Array;
}

/** Folds the batch norm after a layer into its kernel and bias. */
export function foldBatchNorm(
	weights: NetworkWeights,
	weighted: ResolvedNode,
	batchNorm: ResolvedNode | null
): Folded {
	const kernel = weightOf(weights, weighted, 'kernel').data;
	const outputs = weighted.outputs[0].shape[2];
	const bias = weights[weighted.id]?.['bias']?.data ?? new Float32Array(outputs);
	if (!batchNorm) return { kernel, bias };
	const { factor, shift } = scaleAndShift(weights, batchNorm);
	return {
		kernel: kernel.map((value, i) => value * factor[i % outputs]!),
		bias: bias.map((value, c) => value * factor[c]! + shift[c]!)
	};
}

/** Batch norm as one factor and one summand a channel. */
export function scaleAndShift(
	weights: NetworkWeights,
	node: ResolvedNode
): { readonly factor: Float32Array; readonly shift: Float32Array } {
	const { epsilon, scale, center } = node.geometry as BatchNormGeometry;
	const mean = weightOf(weights, node, 'mean').data;
	const variance = weightOf(weights, node, 'variance').data;
	const gamma = scale ? weightOf(weights, node, 'gamma').data : null;
	const beta = center ? weightOf(weights, node, 'beta').data : null;
	const factor = variance.map((value, c) => (gamma?.[c] ?? 1) / Math.sqrt(value + epsilon));
	return { factor, shift: mean.map((value, c) => (beta?.[c] ?? 0) - value * factor[c]!) };
}

/** Values of a weight. Throws a `RangeError` where there is none. */
function weightOf(weights: NetworkWeights, node: ResolvedNode, name: string): WeightArray {
	const found = weights[node.id]?.[name];
	if (!found) throw new RangeError(`${node.id} has no ${name}`);
	return found;
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
	return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
