import type { ResolvedGraph, ResolvedNode } from '$lib/nets';
import { layerKind, type LayerKind } from '$lib/nets';
import { hasKernel } from '$lib/ops';
import type { Conventions } from './conventions';
import { auditOf, countedByNode } from './counted';

/** A layer with weights, and what it costs together with the norms that follow it. */
export interface CostLayer {
	readonly id: string;
	/** The outermost block that it stands in. */
	readonly block: string | null;
	readonly kind: LayerKind;
	/** Ids of all nodes whose cost is in it. */
	readonly nodes: readonly string[];
	readonly macs: number;
	readonly params: number;
}

/** Where the cost sits along the network: convolutions and dense layers in order; batch norm counts to the layer before it. */
export function costLayers(net: ResolvedGraph, conventions: Conventions): CostLayer[] {
	const macs = countedByNode(auditOf(net, 'macs', conventions));
	const params = countedByNode(auditOf(net, 'params', conventions));
	const members = new Map<ResolvedNode, ResolvedNode[]>();
	const layerOf = new Map<ResolvedNode, ResolvedNode>();
	for (const node of net.nodes) {
		const before = node.inputs[0]?.producer ?? null;
		// A norm without a layer before it stands for itself.
		const layer = hasKernel(node.op) ? node : ((before && layerOf.get(before)) ?? node);
		const isCounted = (macs.get(node.id) ?? 0) + (params.get(node.id) ?? 0) > 0;
		if (layer !== node || hasKernel(node.op) || isCounted) layerOf.set(node, layer);
		if (hasKernel(node.op) || isCounted) members.set(layer, [...(members.get(layer) ?? []), node]);
	}
	return [...members].map(([layer, nodes]) => {
		const sum = (of: ReadonlyMap<string, number>) =>
			nodes.reduce((total, { id }) => total + (of.get(id) ?? 0), 0);
		return {
			id: layer.id,
			block: layer.node.block?.split('/')[0] ?? null,
			kind: layerKind(layer),
			nodes: nodes.map(({ id }) => id),
			macs: sum(macs),
			params: sum(params)
		};
	});
}

/** Whether nothing of a network costs anything, as it is counted: bars and shares of nothing say nothing. */
export const isFree = (net: ResolvedGraph, conventions: Conventions): boolean =>
	costLayers(net, conventions).every(({ macs, params }) => macs === 0 && params === 0);
