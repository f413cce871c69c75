import { median } from 'd3-array';
import type { LayerKind } from '$lib/nets';
import type { Granularity } from '$lib/nets/quantization/kernel';
import type { LayerSpread, RoundingError } from '$lib/nets/quantization/spread';
import type { IntegersOfSet } from './integersOf';

/** What of the networks on integers is looked at, which an address holds. */
export interface Picked {
	/** Key of a set; `null` where there is none. */
	readonly network: string | null;
	/** Layer whose channels are drawn; `null`: the one that one scale harms most at 8 bits. */
	readonly layer: string | null;
	/** Sample that goes through both; `null`: the first. */
	readonly picture: string | null;
	/** Which layer's maps are shown, counted from 1. */
	readonly map: number;
}

/** What one scale for a layer adds to its error at so many bits, over a scale for each channel. */
const addedBy = ({ errors }: Pick<LayerSpread, 'errors'>, bits: number): number =>
	errors[bits]!.tensor - errors[bits]!.channel;

/** The layer of a set that one scale harms most at so many bits: few bits alone may harm another more. */
export function worstLayer({ layers }: Pick<IntegersOfSet, 'layers'>, bits: number): LayerSpread {
	return layers.reduce((a, b) => (addedBy(b, bits) > addedBy(a, bits) ? b : a));
}

/** The set with the layer that one scale harms most at 8 bits. */
export function mostHarmed(measured: readonly IntegersOfSet[]): IntegersOfSet {
	const harm = (of: IntegersOfSet) => addedBy(worstLayer(of, 8), 8);
	return measured.reduce((a, b) => (harm(b) > harm(a) ? b : a));
}

/** What rounding does to layers at 8 bits, as the page tells of it. */
export interface Harms {
	/** Medians over all depthwise, and all pointwise layers of the networks that have both, as the site runs them. */
	readonly depthwise: RoundingError;
	readonly pointwise: RoundingError;
	/** The layer that one scale harms most of all. */
	readonly hit: { readonly name: string; readonly layer: string; readonly error: number };
}

const pointwiseKinds: ReadonlySet<LayerKind> = new Set(['pointwise', 'groupedPointwise']);

export function harmsOf(measured: readonly IntegersOfSet[]): Harms {
	const layers = measured
		.filter((of) => of.isUsed && of.layers.some(({ kind }) => kind === 'depthwise'))
		.flatMap((of) => of.layers);
	const medians = (isOf: (kind: LayerKind) => boolean): RoundingError => {
		const errors = layers.filter(({ kind }) => isOf(kind)).map((layer) => layer.errors[8]!);
		const of = (granularity: Granularity) => median(errors, (error) => error[granularity]) ?? 0;
		return { channel: of('channel'), tensor: of('tensor') };
	};
	const of = mostHarmed(measured);
	const layer = worstLayer(of, 8);
	return {
		depthwise: medians((kind) => kind === 'depthwise'),
		pointwise: medians((kind) => pointwiseKinds.has(kind)),
		hit: { name: of.name, layer: layer.id, error: layer.errors[8]!.tensor }
	};
}
