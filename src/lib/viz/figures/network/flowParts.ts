import type { BlockKind, Graph, ResolvedGraph, ResolvedNode } from '$lib/nets';
import { pathsOf, subgraph } from '$lib/nets/transforms';

/** Path of a block whose channel flow can be looked at by itself; `''` is the whole network. */
export type FlowPart = string;

/** The blocks in which channels are worth following, the most telling first. */
const TELLING: readonly BlockKind[] = [
	'shuffleUnit',
	'fire',
	'inception',
	'invertedResidual',
	'separable',
	'residual'
];

/** The parts of a network: the whole, and each block that convolves and reads a single tensor from outside. */
export function flowParts(net: ResolvedGraph): readonly FlowPart[] {
	const inside = new Map<string, ResolvedNode[]>();
	for (const node of net.nodes) {
		for (const path of node.node.block === undefined ? [] : pathsOf(node.node.block)) {
			const nodes = inside.get(path);
			if (nodes) nodes.push(node);
			else inside.set(path, [node]);
		}
	}
	const blocks = [...inside].filter(([, nodes]) => {
		const own = new Set(nodes);
		const read = nodes
			.flatMap(({ inputs }) => inputs)
			.filter(({ producer }) => !producer || !own.has(producer));
		return new Set(read).size === 1 && nodes.some(({ op }) => op === 'conv2d' || op === 'dense');
	});
	return ['', ...blocks.map(([path]) => path)];
}

/** The part to show first: a block of the most telling kind, one with a shortcut if there is one; the whole where none is. */
export function tellingPart(net: ResolvedGraph, parts: readonly FlowPart[]): FlowPart {
	const kinds = new Map(net.graph.blocks.map(({ path, kind }) => [path, kind]));
	const isAdding = (path: string) => net.nodes.some(({ op, node }) => op === 'add' && node.block === path);
	for (const kind of TELLING) {
		const candidates = parts.filter((path) => kinds.get(path) === kind);
		const part = candidates.find(isAdding) ?? candidates[0];
		if (part !== undefined) return part;
	}
	return '';
}

/** A part as a graph of its own, under its own name. */
export function partGraph(net: ResolvedGraph, part: FlowPart): Graph {
	if (part === '') return net.graph;
	const graph = subgraph(net, ({ node }) => node.block !== undefined && pathsOf(node.block).includes(part));
	return { ...graph, name: `${graph.name}, ${part}` };
}
