import { type GraphTensor, logitsOf, type ResolvedGraph } from '$lib/nets';
import { mapSizes } from './layout/mapGrid';
import type { MapSort } from './layout/mapStrength';

/** What is being looked at inside a network, as plain data: what an address can hold. */
export interface InsideState {
	/** Reference of the tensor whose maps are shown. */
	readonly layer: string;
	/** The chosen map, and the pixel of it. */
	readonly channel: number | null;
	readonly pixel: { readonly y: number; readonly x: number } | null;
	/** Whose map over the picture is shown; `null`: that of the highest score. */
	readonly classIndex: number | null;
	readonly sort: MapSort;
	/** How large maps are drawn; one of {@link mapSizes}. */
	readonly size: number;
	/** Whether each map has the strongest colour at its own largest value, or all have one scale. */
	readonly ownScale: boolean;
}

/** What is shown first: the first layer's maps. */
export function defaultInside(network: ResolvedGraph): InsideState {
	return {
		layer: network.nodes[0]?.outputs[0]?.ref ?? network.tensors[0]!.ref,
		channel: null,
		pixel: null,
		classIndex: null,
		sort: 'channel',
		size: mapSizes[2],
		ownScale: false
	};
}

/** The same as far as this network has it; of another network or another picture's size, what does not fit is left out. */
export function fitInside(state: InsideState, network: ResolvedGraph): InsideState {
	const classIndex = isBelow(state.classIndex, logitsOf(network).shape[2]) ? state.classIndex : null;
	const tensor = network.byRef.get(state.layer);
	if (!tensor) {
		const { layer } = defaultInside(network);
		return { ...state, layer, channel: null, pixel: null, classIndex };
	}
	const channel = isBelow(state.channel, tensor.shape[2]) ? state.channel : null;
	const pixel = channel !== null && hasPixel(tensor, state.pixel) ? state.pixel : null;
	return { ...state, channel, pixel, classIndex };
}

/** Whether a tensor has a value there. */
export function hasPixel({ shape }: GraphTensor, pixel: InsideState['pixel']): boolean {
	return pixel !== null && isBelow(pixel.y, shape[0]) && isBelow(pixel.x, shape[1]);
}

function isBelow(n: number | null, count: number): boolean {
	return n !== null && Number.isInteger(n) && n >= 0 && n < count;
}
