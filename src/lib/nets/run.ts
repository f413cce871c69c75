import { sizeOf, zeros, type Tensor, type Weights, type WeightSpec } from '../ops';
import type { GraphTensor, ResolvedGraph } from './resolve';

/** Weights of a graph by node id, and of each node by name. */
export type GraphWeights = Readonly<Record<string, Weights>>;

/** The weights that a graph needs, by node, nodes without weights left out. */
export function weightSpecs(
	resolved: ResolvedGraph
): { readonly id: string; readonly specs: readonly WeightSpec[] }[] {
	return resolved.nodes
		.map((node) => ({ id: node.id, specs: node.operator.weights(node.geometry) }))
		.filter(({ specs }) => specs.length > 0);
}

/**
 * Runs a graph by the operators of `ops`, node by node: the reference that faster engines are checked against.
 * @param inputs tensors in the order of the graph's inputs
 * @returns all tensors, by tensor index
 */
export function runGraph(
	resolved: ResolvedGraph,
	inputs: readonly Tensor[],
	weights: GraphWeights
): Tensor[] {
	const values: Tensor[] = [...inputs];
	for (const node of resolved.nodes) {
		const read = node.inputs.map((tensor) => values[tensor.index]!);
		values.push(...node.operator.run(read, weights[node.id] ?? {}, node.geometry));
	}
	return values;
}

/** The tensor of logits: what the softmax at the end reads, or the output of a graph that ends without one. */
export function logitsOf({ output }: ResolvedGraph): GraphTensor {
	return output.producer?.op === 'softmax' ? output.producer.inputs[0] : output;
}

/** Random weights of a whole graph; see {@link randomWeight}. */
export function randomWeights(resolved: ResolvedGraph, seed: number): GraphWeights {
	return Object.fromEntries(
		weightSpecs(resolved).map(({ id, specs }) => [
			id,
			Object.fromEntries(specs.map((spec) => [spec.name, randomWeight(id, spec, seed)]))
		])
	);
}

/**
 * Random values of one weight, the same for the same node, name and seed whatever else the graph holds. Kernels are uniform
 * with variance 2 / inputs (He et al. 2015), so that activations neither vanish nor explode through many layers; variances
 * of batch norm lie between 0.5 and 1.5.
 */
export function randomWeight(id: string, spec: WeightSpec, seed: number): Tensor<readonly number[]> {
	const random = randomNumbers(`${seed} ${id} ${spec.name}`);
	const [centre, reach] = RANGES[spec.name] ?? [0, Math.sqrt(6 / sizeOf(spec.shape.slice(0, -1)))];
	const tensor = zeros(spec.shape);
	for (let i = 0; i < tensor.data.length; i++) tensor.data[i] = centre + reach * (2 * random() - 1);
	return tensor;
}

/** Middle and reach of the weights that are not kernels. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
	bias: [0, 0.1],
	gamma: [1, 0.1],
	beta: [0, 0.1],
	mean: [0, 0.1],
	variance: [1, 0.5]
};

/** Random numbers from 0 to below 1, seeded by a text (mulberry32 over an FNV-1a hash). */
export function randomNumbers(seed: string): () => number {
	let state = 0x811c9dc5;
	for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}
