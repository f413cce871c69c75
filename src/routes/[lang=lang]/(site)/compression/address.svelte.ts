import type { Codec, Ignored } from '$lib/viz/address/codec';
import type { Compression } from '$lib/viz/figures/compression/compression.svelte';
import { compressionCodec, type CompressionSpec } from './address';

/** What the page's address holds: the set of weights, and the knobs. */
export class CompressionAddress {
	/** Id of the chosen set. */
	set = $state<string | null>(null);
	/** What of the address could not be read. */
	ignored: readonly Ignored[] = $state.raw([]);
	readonly #compression: Compression;
	readonly #codec: Codec<CompressionSpec>;
	readonly search = $derived.by(() =>
		this.#codec.format({ set: this.set, knobs: this.#compression.knobs.values })
	);

	/** @param sets ids of the sets that there are, the first of which needs no mention */
	constructor(compression: Compression, sets: readonly string[]) {
		this.#compression = compression;
		this.#codec = compressionCodec(sets);
		this.set = this.#codec.initial.set;
	}

	/** Takes an address; what it does not say comes to its default. */
	read(search: string): void {
		const { value, ignored } = this.#codec.parse(search);
		const { set, knobs } = value;
		this.ignored = ignored;
		this.set = set;
		this.#compression.knobs.set(knobs);
	}
}
