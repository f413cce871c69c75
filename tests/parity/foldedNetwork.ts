import {
	foldBatchNorm,
	resolveGraph,
	type GraphNode,
	type ResolvedGraph,
	type TrainedWeights
} from '../../src/lib/nets';
import { equalized, type ChannelFactors } from '../../src/lib/nets/quantization/equalize';
import { groupNodes } from '../../src/lib/nets/quantization/groups';
import type { Conv2dGeometry } from '../../src/lib/ops';

/**
 * A trained network as tools for quantisation see it: batch norm is folded into weights.
 * @param factors what channels are divided by before they are rounded
 * @returns also what tensors are called that batch norm gave
 */
export function foldedNetwork(
	resolved: ResolvedGraph,
	weights: TrainedWeights,
	factors: ChannelFactors = new Map()
) {
	const groups = new Map(groupNodes(resolved).map((group) => [group.main, group]));
	const names = new Map<string, string>();
	const folded: Record<string, TrainedWeights[string]> = {};
	const nodes = resolved.nodes.flatMap((of): GraphNode[] => {
		const { id, op, node, inputs, outputs } = of;
		const inputRefs = inputs.map(({ ref }) => names.get(ref) ?? ref);
		if (op === 'batchNorm') {
			names.set(outputs[0].ref, inputRefs[0]!);
			return [];
		}
		const renamed = { ...node, inputs: inputRefs };
		if (op !== 'conv2d' && op !== 'dense') return [renamed];
		const group = groups.get(of)!;
		const { kernel, bias } = equalized(
			foldBatchNorm(weights, of, group.batchNorm),
			{ inputs: inputs[0].shape[2], groups: op === 'conv2d' ? (of.geometry as Conv2dGeometry).groups : 1 },
			factors.get(group.inputs[0]!.ref),
			factors.get(group.output.ref)
		);
		folded[id] = {
			kernel: { shape: weights[id]!['kernel']!.shape, data: kernel },
			bias: { shape: [bias.length], data: bias }
		};
		return [{ ...renamed, options: { ...node.options, bias: true } } as GraphNode];
	});
	return { resolved: resolveGraph({ ...resolved.graph, nodes, blocks: [] }), weights: folded, names };
}
