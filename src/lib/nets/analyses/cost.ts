import type { Cost, ParamCount } from '../../ops';
import type { ResolvedGraph } from '../resolve';

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
	const unknown = resolved.nodes.map((node) => (node.op === 'opaque' ? 1 : 0));
	const uncounted = unknown.reduce((sum: number, one) => sum + one, 0);
	return {
		total: { ...sumCosts(costs), uncounted },
		nodes: costs.map((cost, i) => ({ ...sumCosts([cost]), uncounted: unknown[i]! }))
	};
}

function sumCosts(costs: readonly Cost[]): Omit<GraphCost, 'uncounted'> {
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
