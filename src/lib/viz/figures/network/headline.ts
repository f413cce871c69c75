import type { graphCost, ResolvedGraph } from '$lib/nets';
import type { Conventions } from './conventions';

/** The totals of a network as the conventions count them. */
export function headline(
	graph: ResolvedGraph,
	cost: ReturnType<typeof graphCost>,
	{ count, batchNorm, biases, classifier }: Conventions
): { readonly params: number; readonly operations: number } {
	const heads = graph.graph.blocks.filter(({ kind }) => kind === 'classifier').map(({ path }) => path);
	let params = 0;
	let macs = 0;
	for (const { index, node } of graph.nodes) {
		const own = cost.nodes[index];
		if (!own || (!classifier && heads.includes(node.block ?? ''))) continue;
		params += own.params.weights;
		if (biases) params += own.params.biases;
		if (batchNorm !== 'none') params += own.params.bnTrainable;
		if (batchNorm === 'all') params += own.params.bnStatistics;
		macs += own.macs;
	}
	return { params, operations: count === 'flops' ? 2 * macs : macs };
}
