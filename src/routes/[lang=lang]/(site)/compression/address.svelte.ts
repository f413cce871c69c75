import type { Codec, Ignored } from '$lib/viz/address/codec';
import type { Compression } from '$lib/viz/figures/compression/compression.svelte';
import type { FigureKnobs } from '$lib/viz/ui/figureKnobs.svelte';
import { compressionCodec, type CompressionSpec } from './address';
import type { integersKnobs } from './integersKnobs';

/** What the page's address holds: the set of weights, and the knobs of both sections. */
export class CompressionAddress {
	/** Id of the chosen set. */
	set = $state<string | null>(null);
	/** What of the address could not be read. */
	ignored: readonly Ignored[] = $state.raw([]);
	readonly #compression: Compression;
	readonly #integers: FigureKnobs<typeof integersKnobs>;
	readonly #codec: Codec<CompressionSpec>;
	readonly search = $derived.by(() =>
		this.#codec.format({
			...{ set: this.set, knobs: this.#compression.knobs.values },
			integers: this.#integers.values
		})
	);

	/** @param sets ids of the sets that there are, the first of which needs no mention */
	constructor(
		compression: Compression,
		integers: FigureKnobs<typeof integersKnobs>,
		sets: readonly string[]
	) {
		this.#compression = compression;
		this.#integers = integers;
		this.#codec = compressionCodec(sets);
		this.set = this.#codec.initial.set;
	}

	/** Takes an address; what it does not say comes to its default. */
	read(search: string): void {
		const { value, ignored } = this.#codec.parse(search);
		const { set, knobs, integers } = value;
		this.ignored = ignored;
		this.set = set;
		this.#compression.knobs.set(knobs);
		this.#integers.set(integers);
	}
}
