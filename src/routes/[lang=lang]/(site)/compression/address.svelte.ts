import type { Codec, Ignored } from '$lib/viz/address/codec';
import type { Compression } from '$lib/viz/figures/compression/compression.svelte';
import type { FigureKnobs } from '$lib/viz/ui/figureKnobs.svelte';
import { compressionCodec, map, type CompressionSpec } from './address';
import type { IntegersOfSet } from './integersOf';
import type { integersKnobs } from './integersKnobs';
import { worstLayer, type Picked } from './pick';

/** What the page's address holds: the set of weights, the knobs of both sections, and what is looked at of integers. */
export class CompressionAddress {
	/** Id of the chosen set. */
	set = $state<string | null>(null);
	/** What of the networks on integers is looked at. */
	picked: Picked = $state.raw({ network: null, layer: null, picture: null, map: map.default });
	/** What of the address could not be read. */
	ignored: readonly Ignored[] = $state.raw([]);
	readonly #compression: Compression;
	readonly #integers: FigureKnobs<typeof integersKnobs>;
	readonly #measured: readonly IntegersOfSet[];
	readonly #codec: Codec<CompressionSpec>;
	readonly search = $derived.by(() =>
		this.#codec.format({
			...{ set: this.set, knobs: this.#compression.knobs.values },
			...{ integers: this.#integers.values, ...this.picked }
		})
	);

	/** @param sets ids of the sets that there are, the first of which needs no mention */
	constructor(
		compression: Compression,
		integers: FigureKnobs<typeof integersKnobs>,
		sets: readonly string[],
		measured: readonly IntegersOfSet[] = []
	) {
		this.#compression = compression;
		this.#integers = integers;
		this.#measured = measured;
		this.#codec = compressionCodec(sets, measured);
		const { set, network, layer, picture, map } = this.#codec.initial;
		this.set = set;
		this.picked = { network, layer, picture, map };
	}

	/** Looks at something else; another network keeps what it has as well. */
	pick(given: Partial<Picked>): void {
		const isOther = given.network !== undefined && given.network !== this.picked.network;
		this.picked = { ...this.picked, ...(isOther && this.#kept(given.network)), ...given };
	}

	/** What another network has as well: the layer of the same name, and the step, where both are one network rounded in two ways. */
	#kept(network: string | null): Pick<Picked, 'layer' | 'map'> {
		const [from, to] = [this.picked.network, network].map((key) =>
			this.#measured.find((of) => of.key === key)
		);
		if (!from || !to) return { layer: null, map: map.default };
		const layer = this.picked.layer ?? worstLayer(from, 8).id;
		const isThere = to.layers.some(({ id }) => id === layer) && worstLayer(to, 8).id !== layer;
		return { layer: isThere ? layer : null, map: from.id === to.id ? this.picked.map : map.default };
	}

	/** Takes an address; what it does not say comes to its default. */
	read(search: string): void {
		const { value, ignored } = this.#codec.parse(search);
		const { set, knobs, integers, network, layer, picture, map } = value;
		this.ignored = ignored;
		this.set = set;
		this.picked = { network, layer, picture, map };
		this.#compression.knobs.set(knobs);
		this.#integers.set(integers);
	}
}
