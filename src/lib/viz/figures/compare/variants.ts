import { checkKnobs, formatKnobs, type KnobTable } from '$lib/nets/knobs';
import { networkById } from '$lib/nets/networks';
import type { KnobRecord } from './spec';

/** A network of `src/lib/nets` with all its knobs. */
export interface Variant {
	readonly network: string;
	readonly knobs: KnobRecord;
}

/** Fills the knobs that are not given with their defaults. */
export function variantOf(network: string, knobs: KnobRecord): Variant {
	return { network, knobs: checkKnobs<KnobTable>(networkById(network).knobs, knobs) };
}

/** The knobs that are not at their defaults, as text. */
export function changedKnobs({ network, knobs }: Variant): Record<string, string> {
	return formatKnobs<KnobTable>(networkById(network).knobs, knobs);
}

/** Identity of a variant, as it stands in addresses: `mobilenet-alpha-0.5-resolution-160`. */
export function variantId(variant: Variant): string {
	return [variant.network, ...Object.entries(changedKnobs(variant)).flat()].join('-');
}

/** What each of the networks is varied by. Rounding is not a variation, it is how some widths are made to fit. */
const sweeps = [
	['mobilenet', 'resolution'],
	['mobilenet', 'alpha'],
	['shufflenet', 'groups'],
	['shufflenet', 'scale'],
	['squeezenet', 'bypass'],
	['squeezenet', 'version']
] as const;

/** Ids of the variants that differ in one knob only, in its order: the lines of the chart. */
export function linesOf(variants: readonly Variant[]): string[][] {
	return sweeps.flatMap(([network, knob]) => {
		const rows = new Map<string, Variant[]>();
		for (const variant of variants) {
			if (variant.network !== network) continue;
			const key = JSON.stringify({ ...variant.knobs, [knob]: null, rounding: null });
			rows.set(key, [...(rows.get(key) ?? []), variant]);
		}
		const place = placeOf(network, knob);
		return [...rows.values()]
			.filter((row) => row.length > 1)
			.map((row) => row.toSorted((a, b) => place(a) - place(b)).map(variantId));
	});
}

function placeOf(network: string, knob: string): (variant: Variant) => number {
	const description = networkById(network).knobs[knob];
	const choices: readonly (string | number)[] = description?.kind === 'choice' ? description.choices : [];
	return ({ knobs }) => {
		const value = knobs[knob];
		return typeof value === 'number' ? value : choices.indexOf(String(value));
	};
}
