import type { Granularity } from '$lib/nets/quantization/kernel';
import { defaultKnobs, type KnobValues } from '$lib/nets/knobs';
import { addressCodec, partsOf, type Codec } from '$lib/viz/address/codec';
import { oneOf, type Kind } from '$lib/viz/address/kinds';
import { knobKind, knobParts } from '$lib/viz/address/knobs';
import { compressionKnobs } from '$lib/viz/figures/compression/knobs';
import { integersKnobs } from './integersKnobs';

/** What the page's address holds. */
export interface CompressionSpec {
	/** Id of the chosen set of weights; `null` where there are none. */
	readonly set: string | null;
	readonly knobs: KnobValues<typeof compressionKnobs>;
	readonly integers: KnobValues<typeof integersKnobs>;
}

const { field, within } = partsOf<CompressionSpec>();

/** The addresses of the page. @param sets ids of the sets that there are, the first of which needs no mention */
export function compressionCodec(sets: readonly string[]): Codec<CompressionSpec> {
	const set = field('set', 'set', oneOf(sets));
	return addressCodec<CompressionSpec>({
		initial: {
			set: sets[0] ?? null,
			knobs: defaultKnobs(compressionKnobs),
			integers: defaultKnobs(integersKnobs)
		},
		parts: [
			...[set, ...knobParts<CompressionSpec>(compressionKnobs)],
			within('integers', 'width', knobKind('width', integersKnobs.width) as Kind<number>),
			within('integers', 'scales', knobKind('scales', integersKnobs.scales) as Kind<Granularity>)
		]
	});
}
