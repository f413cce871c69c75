import type { ResolvedGraph, ResolvedNode } from './resolve';
import type { Graph, GraphInput, GraphNode } from './types';

/**
 * The nodes that `keep` accepts as a graph of their own, so that a block or a stage can be looked at by itself. Each tensor
 * that they read from outside becomes an input; the output is that of the last node.
 * @throws {RangeError} where no node is kept.
 */
export function subgraph(
	{ graph, nodes, byRef }: ResolvedGraph,
	keep: (node: ResolvedNode) => boolean
): Graph {
	const stored = nodes.filter(keep);
	const last = stored.at(-1);
	if (!last) throw new RangeError(`no node of ${graph.name} is kept`);
	const ids = new Set(stored.map(({ id }) => id));
	const inputs = new Map<string, GraphInput>();
	const reads = (ref: string): string => {
		const tensor = byRef.get(ref);
		if (!tensor || (tensor.producer && ids.has(tensor.producer.id))) return ref;
		// The second output of a split is `id:1`, which cannot be the id of an input.
		const id = ref.replace(':', '.');
		inputs.set(id, { id, shape: tensor.shape });
		return id;
	};
	const cut = stored.map(({ node }) => ({ ...node, inputs: node.inputs.map(reads) }) as GraphNode);
	const paths = new Set(cut.flatMap(({ block }) => (block === undefined ? [] : pathsOf(block))));
	return {
		name: graph.name,
		inputs: [...inputs.values()],
		nodes: cut,
		output: last.outputs.at(-1)?.ref ?? last.id,
		blocks: graph.blocks.filter(({ path }) => paths.has(path))
	};
}

/** A block's path and those of the blocks around it, outermost first: `stage2/unit1` gives `stage2` and `stage2/unit1`. */
export function pathsOf(block: string): string[] {
	const steps = block.split('/');
	return steps.map((_, depth) => steps.slice(0, depth + 1).join('/'));
}

/**
 * The graph with every channel shuffle left as it is found: one of a single group, which moves nothing. The nodes stay, so
 * that the two graphs can be laid side by side.
 */
export function withoutShuffle(graph: Graph): Graph {
	return {
		...graph,
		nodes: graph.nodes.map((node) =>
			node.op === 'channelShuffle' ? { ...node, options: { groups: 1 } } : node
		)
	};
}

/** The graph with every grouped 1×1 convolution over all channels instead, and so without need of a shuffle. */
export function withPointwise(graph: Graph): Graph {
	const { nodes, ...rest } = withoutShuffle(graph);
	return {
		...rest,
		nodes: nodes.map((node) =>
			node.op === 'conv2d' && isGroupedPointwise(node.options)
				? { ...node, options: { ...node.options, groups: 1 } }
				: node
		)
	};
}

function isGroupedPointwise({
	kernelSize,
	groups = 1
}: Extract<GraphNode, { op: 'conv2d' }>['options']): boolean {
	return groups > 1 && [kernelSize].flat().every((side) => side === 1);
}
