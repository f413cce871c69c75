import { expose, releaseProxy } from 'comlink';
import { resolveGraph } from '$lib/nets/resolve';
import type { Graph } from '$lib/nets/types';
import { layoutNetwork, type NetworkLayoutOptions } from './layout/network';
import { LayoutEffort, LayoutError } from './layout/layoutEffort';
import { packLayout, type PackedLayout } from './layout/packedLayout';

/** Lays a graph out beside the page; where it is too tangled, `bends` says how much. */
function lay(
	graph: Graph,
	options: NetworkLayoutOptions,
	report: (done: number) => void
): PackedLayout | { readonly bends: number } {
	try {
		return packLayout(layoutNetwork(resolveGraph(graph), options, new LayoutEffort(report)));
	} catch (error) {
		if (error instanceof LayoutError) return { bends: error.bends };
		throw error;
	} finally {
		(report as { [releaseProxy]?: () => void })[releaseProxy]?.();
	}
}

export type Lay = typeof lay;

expose(lay);
