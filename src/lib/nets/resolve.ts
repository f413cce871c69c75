import {
	operatorOf,
	type Geometry,
	type GeometryOf,
	type Kind,
	type Operator,
	type Shape,
	type Some
} from '../ops';
import { geometryOf } from './builder';
import { GraphError, asking, nearestWord, quote } from './errors';
import { graphLimits, type Graph, type GraphNode } from './types';
import { checkMost, checkNames, checkOptions, checkSize, transposedPositions } from './validate';

/** A tensor of a resolved graph: an input of the graph, or an output of a node. */
export interface GraphTensor {
	/** Index in {@link ResolvedGraph.tensors}. */
	readonly index: number;
	/** `id`, or `id:k` for a node of several outputs. */
	readonly ref: string;
	readonly shape: Shape;
	/** The node that computes it; `null` for an input of the graph. */
	readonly producer: ResolvedNode | null;
	/** Which of the producer's outputs it is. */
	readonly output: number;
	/** The nodes that read it, in order. */
	readonly consumers: readonly ResolvedNode[];
	/** Whether its shape is a guess, since nobody says what an operator before it gives. */
	readonly isGuess: boolean;
}

/** A node with its geometry and the tensors that it reads and writes. */
export interface ResolvedNode {
	/** Position in topological order. */
	readonly index: number;
	readonly id: string;
	readonly op: Kind;
	readonly node: GraphNode;
	/** The operator of this kind, its options resolved into `geometry`. */
	readonly operator: Operator<object>;
	readonly geometry: Geometry;
	readonly inputs: Some<GraphTensor>;
	readonly outputs: Some<GraphTensor>;
}

/** A graph that has been checked, sorted and measured: what every analysis takes. */
export interface ResolvedGraph {
	readonly graph: Graph;
	/** In topological order; the order in which they were written, where that is one. */
	readonly nodes: readonly ResolvedNode[];
	readonly byId: ReadonlyMap<string, ResolvedNode>;
	/** Inputs of the graph first, then outputs of the nodes in order. */
	readonly tensors: Some<GraphTensor>;
	readonly byRef: ReadonlyMap<string, GraphTensor>;
	readonly output: GraphTensor;
	/** All outputs, `output` first. */
	readonly outputs: readonly GraphTensor[];
}

/**
 * Checks a graph, sorts it and resolves each operator once.
 * @throws {GraphError} that names the node and says what would be right.
 */
export function resolveGraph(graph: Graph): ResolvedGraph {
	checkNames(graph);
	const nodes: ResolvedNode[] = [];
	const byId = new Map<string, ResolvedNode>();
	const tensors: Mutable<GraphTensor>[] = [];
	const byRef = new Map<string, GraphTensor>();
	const addTensor = (
		ref: string,
		shape: Shape,
		producer: ResolvedNode | null = null,
		output = 0,
		isGuess = false
	) => {
		checkSize(ref, shape);
		checkMost('tooLarge', ref, 'tensors', tensors.length + 1, graphLimits.tensors);
		const tensor = { index: tensors.length, ref, shape, producer, output, consumers: [], isGuess };
		tensors.push(tensor);
		byRef.set(ref, tensor);
		return tensor;
	};
	for (const { id, shape } of graph.inputs) addTensor(id, shape);

	let positions = 0;
	for (const node of sortNodes(graph)) {
		const inputs = node.inputs.map((ref) => findTensor(byRef, byId, ref, node.id));
		const shapes = inputs.map((tensor) => tensor.shape);
		checkOptions(node);
		if (node.op === 'transposedConv2d') {
			positions += transposedPositions(node, shapes);
			checkMost('tooLarge', node.id, 'output positions', positions, graphLimits.transposedPositions);
		}
		const geometry = geometryOf(node.id, node.op, shapes, node.options);
		const outputs: GraphTensor[] = [];
		const operator = operatorOf(node.op);
		const resolved = {
			index: nodes.length,
			id: node.id,
			op: node.op,
			node,
			operator,
			geometry,
			// A node without inputs has no geometry, and every geometry has an output.
			inputs: inputs as readonly GraphTensor[] as Some<GraphTensor>,
			outputs: outputs as readonly GraphTensor[] as Some<GraphTensor>
		};
		// An opaque operator is as well known as its shapes are.
		const isGuess =
			node.op === 'opaque'
				? (geometry as GeometryOf<'opaque'>).guessed
				: inputs.some((tensor) => tensor.isGuess);
		geometry.outputs.forEach((shape, k) => {
			const ref = geometry.outputs.length === 1 ? node.id : `${node.id}:${k}`;
			outputs.push(addTensor(ref, shape, resolved, k, isGuess));
		});
		for (const tensor of new Set(inputs)) (tensor.consumers as ResolvedNode[]).push(resolved);
		nodes.push(resolved);
		byId.set(node.id, resolved);
	}
	const outputs = [graph.output, ...(graph.otherOutputs ?? [])].map((ref) =>
		findTensor(byRef, byId, ref, null)
	);
	return {
		graph,
		nodes,
		byId,
		tensors: tensors as readonly GraphTensor[] as Some<GraphTensor>,
		byRef,
		output: outputs[0]!,
		outputs
	};
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Topological order by depth first search from each node in the order written, which keeps an order that is one. */
function sortNodes(graph: Graph): GraphNode[] {
	const byId = new Map(graph.nodes.map((node) => [node.id, node]));
	const inputs = new Set(graph.inputs.map(({ id }) => id));
	const sorted: GraphNode[] = [];
	const state = new Map<string, 'open' | 'done'>();
	// Nodes that wait for what they read, with how many of their inputs are done: a stack of our own, since chains are long.
	const path: { readonly node: GraphNode; next: number }[] = [];
	const enter = (node: GraphNode): void => {
		if (state.get(node.id) === 'done') return;
		if (state.get(node.id) === 'open') {
			const ids = path.map((waiting) => waiting.node.id);
			const cycle = [...ids.slice(ids.indexOf(node.id)), node.id].join(' → ');
			throw new GraphError('cycle', `it reads what depends on itself: ${cycle}`, { path: cycle }, node.id);
		}
		state.set(node.id, 'open');
		path.push({ node, next: 0 });
	};
	for (const start of graph.nodes) {
		enter(start);
		for (let last = path.at(-1); last; last = path.at(-1)) {
			const { node } = last;
			const ref = node.inputs[last.next++];
			if (ref === undefined) {
				path.pop();
				state.set(node.id, 'done');
				sorted.push(node);
				continue;
			}
			const source = byId.get(ref.split(':')[0] ?? '');
			if (source) enter(source);
			else if (!inputs.has(ref)) throw unknownInput(ref, [...inputs, ...byId.keys()], node.id);
		}
	}
	return sorted;
}

function findTensor(
	byRef: ReadonlyMap<string, GraphTensor>,
	byId: ReadonlyMap<string, ResolvedNode>,
	ref: string,
	reader: string | null
): GraphTensor {
	const tensor = byRef.get(ref);
	if (tensor) return tensor;
	const source = byId.get(ref.split(':')[0] ?? '');
	if (!source && reader === null) {
		const nearest = nearestWord(ref, [...byId.keys()]);
		const message = `the output ${quote(ref)} is no node of the graph${asking(nearest)}`;
		throw new GraphError('unknownOutput', message, { output: ref, nearest });
	}
	if (!source) throw unknownInput(ref, [...byRef.keys()], reader);
	const refs = source.outputs.map((output) => output.ref).join(', ');
	const message = `there is no ${quote(ref)}; ${source.id} gives ${refs}`;
	throw new GraphError('noSuchOutput', message, { input: ref, count: source.outputs.length }, reader);
}

function unknownInput(input: string, known: readonly string[], reader: string | null): GraphError {
	const nearest = nearestWord(input, known);
	const message = `its input ${quote(input)} is no node of the graph${asking(nearest)}`;
	return new GraphError('unknownInput', message, { input, nearest }, reader);
}
