import type { BatchNormGeometry } from '../ops';
import type { ResolvedNode } from './resolve';

/** Trained weights by node and name, such as `weights['conv1']['kernel']`; row-major. */
export type TrainedWeights = Readonly<
	Record<string, Readonly<Record<string, { readonly shape: readonly number[]; readonly data: Float32Array }>>>
>;

/** A layer's kernel and bias with the batch norm after it folded in; outputs are the kernel's last axis. */
export interface Folded {
	readonly kernel: Float32Array;
	readonly bias: Float32Array;
}

/** Folds the batch norm after a layer into its kernel and bias. */
export function foldBatchNorm(
	weights: TrainedWeights,
	weighted: ResolvedNode,
	batchNorm: ResolvedNode | null
): Folded {
	const kernel = weightOf(weights, weighted, 'kernel');
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
	weights: TrainedWeights,
	node: ResolvedNode
): { readonly factor: Float32Array; readonly shift: Float32Array } {
	const { epsilon, scale, center } = node.geometry as BatchNormGeometry;
	const mean = weightOf(weights, node, 'mean');
	const variance = weightOf(weights, node, 'variance');
	const gamma = scale ? weightOf(weights, node, 'gamma') : null;
	const beta = center ? weightOf(weights, node, 'beta') : null;
	const factor = variance.map((value, c) => (gamma?.[c] ?? 1) / Math.sqrt(value + epsilon));
	return { factor, shift: mean.map((value, c) => (beta?.[c] ?? 0) - value * factor[c]!) };
}

/** Values of a weight. Throws a `RangeError` where there is none. */
function weightOf(weights: TrainedWeights, node: ResolvedNode, name: string): Float32Array {
	const found = weights[node.id]?.[name];
	if (!found) throw new RangeError(`${node.id} has no ${name}`);
	return found.data;
}
