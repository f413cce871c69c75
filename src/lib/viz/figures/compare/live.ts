import { graphCost } from '$lib/nets/analyses/cost';
import type { KnobTable, KnobValues } from '$lib/nets/knobs';
import { networkById, networkIds } from '$lib/nets/networks';
import { resolveGraph, type ResolvedGraph } from '$lib/nets/resolve';
import { knobsCodec } from '../../address/knobs';
import { groups, type Group, type ModelCost, type OwnModel } from './model';
import type { KnobRecord } from './spec';

/** The networks that can be moved about by their knobs. */
export const liveNetworks = networkIds.filter((id) => networkById(id).scope === 'network');

/** Group of a network of `src/lib/nets`. */
export function groupOf(network: string): Group {
	const own = groups.find((group) => group === network);
	return own ?? (networkById(network).family === 'reference' ? 'reference' : 'successor');
}

/**
 * Cost of a network with these knobs, counted on its graph.
 * @throws {KnobError} or {GraphError} where the knobs do not fit.
 */
export function costOf(network: string, knobs: KnobRecord = {}): ModelCost {
	return modelCost(resolveGraph(networkById(network).build(knobs as Partial<KnobValues>)));
}

/** Cost of any graph, as the chart counts it. */
export function modelCost(
	net: ResolvedGraph
): ModelCost & { readonly uncounted: number; readonly unsized: number } {
	const { macs, params, uncounted, unsized } = graphCost(net).total;
	const { trainable, bnTrainable, bnStatistics } = params;
	return { macs, params: trainable, bnTrainable, bnStatistics, uncounted, unsized };
}

/** A network that the reader brings, as the chart counts it. */
export function ownModel(net: ResolvedGraph): OwnModel {
	const [input, ...others] = net.graph.inputs;
	const isSquare = input && others.length === 0 && input.shape[0] === input.shape[1] && input.shape[0] > 1;
	return { ...modelCost(net), name: net.graph.name, input: isSquare ? input.shape[0] : null };
}

/** The knobs that are not at their defaults, as the search of an address without its question mark. */
export function knobSearch(network: string, knobs: KnobRecord): string {
	return knobsCodec<KnobTable>(networkById(network).knobs).format(knobs).slice(1);
}
