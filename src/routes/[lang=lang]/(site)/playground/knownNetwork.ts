import { fitWeights } from '$lib/formats/fit';
import { isCounter, matchWeights } from '$lib/formats/match';
import type { NamedTensor } from '$lib/formats/tensors';
import { networkById, networkIds, type NetworkId } from '$lib/nets/networks';
import { resolveGraph } from '$lib/nets/resolve';
import { weightSpecs } from '$lib/nets/run';
import { publishedKnobs } from './publishedKnobs';

/** The first network that weights fit as it was published, by their names or by their shapes; `null` where they fit none. */
export function knownNetwork(tensors: readonly NamedTensor[]): NetworkId | null {
	const count = tensors.filter(({ name }) => !isCounter(name)).length;
	const isFitting = (id: NetworkId) =>
		publishedKnobs(id).some((knobs) => {
			const net = resolveGraph(networkById(id).build(knobs));
			const weights = weightSpecs(net).reduce((sum, { specs }) => sum + specs.length, 0);
			// What no count of weights fits need not be looked at.
			return weights === count && (fitWeights(net, tensors) ?? matchWeights(net, tensors).weights) !== null;
		});
	return networkIds.find(isFitting) ?? null;
}
