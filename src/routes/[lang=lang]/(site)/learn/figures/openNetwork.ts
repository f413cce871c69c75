import type { NetworkId } from '$lib/nets';
import { mergeSearch, writtenParts } from '$lib/viz/address/codec';
import { keepSearch } from '$lib/viz/lessonFigure';
import { NetworkState } from '$lib/viz/figures/network/network.svelte';
import { isNetworkId, loaders } from '../../networks/loaders';

async function read(of: string, search: string): Promise<{ id: NetworkId; network: NetworkState }> {
	if (!isNetworkId(of))
		throw new Error(`there is no network ${of}; there are ${Object.keys(loaders).join(', ')}`);
	const network = new NetworkState(await loaders[of]());
	network.read(search);
	return { id: of, network };
}

/** A network from the address of its page, what phrases do to it, and what of it a figure shows. */
export async function openNetwork<Props>(
	search: string,
	of: string,
	show: (network: NetworkState, id: NetworkId) => Props
) {
	const { id, network } = await read(of, search);
	return {
		props: show(network, id),
		set: (phrase: string) => network.read(mergeSearch(network.search, phrase)),
		keep: keepSearch(network),
		get page() {
			return `/networks/${id}${network.search}`;
		}
	};
}

/** Parts of an address that the network leaves out. */
export async function ignoredByNetwork(search: string, of: string): Promise<string[]> {
	const { network } = await read(of, search);
	return writtenParts(network.ignored);
}

/** Names of the network's knobs. */
export async function knobsOfNetwork(of: string): Promise<string[]> {
	const { network } = await read(of, '');
	return Object.keys(network.table);
}
