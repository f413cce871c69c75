import { readFileSync } from 'node:fs';
import { parseCard } from '../../src/lib/engine/card';
import { foldBatchNorm, resolveGraph, type GraphNode, type TrainedWeights } from '../../src/lib/nets';
import { onlyReader } from '../../src/lib/nets/quantization/groups';
import { readBundled } from '../../tools/weights/bundled';

/** A trained set as tools for quantisation see it: batch norm is folded into weights. With the ranges of its tensors. */
export function foldedSet(id: string) {
	const { resolved, weights } = readBundled(id);
	const { ranges } = parseCard(readFileSync(`static/weights/${id}/card.json`, 'utf8')).quantization!;
	const gone = new Map<string, string>();
	const folded: Record<string, TrainedWeights[string]> = {};
	const nodes = resolved.nodes.flatMap(({ id: of, op, node, inputs, outputs, ...own }): GraphNode[] => {
		const inputRefs = inputs.map(({ ref }) => gone.get(ref) ?? ref);
		if (op === 'batchNorm') {
			gone.set(outputs[0].ref, inputRefs[0]!);
			return [];
		}
		const renamed = { ...node, inputs: inputRefs };
		if (op !== 'conv2d' && op !== 'dense') return [renamed];
		const next = onlyReader(resolved, outputs[0]);
		const { kernel, bias } = foldBatchNorm(
			weights,
			{ id: of, op, node, inputs, outputs, ...own },
			next?.op === 'batchNorm' ? next : null
		);
		folded[of] = {
			kernel: { shape: weights[of]!['kernel']!.shape, data: kernel },
			bias: { shape: [bias.length], data: bias }
		};
		return [{ ...renamed, options: { ...node.options, bias: true } } as GraphNode];
	});
	return { resolved: resolveGraph({ ...resolved.graph, nodes, blocks: [] }), weights: folded, ranges };
}
