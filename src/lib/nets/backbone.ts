import type { GraphTensor, ResolvedGraph, ResolvedNode } from './resolve';
import type { Graph, GraphNode } from './types';

/**
 * What the classifier of a network reads: the input of its last convolution or dense layer, before dropout. Averaged over all
 * places these are its features; for SqueezeNet, which pools scores of classes, those of fire9. `null` where a network gives no row
 * of classes, or none of these layers leads to it.
 */
export function featuresOf({ output }: ResolvedGraph): GraphTensor | null {
	const [height, width] = output.shape;
	if (height * width > 1) return null;
	let node: ResolvedNode | null = output.producer;
	while (node && node.op !== 'dense' && node.op !== 'conv2d') {
		if (node.inputs.length > 1 || node.op === 'opaque') return null;
		node = node.inputs[0].producer;
	}
	if (!node) return null;
	let read = node.inputs[0];
	while (read.producer?.op === 'dropout') read = read.producer.inputs[0];
	return read.producer ? read : null;
}

/**
 * A network up to its features, with another classifier behind them: average over all places, a dense layer, softmax.
 * @param features of {@link featuresOf}
 */
export function withHead(
	{ graph, byId }: ResolvedGraph,
	features: GraphTensor,
	{ name, classes }: { readonly name: string; readonly classes: number }
): { readonly graph: Graph; readonly dense: string } {
	const needed = new Set<string>();
	const open = features.producer ? [features.producer] : [];
	for (let node = open.pop(); node; node = open.pop()) {
		if (needed.has(node.id)) continue;
		needed.add(node.id);
		open.push(...node.inputs.flatMap(({ producer }) => producer ?? []));
	}
	const nodes: GraphNode[] = graph.nodes.filter(({ id }) => needed.has(id));
	const idOf = (wanted: string): string => (byId.has(wanted) ? idOf(`own_${wanted}`) : wanted);
	const ids = { pool: idOf('features'), dense: idOf('classes'), softmax: idOf('probabilities') };
	const [height, width] = features.shape;
	const isPooled = height * width === 1;
	const block = 'own_classes';
	if (!isPooled)
		nodes.push({ id: ids.pool, op: 'globalAvgPool', options: {}, inputs: [features.ref], block });
	nodes.push(
		{
			id: ids.dense,
			op: 'dense',
			options: { outChannels: classes, bias: true },
			inputs: [isPooled ? features.ref : ids.pool],
			block
		},
		{ id: ids.softmax, op: 'softmax', options: {}, inputs: [ids.dense], block }
	);
	const paths = new Set(
		nodes.flatMap(
			({ block: path }) => path?.split('/').map((_, i, steps) => steps.slice(0, i + 1).join('/')) ?? []
		)
	);
	const read = new Set(nodes.flatMap(({ inputs }) => inputs));
	return {
		graph: {
			name,
			inputs: graph.inputs.filter(({ id }) => read.has(id)),
			nodes,
			output: ids.softmax,
			blocks: [
				...graph.blocks.filter(({ path }) => paths.has(path) && path !== block),
				{ path: block, kind: 'classifier' }
			]
		},
		dense: ids.dense
	};
}
