import { GraphError, asking, nearestWord, quote } from '../errors';
import type { GraphTensor, ResolvedGraph, ResolvedNode } from '../resolve';
import type { BlockKind } from '../types';

/** A block with what stands in it. */
export interface Block {
	readonly kind: 'block';
	readonly path: string;
	readonly blockKind: BlockKind | null;
	readonly parts: readonly BlockPart[];
}

/** What stands in a block: another block, or a node. */
export type BlockPart = Block | { readonly kind: 'node'; readonly node: ResolvedNode };

/** The graph as nested blocks, each where its first node stands. */
export function blockTree(resolved: ResolvedGraph): readonly BlockPart[] {
	const kinds = new Map(resolved.graph.blocks.map(({ path, kind }) => [path, kind]));
	const root: BlockPart[] = [];
	const partsOf = new Map<string, BlockPart[]>();
	for (const node of resolved.nodes) {
		let parts = root;
		for (const path of pathsTo(node)) {
			let inner = partsOf.get(path);
			if (!inner) {
				inner = [];
				partsOf.set(path, inner);
				parts.push({ kind: 'block', path, blockKind: kinds.get(path) ?? null, parts: inner });
			}
			parts = inner;
		}
		parts.push({ kind: 'node', node });
	}
	return root;
}

/** A block as one thing: the nodes inside, the tensors that they read from outside and those that leave it. */
export interface BlockBoundary {
	readonly nodes: readonly ResolvedNode[];
	readonly inputs: readonly GraphTensor[];
	readonly outputs: readonly GraphTensor[];
}

/**
 * What goes into a block and comes out.
 * @throws {GraphError} for a path that no node stands in.
 */
export function blockBoundary(resolved: ResolvedGraph, path: string): BlockBoundary {
	const nodes = resolved.nodes.filter((node) => pathsTo(node).includes(path));
	if (nodes.length === 0) {
		const nearest = nearestWord(path, [...new Set(resolved.nodes.flatMap(pathsTo))]);
		const message = `there is no block ${quote(path)} in the graph${asking(nearest)}`;
		throw new GraphError('unknownNode', message, { node: path, nearest });
	}
	const inside = new Set<ResolvedNode | null>(nodes);
	const read = new Set(nodes.flatMap((node) => node.inputs));
	const written = nodes.flatMap((node) => node.outputs);
	return {
		nodes,
		inputs: [...read].filter((tensor) => !inside.has(tensor.producer)),
		outputs: written.filter(
			(tensor) =>
				resolved.outputs.includes(tensor) || tensor.consumers.some((consumer) => !inside.has(consumer))
		)
	};
}

/** Paths of the blocks that a node stands in, outermost first. */
function pathsTo({ node }: ResolvedNode): string[] {
	const steps = node.block?.split('/') ?? [];
	return steps.map((_, depth) => steps.slice(0, depth + 1).join('/'));
}
