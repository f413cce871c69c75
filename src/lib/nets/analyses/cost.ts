import type { Cost, GeometryOf, ParamCount } from '../../ops';
import type { ResolvedGraph, ResolvedNode } from '../resolve';

/** Parameters by what they are; the headline figure is `trainable`. */
export interface Params {
	/** Weights, biases, and scale and shift of batch norm. */
	readonly trainable: number;
	readonly weights: number;
	readonly biases: number;
	readonly bnTrainable: number;
	/** Moving mean and variance of batch norm, which are not trained. */
	readonly bnStatistics: number;
}

/** What a graph, or a part of it, costs. */
export interface GraphCost {
	readonly params: Params;
	/** Multiply-accumulates of convolutions and dense layers, taps on padding included. */
	readonly macs: number;
	/** 2 × MACs. */
	readonly flops: number;
	/** Nodes whose MACs are not known (`opaque`): where there are any, `macs`, `flops` and `otherOps` are lower bounds. */
	readonly uncounted: number;
	/**
	 * Nodes whose parameters are not known either: nobody says the shape of an operator that they stand behind, or what weights they have
	 * themselves. Where there are any, all figures are lower bounds. They are among `uncounted`.
	 */
	readonly unsized: number;
	/** Arithmetic beside the MACs: bias, batch norm, activation, pooling. */
	readonly otherOps: number;
	/** Bytes that the nodes read (inputs and weights) and write in float32, each tensor once a node. */
	readonly bytesMoved: number;
	/** FLOPs for each byte moved: what says whether arithmetic or memory sets the pace. */
	readonly intensity: number;
}

/** Costs of a resolved graph, and of each of its nodes by index. */
export function graphCost(resolved: ResolvedGraph): {
	readonly total: GraphCost;
	readonly nodes: readonly GraphCost[];
} {
	const costs = resolved.nodes.map((node) => node.operator.cost(node.geometry));
	const unsized = unsizedNodes(resolved);
	const parts = resolved.nodes.map((node, i): readonly Cost[] =>
		unsized.has(node) ? [] : [sharesWeights(resolved, node) ? { ...costs[i]!, params: none } : costs[i]!]
	);
	const nodes = resolved.nodes.map((node, i): GraphCost => ({
		...sumCosts(parts[i]!),
		uncounted: node.op === 'opaque' || unsized.has(node) ? 1 : 0,
		unsized: unsized.has(node) ? 1 : 0
	}));
	const uncounted = nodes.reduce((sum, node) => sum + node.uncounted, 0);
	return { total: { ...sumCosts(parts.flat()), uncounted, unsized: unsized.size }, nodes };
}

const none: ParamCount = { weight: 0, bias: 0, bnTrainable: 0, bnStatistics: 0 };

/** Whether the weights of a node are those of one before it, and are counted there. */
export function sharesWeights({ byId }: ResolvedGraph, { index, op, node }: ResolvedNode): boolean {
	const other = node.sharesWith === undefined ? undefined : byId.get(node.sharesWith);
	return other !== undefined && other.index < index && other.op === op && other.node.sharesWith === undefined;
}

/** The nodes that read what stands behind an operator whose shapes are guessed, and operators whose weights nobody knows. */
export function unsizedNodes(resolved: ResolvedGraph): ReadonlySet<ResolvedNode> {
	return new Set(
		resolved.nodes.filter(({ op, inputs, geometry }) =>
			op === 'opaque'
				? (geometry as GeometryOf<'opaque'>).unknownWeights
				: inputs.some(({ isGuess }) => isGuess)
		)
	);
}

function sumCosts(costs: readonly Cost[]): Omit<GraphCost, 'uncounted' | 'unsized'> {
	const sum = (of: (cost: Cost) => number) => costs.reduce((total, cost) => total + of(cost), 0);
	const macs = sum((cost) => cost.macs);
	const bytesMoved = sum((cost) => cost.bytesRead + cost.bytesWritten);
	return {
		params: paramsOf({
			weight: sum((cost) => cost.params.weight),
			bias: sum((cost) => cost.params.bias),
			bnTrainable: sum((cost) => cost.params.bnTrainable),
			bnStatistics: sum((cost) => cost.params.bnStatistics)
		}),
		macs,
		flops: 2 * macs,
		otherOps: sum((cost) => cost.otherOps),
		bytesMoved,
		intensity: bytesMoved === 0 ? 0 : (2 * macs) / bytesMoved
	};
}

function paramsOf({ weight, bias, bnTrainable, bnStatistics }: ParamCount): Params {
	return { trainable: weight + bias + bnTrainable, weights: weight, biases: bias, bnTrainable, bnStatistics };
}
