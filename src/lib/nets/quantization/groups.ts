import type { PadGeometry, PoolGeometry } from '../../ops';
import type { GraphTensor, ResolvedGraph, ResolvedNode } from '../resolve';

export type Activation = 'none' | 'relu' | 'relu6';

/** Nodes that one step on integers computes. */
export interface Group {
	/** In order; the last one's output is the group's. */
	readonly nodes: readonly ResolvedNode[];
	/** The one that says what is done: the first of them, but for padding. */
	readonly main: ResolvedNode;
	/** Zeros around the input, which become the convolution's own padding. */
	readonly pad: ResolvedNode | null;
	/** Folded into the weights of a convolution or dense layer. */
	readonly batchNorm: ResolvedNode | null;
	/** Clamps the result. */
	readonly activation: Activation;
	readonly inputs: readonly GraphTensor[];
	readonly output: GraphTensor;
}

/** What integers compute, or what is left out; softmax only as the end of a network, where its input is a real number. */
const computed: ReadonlySet<string> = new Set([
	...['pad', 'conv2d', 'dense', 'batchNorm', 'relu', 'relu6', 'add', 'concat', 'channelShuffle'],
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

function isComputed(node: ResolvedNode, resolved: ResolvedGraph): boolean {
	if (!computed.has(node.op)) return false;
	const [first, ...others] = node.inputs.map(({ shape }) => shape.join());
	if (node.op === 'softmax') return node.outputs[0] === resolved.output && node.outputs[0].shape[0] === 1;
	if (node.op === 'add') return others.length === 1 && others[0] === first;
	if (node.op === 'maxPool') return Math.max(...(node.geometry as PoolGeometry).dilation) === 1;
	if (node.op === 'pad')
		return (
			(node.geometry as PadGeometry).value === 0 && onlyReader(resolved, node.outputs[0])?.op === 'conv2d'
		);
	return true;
}

const weighted: ReadonlySet<string> = new Set(['conv2d', 'dense']);
/** What can clamp its result. */
const clamps: ReadonlySet<string> = new Set([
	...['conv2d', 'dense', 'batchNorm', 'add', 'concat', 'avgPool', 'globalAvgPool', 'relu', 'relu6']
]);

/**
 * The groups of a network, in an order in which they can be computed; a softmax at the end is left out.
 * @param isRounded whether a tensor has to be rounded before it is read, so that a group ends with it
 */
export function groupNodes(
	resolved: ResolvedGraph,
	isRounded: (tensor: GraphTensor) => boolean = () => false
): Group[] {
	const groups: Group[] = [];
	const taken = new Set<ResolvedNode>();
	for (const first of resolved.nodes) {
		if (taken.has(first) || first.op === 'dropout' || first.op === 'softmax') continue;
		const nodes = [first];
		const takeNext = (isWanted: (node: ResolvedNode) => boolean): ResolvedNode | null => {
			const last = nodes.at(-1)!;
			const next = onlyReader(resolved, last.outputs[0]);
			if (!next || !isWanted(next) || (last.op !== 'pad' && isRounded(last.outputs[0]))) return null;
			nodes.push(next);
			taken.add(next);
			return next;
		};
		const pad = first.op === 'pad' ? first : null;
		const main = (pad && takeNext(({ op }) => op === 'conv2d')) ?? first;
		const batchNorm = weighted.has(main.op) ? takeNext(({ op }) => op === 'batchNorm') : null;
		const own = activationOf(main);
		const following =
			own === 'none' && clamps.has(main.op) ? takeNext((node) => activationOf(node) !== 'none') : null;
		groups.push({
			...{ nodes, main, pad, batchNorm },
			activation: following ? activationOf(following) : own,
			inputs: first.inputs.map(beforeDropout),
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

/** Kinds whose results have the scale of what they read, unless they are brought to another. */
export const inherits: ReadonlySet<string> = new Set(['maxPool', 'globalMaxPool', 'channelShuffle']);

/** The group of the concatenation that alone reads a tensor, whose scale and activation can be that of the concatenation then. */
export function wholeOf(
	resolved: ResolvedGraph,
	groups: readonly Group[],
	tensor: GraphTensor
): Group | null {
	const producer = groups.find((group) => group.output === tensor);
	if (!producer || inherits.has(producer.main.op) || producer.main.op === 'concat') return null;
	const reader = onlyReader(resolved, tensor);
	return reader?.op === 'concat' ? groups.find(({ main }) => main === reader)! : null;
}

/**
 * Tensors that integers clamp by an activation that the graph has only later: parts of a concatenation before a ReLU. What the same
 * network gives there on real numbers has to be clamped as well before both are compared.
 */
export function clampedLater(resolved: ResolvedGraph): ReadonlyMap<string, Exclude<Activation, 'none'>> {
	const groups = groupNodes(resolved);
	return new Map(
		groups.flatMap(({ output }) => {
			const activation = wholeOf(resolved, groups, output)?.activation ?? 'none';
			return activation === 'none' ? [] : [[output.ref, activation] as const];
		})
	);
}

function readersOf(tensor: GraphTensor): ResolvedNode[] {
	return tensor.consumers.flatMap((node) => (node.op === 'dropout' ? readersOf(node.outputs[0]) : [node]));
}

const activationOf = ({ op }: ResolvedNode): Activation => (op === 'relu' || op === 'relu6' ? op : 'none');
