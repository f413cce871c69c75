import { defaultKnobs, type KnobTable, type KnobValues } from '$lib/nets/knobs';
import { networkById, type NetworkId } from '$lib/nets/networks';

/** Knobs of a network in each version that was published. */
export function publishedKnobs(id: NetworkId): KnobValues[] {
	const table: KnobTable = networkById(id).knobs;
	const knobs = defaultKnobs(table);
	const version = table['version'];
	return version?.kind === 'choice' ? version.choices.map((of) => ({ ...knobs, version: of })) : [knobs];
}
