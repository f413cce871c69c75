import type { ResolvedGraph } from '$lib/nets/resolve';
import { pathsOf } from '$lib/nets/transforms';
import { foldingOf } from './layout/folds';

/**
 * What is selected in a diagram or table: a node by its id, or a block by its path, blocks that repeat each other by the id of
 * their fold, with a final slash (`fire2/`), which no id can end with.
 */
export type Selection = string;

/** The selection of a block or fold. */
export function selectBlock(path: string): Selection {
	return `${path}/`;
}

/** Path of the selected block, or id of the fold; `null` where a node is selected. */
export function selectedBlock(selection: Selection): string | null {
	return selection.endsWith('/') ? selection.slice(0, -1) : null;
}

/** Whether a block is another or stands inside it. */
export function isInside(path: string | undefined, outer: string): boolean {
	return path !== undefined && (path === outer || path.startsWith(`${outer}/`));
}

/** Tells the nodes that are selected, themselves or with the block or fold that they stand in. */
export function selectedIn(
	graph: ResolvedGraph,
	selection: Selection | null
): (node: { readonly id: string; readonly block?: string }) => boolean {
	if (selection === null) return () => false;
	const block = selectedBlock(selection);
	if (block === null) return ({ id }) => id === selection;
	const paths = foldingOf(graph).byId.get(block)?.members ?? [block];
	return (node) => paths.some((path) => isInside(node.block, path));
}

/** Paths of all blocks of a graph. */
export function blockPathsOf(graph: ResolvedGraph): ReadonlySet<string> {
	return new Set(graph.nodes.flatMap(({ node }) => (node.block === undefined ? [] : pathsOf(node.block))));
}
