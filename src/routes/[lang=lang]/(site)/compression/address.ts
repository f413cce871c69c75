import type { Granularity } from '$lib/nets/quantization/kernel';
import { defaultKnobs, type KnobValues } from '$lib/nets/knobs';
import { addressCodec, partsOf, type Codec } from '$lib/viz/address/codec';
import { oneOf, type Kind } from '$lib/viz/address/kinds';
import { knobKind } from '$lib/viz/address/knobs';
import { m } from '$lib/i18n';
import { samples } from '$lib/running/picture/samples';
import { compressionKnobs } from '$lib/viz/figures/compression/knobs';
import type { IntegersOfSet } from './integersOf';
import { integersKnobs, type Lowered } from './integersKnobs';
import { mostHarmed, type Picked } from './pick';

/** What the page's address holds. */
export interface CompressionSpec extends Picked {
	/** Id of the chosen set of weights; `null` where there are none. */
	readonly set: string | null;
	readonly knobs: KnobValues<typeof compressionKnobs>;
	readonly integers: KnobValues<typeof integersKnobs>;
}

const { field, within } = partsOf<CompressionSpec>();

/** Steps of a picture through both. The first is the picture as it is taken in; the one after it is the first that weights make differ. */
export const map = { kind: 'number', min: 1, step: 1, default: 2, whole: true } as const;

/** The samples that show what the networks tell. */
export const integersSamples = samples.filter(({ cifar }) => cifar !== undefined);

/**
 * The addresses of the page. What is wrong with a number is said of the control's own label.
 * @param sets ids of the sets that there are, the first of which needs no mention
 * @param measured what is known of them as integers
 */
export function compressionCodec(
	sets: readonly string[],
	measured: readonly IntegersOfSet[]
): Codec<CompressionSpec> {
	const shown = ({ network }: CompressionSpec) => measured.find(({ key }) => key === network);
	const layersOf = (spec: CompressionSpec) => shown(spec)?.layers.map(({ id }) => id) ?? [];
	/** Steps whose maps there are: each has a tensor of integers, and the last, the logits, real numbers. */
	const mapsOf = (spec: CompressionSpec) => ({ ...map, max: 1 + (shown(spec)?.counted.tensors ?? 1) });
	return addressCodec<CompressionSpec>({
		initial: {
			set: sets[0] ?? null,
			knobs: defaultKnobs(compressionKnobs),
			integers: defaultKnobs(integersKnobs),
			network: measured.length > 0 ? mostHarmed(measured).key : null,
			...{ layer: null, picture: null, map: map.default }
		},
		parts: [
			field('set', 'set', oneOf(sets)),
			within('knobs', 'prune', knobKind(m.compression_prune(), compressionKnobs.prune) as Kind<number>),
			within('knobs', 'bits', knobKind(m.compression_bits(), compressionKnobs.bits) as Kind<number>),
			within('integers', 'width', knobKind(m.integers_bits(), integersKnobs.width) as Kind<number>),
			within('integers', 'lowered', knobKind(m.integers_lowered(), integersKnobs.lowered) as Kind<Lowered>),
			within('integers', 'scales', knobKind(m.integers_scales(), integersKnobs.scales) as Kind<Granularity>),
			field('network', 'network', oneOf(measured.map(({ key }) => key))),
			field('layer', 'layer', (spec) => oneOf(layersOf(spec))),
			field('picture', 'picture', oneOf(integersSamples.map(({ id }): string => id))),
			field('map', 'map', (spec) => knobKind(m.integers_maps_layer(), mapsOf(spec)) as Kind<number>)
		]
	});
}
