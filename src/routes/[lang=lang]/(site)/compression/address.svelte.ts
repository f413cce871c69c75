import { setIn } from './setIn';
import type { Compression } from '$lib/viz/figures/compression/compression.svelte';

/** What the page's address holds: the set of weights, and the knobs. */
export class CompressionAddress {
	/** Id of the chosen set; `null` for the first. */
	set = $state<string | null>(null);
	readonly #compression: Compression;
	readonly #known: readonly string[];
	readonly search = $derived.by(() => {
		const { search } = this.#compression.knobs;
		if (this.set === null) return search;
		return `?set=${encodeURIComponent(this.set)}${search.replace('?', '&')}`;
	});

	/** @param known ids of sets, the first of which needs no mention */
	constructor(compression: Compression, known: readonly string[]) {
		this.#compression = compression;
		this.#known = known;
	}

	/** Takes an address; a set that is not there is left out. */
	read(search: string): void {
		this.choose(setIn(search));
		this.#compression.knobs.read(search);
	}

	choose(id: string | null): void {
		this.set = id !== null && this.#known.indexOf(id) > 0 ? id : null;
	}
}
