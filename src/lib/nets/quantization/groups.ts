import type { PoolGeometry } from '../../ops';
import type { GraphTensor, ResolvedGraph, ResolvedNode } from '../resolve';

export type Activation = 'none' | 'relu' | 'relu6';

/** Nodes that one step on integers computes. */
export interface Group {
	/** In order; the last one's output is the group's. */
	readonly nodes: readonly ResolvedNode[];
	/** The first of them, which says what is done. */
	readonly main: ResolvedNode;
	/** Folded into the weights of a convolution or dense layer. */
	readonly batchNorm: ResolvedNode | null;
	/** Clamps the result. */
	readonly activation: Activation;
	readonly inputs: readonly GraphTensor[];
	readonly output: GraphTensor;
}

/** What integers compute, or what is left out; softmax only as the end of a network, where its input is a real number. */
const computed: ReadonlySet<string> = new Set([
	...['conv2d', 'dense', 'batchNorm', 'relu', 'relu6', 'add', 'concat', 'channelShuffle'],
	...['maxPool', 'avgPool', 'globalAvgPool', 'globalMaxPool', 'dropout', 'softmax']
]);

/** Dropout changes nothing: the tensor before it. */
export function beforeDropout(tensor: GraphTensor): GraphTensor {
	return tensor.producer?.op === 'dropout' ? beforeDropout(tensor.producer.inputs[0]) : tensor;
}

/** Why a network cannot be computed with integers: the first node that cannot, any where it has several inputs or outputs. */
export function notComputed(resolved: ResolvedGraph): ResolvedNode | null {
	if (resolved.graph.inputs.length > 1 || resolved.outputs.length > 1) return resolved.nodes[0] ?? null;
	return resolved.nodes.find((node) => !isComputed(node, resolved)) ?? null;
}

function isComputed(node: ResolvedNode, { output }: ResolvedGraph): boolean {
	if (!computed.has(node.op)) return false;
	const [first, ...others] = node.inputs.map(({ shape }) => shape.join());
	if (node.op === 'softmax') return node.outputs[0] === output && node.outputs[0].shape[0] === 1;
	if (node.op === 'add') return others.length === 1 && others[0] === first;
	if (node.op === 'maxPool') return Math.max(...(node.geometry as PoolGeometry).dilation) === 1;
	return true;
}

const weighted: ReadonlySet<string> = new Set(['conv2d', 'dense']);
/** What can clamp its result. */
const clamps: ReadonlySet<string> = new Set([
	...['conv2d', 'dense', 'batchNorm', 'add', 'concat', 'avgPool', 'globalAvgPool', 'relu', 'relu6']
]);

/** The groups of a network, in an order in which they can be computed; a softmax at the end is left out. */
export function groupNodes(resolved: ResolvedGraph): Group[] {
	const groups: Group[] = [];
	const taken = new Set<ResolvedNode>();
	for (const main of resolved.nodes) {
		if (taken.has(main) || main.op === 'dropout' || main.op === 'softmax') continue;
		const nodes = [main];
		const takeNext = (isWanted: (node: ResolvedNode) => boolean): ResolvedNode | null => {
			const next = onlyReader(resolved, nodes.at(-1)!.outputs[0]);
			if (!next || !isWanted(next)) return null;
			nodes.push(next);
			taken.add(next);
			return next;
		};
		const batchNorm = weighted.has(main.op) ? takeNext(({ op }) => op === 'batchNorm') : null;
		const own = activationOf(main);
		const following =
			own === 'none' && clamps.has(main.op) ? takeNext((node) => activationOf(node) !== 'none') : null;
		groups.push({
			...{ nodes, main, batchNorm },
			activation: following ? activationOf(following) : own,
			inputs: main.inputs.map(beforeDropout),
			output: nodes.at(-1)!.outputs[0]
		});
	}
	return groups.sort((a, b) => a.nodes.at(-1)!.index - b.nodes.at(-1)!.index);
}

/** The node that alone reads a tensor, once, beyond dropout; `null` where several do, or where it is the graph's output. */
export function onlyReader(resolved: ResolvedGraph, tensor: GraphTensor): ResolvedNode | null {
	if (resolved.outputs.some((output) => beforeDropout(output) === tensor)) return null;
	const [reader, ...others] = readersOf(tensor);
	if (!reader || others.length > 0) return null;
	return reader.inputs.filter((input) => beforeDropout(input) === tensor).length === 1 ? reader : null;
}

function readersOf(tensor: GraphTensor): ResolvedNode[] {
	return tensor.consumers.flatMap((node) => (node.op === 'dropout' ? readersOf(node.outputs[0]) : [node]));
}

const activationOf = ({ op }: ResolvedNode): Activation => (op === 'relu' || op === 'relu6' ? op : 'none');
