import { classMapForm, type GraphTensor, receptiveFields } from '$lib/nets';
import { layoutMapGrid, type MapGrid } from './layout/mapGrid';
import { scaleOf, sortMaps, summarizeMaps, type MapSummary } from './layout/mapStrength';
import type { Activation, InsideSource } from './insideSource';
import { CachedSource } from './cachedSource';
import { Latest } from './latest.svelte';
import { defaultInside, fitInside, type InsideState } from './state';
import { workOut, type Worked } from './worked';
import { partNames } from './words';

/** A tensor's maps, with what is said of them. */
export interface Maps {
	readonly tensor: GraphTensor;
	readonly activation: Activation;
	readonly summaries: readonly MapSummary[];
	/** The value that has the strongest colour. */
	readonly largest: number;
}

/** A value of a tensor worked out. */
export interface WorkedPixel {
	readonly tensor: GraphTensor;
	readonly channel: number;
	readonly y: number;
	readonly x: number;
	readonly worked: Worked;
	/** The tensors that it was made from, in the order in which they are read. */
	readonly inputs: readonly { readonly ref: string; readonly activation: Activation }[];
	/** The value that the network itself came to. */
	readonly value: number;
}

/** The state of looking inside: what is looked at, and what the source has of it. To be made while a component is. */
export class Inside {
	readonly #source: () => InsideSource;
	#wanted = $state.raw() as InsideState;

	readonly source = $derived.by(() => this.#source());
	readonly network = $derived(this.source.network);
	/** What is looked at, as far as the network has it. */
	readonly state = $derived(fitInside(this.#wanted, this.network));
	readonly tensor = $derived(this.network.byRef.get(this.state.layer)!);
	readonly cached = $derived(new CachedSource(this.source));
	readonly fields = $derived(receptiveFields(this.network));
	readonly classForm = $derived(classMapForm(this.network));
	readonly maps: Latest<Maps>;
	/** Channels in the order in which they are shown. */
	readonly order = $derived.by(() => sortMaps(this.maps.value?.summaries ?? [], this.state.sort));
	readonly worked: Latest<WorkedPixel>;

	constructor(source: () => InsideSource, initial: InsideState | undefined) {
		this.#source = source;
		this.#wanted = initial ?? defaultInside(source().network);
		this.maps = new Latest(() => this.#mapsOf(this.tensor, this.cached));
		this.worked = new Latest(() => this.#workedOf(this.cached));
	}

	set(patch: Partial<InsideState>): void {
		this.#wanted = { ...this.state, ...patch };
	}

	/** Looks at another layer; the map stays where it has one of that number only when told so. */
	goTo(layer: string, channel: number | null = null, pixel: InsideState['pixel'] = null): void {
		this.set({ layer, channel, pixel });
	}

	/** The layer so many before or after this one. */
	neighbour(by: 1 | -1): GraphTensor | null {
		return this.network.tensors[this.tensor.index + by] ?? null;
	}

	/** Lays the maps out. */
	grid(room: number): MapGrid {
		const [height, width, count] = this.maps.value?.tensor.shape ?? this.tensor.shape;
		return layoutMapGrid({ count, shape: [height, width], size: this.state.size, room });
	}

	async #mapsOf(tensor: GraphTensor, cached: CachedSource): Promise<Maps> {
		const activation = await cached.activation(tensor);
		return {
			tensor,
			activation,
			summaries: summarizeMaps(activation),
			largest: scaleOf(activation.data)
		};
	}

	#workedOf(cached: CachedSource): Promise<WorkedPixel> | null {
		const { tensor } = this;
		const { channel, pixel } = this.state;
		const node = tensor.producer;
		if (channel === null || !pixel || !node) return null;
		return Promise.all([cached.inputs(node), cached.weights(node), cached.activation(tensor)]).then(
			async ([inputs, weights, { shape, data }]) => {
				const activations = await Promise.all(node.inputs.map((input) => cached.activation(input)));
				return {
					tensor,
					channel,
					...pixel,
					worked: workOut(
						node,
						{ tensor: tensor.output, ...pixel, channel },
						inputs,
						weights,
						partNames(node, this.source.channelOrder)
					),
					inputs: node.inputs.map(({ ref }, i) => ({ ref, activation: activations[i]! })),
					value: data[(pixel.y * shape[1] + pixel.x) * shape[2] + channel]!
				};
			}
		);
	}
}
