import type { WeightSet } from '$lib/engine/client';
import { KnobError } from '$lib/nets/errors';
import { parseKnobs, type KnobTable } from '$lib/nets/knobs';
import { networkById, networkIds, type NetworkId } from '$lib/nets/networks';
import { insideParts } from '$lib/viz/figures/inside/address';
import type { Ignored } from '$lib/viz/figures/network/address';
import {
	backendChoices,
	chosenSet,
	defaultSpec,
	isNetwork,
	knobsOf,
	sampleIds,
	setsFor,
	untrained,
	type PlaygroundSpec,
	type Runs
} from './spec';

/** Parts of an address beyond this are not read: no page writes that many. */
const maxParts = 60;

/** Weights of a network in an address: a set's id, which is one network's, or `xception:random`. */
const untrainedMark = `:${untrained}`;

/** Reads an address's search. What cannot be read is left at its default and listed. */
export function parseAddress(
	search: string,
	sets: readonly WeightSet[]
): { readonly spec: PlaygroundSpec; readonly ignored: readonly Ignored[] } {
	const parts = [...new URLSearchParams(search)].slice(0, maxParts);
	const ignored: Ignored[] = [];
	const ignore = (name: string, value: string, error: KnobError | null = null) =>
		ignored.push({ name: name.slice(0, 60), value: value.slice(0, 60), error });
	const spec = defaultSpec(sets);
	let { runs, picture, backend }: PlaygroundSpec = spec;
	const weights: Partial<Record<NetworkId, string>> = {};
	const inside: Record<string, string> = {};
	const rest: [string, string][] = [];

	for (const [name, value] of parts) {
		if (name === 'network') {
			if (isRuns(value)) runs = value;
			else ignore(name, value);
		} else if (name === 'weights') {
			for (const id of value.split(',')) {
				const network = networkOf(id, sets);
				if (network) weights[network] = id.endsWith(untrainedMark) ? untrained : id;
				else ignore(name, id);
			}
		} else if (name === 'picture') {
			const known = sampleIds.find((id) => id === value);
			if (known) picture = known;
			else ignore(name, value);
		} else if (name === 'backend') {
			const known = backendChoices.find((choice) => choice === value);
			if (known) backend = known;
			else ignore(name, value);
		} else if (insideParts.some((part) => part === name)) inside[name] = value.slice(0, 200);
		else rest.push([name, value]);
	}

	// Which knobs there are depends on the network, wherever that stands in the address.
	const table: KnobTable = isNetwork(runs) ? networkById(runs).knobs : {};
	const knobs: Record<string, PlaygroundSpec['knobs'][string]> = {
		...(isNetwork(runs) ? knobsOf(runs, chosenSet(runs, weights, sets)) : {})
	};
	for (const [name, value] of rest) {
		if (!Object.hasOwn(table, name)) ignore(name, value);
		else
			try {
				knobs[name] = parseKnobs(table, { [name]: value })[name]!;
			} catch (error) {
				if (!(error instanceof KnobError)) throw error;
				ignore(name, value, error);
			}
	}
	return { spec: { runs, weights, knobs, picture, backend, inside }, ignored };
}

/** The inverse of {@link parseAddress}: only what differs from the defaults, `''` where nothing does. */
export function formatAddress(spec: PlaygroundSpec, sets: readonly WeightSet[]): string {
	const defaults = defaultSpec(sets);
	const parts: [string, string][] = [];
	if (spec.runs !== defaults.runs) parts.push(['network', spec.runs]);
	const weights = networkIds.flatMap((network) => {
		const chosen = spec.weights[network];
		const usual = setsFor(network, sets)[0]?.id ?? untrained;
		if (chosen === undefined || chosen === usual) return [];
		return chosen === untrained ? `${network}${untrainedMark}` : chosen;
	});
	if (weights.length > 0) parts.push(['weights', weights.join(',')]);
	if (spec.picture !== defaults.picture) parts.push(['picture', spec.picture]);
	if (spec.backend !== defaults.backend) parts.push(['backend', spec.backend]);
	if (isNetwork(spec.runs)) {
		const usual = knobsOf(spec.runs, chosenSet(spec.runs, spec.weights, sets));
		for (const [name, value] of Object.entries(spec.knobs))
			if (value !== usual[name]) parts.push([name, String(value)]);
	}
	parts.push(...Object.entries(spec.inside));
	// Commas, colons and slashes may stand in a search as they are, and can be read there.
	const search = new URLSearchParams(parts)
		.toString()
		.replaceAll('%2C', ',')
		.replaceAll('%3A', ':')
		.replaceAll('%2F', '/');
	return search === '' ? '' : `?${search}`;
}

function isRuns(value: string): value is Runs {
	return value === 'own' || value === 'all' || isNetwork(value);
}

/** The network that a part of `weights` is for; `null` where there is no such set. */
function networkOf(id: string, sets: readonly WeightSet[]): NetworkId | null {
	const network = id.endsWith(untrainedMark) ? id.slice(0, -untrainedMark.length) : null;
	if (network !== null) return isNetwork(network) ? network : null;
	return sets.find((set) => set.id === id)?.network ?? null;
}
