import type { ResolvedGraph } from '$lib/nets/resolve';

/**
 * What is selected in a diagram or table: a node by its id, or a block by its path and a final slash (`fire2/`), which no
 * id can end with.
 */
export type Selection = string;

/** The selection of a block. */
export function selectBlock(path: string): Selection {
	return `${path}/`;
}

/** Path of the selected block; `null` where a node is selected. */
export function selectedBlock(selection: Selection): string | null {
	return selection.endsWith('/') ? selection.slice(0, -1) : null;
}

/** Whether a block is another or stands inside it. */
export function isInside(path: string | undefined, outer: string): boolean {
	return path !== undefined && (path === outer || path.startsWith(`${outer}/`));
}

/** Whether a node is the selected one or stands in the selected block. */
export function isSelected(
	selection: Selection | null,
	node: { readonly id: string; readonly block?: string }
): boolean {
	if (selection === null) return false;
	const block = selectedBlock(selection);
	return block === null ? selection === node.id : isInside(node.block, block);
}

/** The paths that a path lies in, outermost first, itself last. */
export function pathsOf(path: string): string[] {
	const steps = path.split('/');
	return steps.map((_, depth) => steps.slice(0, depth + 1).join('/'));
}

/** Paths of all blocks of a graph. */
export function blockPathsOf(graph: ResolvedGraph): ReadonlySet<string> {
	return new Set(graph.nodes.flatMap(({ node }) => (node.block === undefined ? [] : pathsOf(node.block))));
}
