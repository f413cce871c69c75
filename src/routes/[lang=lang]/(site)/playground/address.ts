import type { WeightSet } from '$lib/engine/client';
import { networkById, networkIds, type NetworkId } from '$lib/nets/networks';
import { addressCodec, partsOf, type Codec } from '$lib/viz/address/codec';
import { custom, oneOf, text } from '$lib/viz/address/kinds';
import { knobParts } from '$lib/viz/address/knobs';
import { insideParts } from '$lib/viz/figures/inside/address';
import {
	backendChoices,
	numberKinds,
	chosenSet,
	defaultSpec,
	isNetwork,
	knobsOf,
	setsFor,
	untrained,
	type PlaygroundSpec,
	type Runs
} from './spec';
import { sampleIds } from '$lib/running/picture/samples';

/** Weights of a network in an address: a set's id, which is one network's, or `xception:random`. */
const untrainedMark = `:${untrained}`;
const runs: readonly Runs[] = [...networkIds, 'own', 'all'];

const { field, within } = partsOf<PlaygroundSpec>();

/** The addresses of the playground, where there are these sets of weights. */
export function playgroundCodec(sets: readonly WeightSet[]): Codec<PlaygroundSpec> {
	/** Knobs of the network that runs, as its weights have them. */
	const withKnobs = <T extends Pick<PlaygroundSpec, 'runs' | 'weights'>>(spec: T) => ({
		...spec,
		knobs: isNetwork(spec.runs) ? knobsOf(spec.runs, chosenSet(spec.runs, spec.weights, sets)) : {}
	});
	return addressCodec<PlaygroundSpec>({
		initial: defaultSpec(sets),
		parts: [
			{
				...field('network', 'runs', oneOf(runs)),
				put: (value, { weights }) => withKnobs({ runs: value as Runs, weights })
			},
			{
				...field('weights', 'weights', weightsOf(sets)),
				put: (value, state) => withKnobs({ runs: state.runs, weights: value as PlaygroundSpec['weights'] })
			},
			field('picture', 'picture', oneOf(sampleIds)),
			field('backend', 'backend', oneOf(backendChoices)),
			field('numbers', 'numbers', oneOf(numberKinds)),
			({ runs }) => (isNetwork(runs) ? knobParts<PlaygroundSpec>(networkById(runs).knobs) : []),
			...insideParts.map((part) => within('inside', part, text({ max: 200 })))
		]
	});
}

/** What is looked at, as the figure writes it, part by part. */
export function insideOf(search: string): PlaygroundSpec['inside'] {
	return Object.fromEntries(new URLSearchParams(search));
}

/** Only what differs from what a network runs with anyway. */
function weightsOf(sets: readonly WeightSet[]) {
	return custom<PlaygroundSpec['weights']>({
		read(written, ignore) {
			const weights: Partial<Record<NetworkId, string>> = {};
			for (const id of written.split(',')) {
				const network = networkOf(id, sets);
				if (network) weights[network] = id.endsWith(untrainedMark) ? untrained : id;
				else ignore('invalid', { value: id });
			}
			return weights;
		},
		write: (weights) =>
			networkIds
				.flatMap((network) => {
					const chosen = weights[network];
					const usual = setsFor(network, sets)[0]?.id ?? untrained;
					if (chosen === undefined || chosen === usual) return [];
					return chosen === untrained ? `${network}${untrainedMark}` : chosen;
				})
				.join(',')
	});
}

/** The network that a part of `weights` is for; `null` where there is no such set. */
function networkOf(id: string, sets: readonly WeightSet[]): NetworkId | null {
	const network = id.endsWith(untrainedMark) ? id.slice(0, -untrainedMark.length) : null;
	if (network !== null) return isNetwork(network) ? network : null;
	return sets.find((set) => set.id === id)?.network ?? null;
}
