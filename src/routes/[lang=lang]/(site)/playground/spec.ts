import { backendNames } from '$lib/engine/backendNames';
import type { BackendChoice, WeightSet } from '$lib/engine/client';
import { defaultKnobs, type KnobValue, type KnobValues } from '$lib/nets/knobs';
import { networkById, networkIds, type NetworkId } from '$lib/nets/networks';
import type { SampleId } from '$lib/running/picture/samples';

/** What runs: one network, the reader's own graph, or all four side by side. */
export type Runs = NetworkId | 'own' | 'all';

/** What a network computes with. */
export const numberKinds = ['float32', 'int8'] as const;
export type NumberKind = (typeof numberKinds)[number];

export const backendChoices: readonly BackendChoice[] = ['auto', ...backendNames];

/** No trained weights: seeded random ones. */
export const untrained = 'random';

/** All of the page that a link can hold. */
export interface PlaygroundSpec {
	readonly runs: Runs;
	/** Id of the set of weights that the reader chose for a network, or {@link untrained}. */
	readonly weights: Readonly<Partial<Record<NetworkId, string>>>;
	/** Every knob of the network that runs; empty for a graph without. */
	readonly knobs: KnobValues;
	readonly picture: SampleId;
	readonly backend: BackendChoice;
	readonly numbers: NumberKind;
	/** What is looked at inside the network, as parts of the address that the figure reads. */
	readonly inside: Readonly<Record<string, string>>;
}

export function isNetwork(runs: string): runs is NetworkId {
	return (networkIds as readonly string[]).includes(runs);
}

/** The sets of weights for a network: published ones first, where the site has them, and then the small ones that are always there. */
export function setsFor(network: NetworkId, sets: readonly WeightSet[]): readonly WeightSet[] {
	const own = sets.filter((set) => set.network === network);
	return own.toSorted((a, b) => Number(isBundled(a)) - Number(isBundled(b)));
}

/** Sets that are part of the repository, and so small and always there. */
const isBundled = ({ id }: WeightSet) => id.startsWith('cifar10-');

/** The set that a network runs with; `null` for random weights. */
export function chosenSet(
	network: NetworkId,
	weights: PlaygroundSpec['weights'],
	sets: readonly WeightSet[]
): WeightSet | null {
	const own = setsFor(network, sets);
	const chosen = weights[network];
	if (chosen === untrained) return null;
	return own.find(({ id }) => id === chosen) ?? own[0] ?? null;
}

/** The knobs of a network as its weights have them. */
export function knobsOf(network: NetworkId, set: WeightSet | null): KnobValues {
	const table = networkById(network).knobs;
	const known = Object.entries(set?.knobs ?? {}).filter(([name]) => Object.hasOwn(table, name));
	return { ...defaultKnobs(table), ...(Object.fromEntries(known) as Record<string, KnobValue>) };
}

/** What the page opens with. */
export function defaultSpec(sets: readonly WeightSet[]): PlaygroundSpec {
	return {
		runs: 'mobilenet',
		weights: {},
		knobs: knobsOf('mobilenet', chosenSet('mobilenet', {}, sets)),
		picture: 'chelsea',
		backend: 'auto',
		numbers: 'float32',
		inside: {}
	};
}
