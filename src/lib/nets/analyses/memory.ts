import { isValueByValue, sizeOf } from '../../ops';
import { graphCost } from './cost';
import type { GraphTensor, ResolvedGraph, ResolvedNode } from '../resolve';

/** Memory that a graph takes at inference, batch 1. */
export interface GraphMemory {
	/** Bytes of all parameters, statistics of batch norm included. */
	readonly weightBytes: number;
	/** Bytes of all tensors, inputs included, as if all were kept. */
	readonly activationBytes: number;
	/** Most bytes of tensors alive at once when nodes run in order and a tensor goes after its last reader. */
	readonly peakBytes: number;
	/** The node at which that is. */
	readonly peakNode: ResolvedNode;
	/** Bytes of tensors alive while each node runs, its output included, by index. */
	readonly liveBytes: readonly number[];
}

/**
 * Memory of a graph whose values take `bytesPerValue` (4: float32, 2: float16, 1: int8). Value by value operators with one
 * input work in place where nobody else reads it, as every framework does it with fused or in-place ReLU and batch norm.
 */
export function graphMemory(resolved: ResolvedGraph, bytesPerValue = 4): GraphMemory {
	const { params } = graphCost(resolved).total;
	const bytes = (tensor: GraphTensor) => sizeOf(tensor.shape) * bytesPerValue;
	const sum = (tensors: readonly GraphTensor[]) =>
		tensors.reduce((total, tensor) => total + bytes(tensor), 0);

	const lastReader = resolved.tensors.map((tensor) =>
		resolved.outputs.includes(tensor)
			? Infinity
			: (tensor.consumers.at(-1)?.index ?? tensor.producer?.index ?? -1)
	);
	const liveBytes: number[] = [];
	let alive = sum(resolved.tensors.filter((tensor) => tensor.producer === null));
	let peak = { bytes: 0, node: resolved.nodes[0]! };
	for (const node of resolved.nodes) {
		const during = alive + (isInPlace(node) ? 0 : sum(node.outputs));
		liveBytes.push(during);
		if (during > peak.bytes) peak = { bytes: during, node };
		const gone = [...new Set([...node.inputs, ...node.outputs])].filter(
			(tensor) => lastReader[tensor.index] === node.index
		);
		alive += sum(node.outputs) - sum(gone);
	}
	return {
		weightBytes: (params.trainable + params.bnStatistics) * bytesPerValue,
		activationBytes: sum(resolved.tensors),
		peakBytes: peak.bytes,
		peakNode: peak.node,
		liveBytes
	};
}

function isInPlace(node: ResolvedNode): boolean {
	const [input] = node.inputs;
	if (!isValueByValue(node.operator, node.geometry)) return false;
	return input?.consumers.length === 1 && input.producer !== null;
}
