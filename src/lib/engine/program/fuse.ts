import type { GraphTensor, ResolvedGraph, ResolvedNode } from '../../nets';
import type { Activation } from '../kernels';
import { isWeighted, writesInPlace } from './method';

/** Nodes that run in one go. */
export interface Group {
	/** In order; the last one's outputs are the group's. */
	readonly nodes: ResolvedNode[];
	/** The convolution or dense layer, where it is one. */
	readonly weighted: ResolvedNode | null;
	batchNorm: ResolvedNode | null;
	activation: Activation;
	/** What is added before the activation. */
	residual: GraphTensor | null;
	/** For a concatenation in place: a group whose layer writes its part, or a tensor that is copied. */
	parts: readonly (Group | GraphTensor)[] | null;
}

/** Dropout changes nothing at inference: the tensor before it. */
export function beforeDropout(tensor: GraphTensor): GraphTensor {
	return tensor.producer?.op === 'dropout' ? beforeDropout(tensor.producer.inputs[0]) : tensor;
}

/**
 * Finds what runs together, in an order in which it can run.
 * @param kept tensors that are handed out, across which nothing is folded
 * @param kernels whether our own kernels run the convolutions, which also add and concatenate in place
 */
export function fuse(resolved: ResolvedGraph, stored: Iterable<GraphTensor>, kernels: boolean): Group[] {
	const ends = new Set([...stored].map(beforeDropout));
	const nodes = neededNodes(resolved, ends);
	const onlyReader = onlyReaders(nodes, ends);
	const byEnd = new Map<ResolvedNode, Group>();
	const taken = new Set<ResolvedNode>();

	for (const node of nodes) {
		if (taken.has(node)) continue;
		const group: Group = {
			nodes: [node],
			weighted: isWeighted(node) ? node : null,
			batchNorm: null,
			activation: 'none',
			residual: null,
			parts: null
		};
		const next = () => onlyReader(outputOf(group));
		const take = (taking: ResolvedNode) => {
			group.nodes.push(taking);
			taken.add(taking);
		};
		const takeActivation = () => {
			const reader = next();
			if (reader?.op !== 'relu' && reader?.op !== 'relu6') return;
			group.activation = reader.op;
			take(reader);
		};

		if (group.weighted) {
			const norm = next();
			if (norm?.op === 'batchNorm') {
				group.batchNorm = norm;
				take(norm);
			}
			const sum = next();
			if (kernels && sum?.op === 'add' && writesInPlace(node)) {
				const other = otherSummand(sum, outputOf(group));
				const isAlike = other?.shape.every((n, axis) => n === outputOf(group).shape[axis]);
				if (other && isAlike && !isTakenLater(other, sum, node)) {
					group.residual = other;
					take(sum);
				}
			}
			takeActivation();
		} else if (kernels && node.op === 'concat') {
			const parts = node.inputs.map((input) => {
				const tensor = beforeDropout(input);
				const part = tensor.producer && byEnd.get(tensor.producer);
				const fits = part?.weighted && !part.residual && writesInPlace(part.weighted);
				return fits && onlyReader(tensor) === node ? part : tensor;
			});
			const own = parts.filter((part) => 'nodes' in part);
			if (own.length > 0) {
				group.parts = parts;
				group.nodes.unshift(...own.flatMap((part) => part.nodes));
				for (const part of own) byEnd.delete(lastOf(part));
				takeActivation();
			}
		}
		byEnd.set(lastOf(group), group);
	}
	return [...byEnd.values()].sort((a, b) => lastOf(a).index - lastOf(b).index);

	/** Whether the other summand comes from a convolution further on, which will take the addition. */
	function isTakenLater(other: GraphTensor, sum: ResolvedNode, node: ResolvedNode): boolean {
		let producer = onlyReader(other) === sum ? other.producer : null;
		if (producer?.op === 'batchNorm') {
			const normed = beforeDropout(producer.inputs[0]);
			producer = onlyReader(normed) === producer ? normed.producer : null;
		}
		return producer !== null && producer.index > node.index && writesInPlace(producer);
	}
}

/** The nodes that these tensors are computed from, in order, without dropout. */
function neededNodes(resolved: ResolvedGraph, ends: Iterable<GraphTensor>): ResolvedNode[] {
	const needed = new Set<ResolvedNode>();
	const open = [...ends].flatMap(({ producer }) => producer ?? []);
	for (let node = open.pop(); node; node = open.pop()) {
		if (needed.has(node)) continue;
		needed.add(node);
		open.push(...node.inputs.flatMap(({ producer }) => producer ?? []));
	}
	return resolved.nodes.filter((node) => needed.has(node) && node.op !== 'dropout');
}

/** Finds the only node that reads a tensor, once; `null` where it is handed out or several do. */
function onlyReaders(
	nodes: readonly ResolvedNode[],
	ends: ReadonlySet<GraphTensor>
): (tensor: GraphTensor) => ResolvedNode | null {
	const readers = new Map<GraphTensor, ResolvedNode[]>();
	for (const node of nodes)
		for (const tensor of node.inputs.map(beforeDropout))
			readers.set(tensor, [...(readers.get(tensor) ?? []), node]);
	return (tensor) => {
		const all = readers.get(tensor) ?? [];
		return all.length === 1 && !ends.has(tensor) ? all[0]! : null;
	};
}

function otherSummand(sum: ResolvedNode, summand: GraphTensor): GraphTensor | null {
	if (sum.inputs.length !== 2) return null;
	return sum.inputs.map(beforeDropout).find((input) => input !== summand) ?? null;
}

const lastOf = (group: Group): ResolvedNode => group.nodes.at(-1)!;
const outputOf = (group: Group): GraphTensor => lastOf(group).outputs[0];
