import { defaultKnobs, type KnobValues } from '$lib/nets/knobs';
import { addressCodec, partsOf, type Codec } from '$lib/viz/address/codec';
import { oneOf } from '$lib/viz/address/kinds';
import { knobParts } from '$lib/viz/address/knobs';
import { compressionKnobs } from '$lib/viz/figures/compression/knobs';

/** What the page's address holds. */
export interface CompressionSpec {
	/** Id of the chosen set of weights; `null` where there are none. */
	readonly set: string | null;
	readonly knobs: KnobValues<typeof compressionKnobs>;
}

const { field } = partsOf<CompressionSpec>();

/** The addresses of the page. @param sets ids of the sets that there are, the first of which needs no mention */
export function compressionCodec(sets: readonly string[]): Codec<CompressionSpec> {
	const set = field('set', 'set', oneOf(sets));
	return addressCodec<CompressionSpec>({
		initial: { set: sets[0] ?? null, knobs: defaultKnobs(compressionKnobs) },
		parts: [set, ...knobParts<CompressionSpec>(compressionKnobs)]
	});
}
