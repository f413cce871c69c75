import { type GraphTensor, logitsOf, type ResolvedGraph } from '$lib/nets';
import type { MapSort } from '../../tensor/mapStrength';

/** What is being looked at inside a network, as plain data: what an address can hold. */
export interface InsideState {
	/** Reference of the tensor whose maps are shown; `null`: the network as a whole. */
	readonly layer: string | null;
	/** The chosen map, and the value of it. */
	readonly channel: number | null;
	readonly pixel: { readonly y: number; readonly x: number } | null;
	/** Whose map over the picture is shown; `null`: that of the highest score. */
	readonly classIndex: number | null;
	readonly sort: MapSort;
	/** Whether each map has a scale of its own, or all of a layer have one. */
	readonly ownScale: boolean;
}

/** What is shown first: the whole network. */
export const defaultInside: InsideState = {
	layer: null,
	channel: null,
	pixel: null,
	classIndex: null,
	sort: 'strength',
	ownScale: true
};

/** How near it is looked at: a level of the zoom. */
export function levelOf({ layer, channel, pixel }: InsideState): 0 | 1 | 2 | 3 {
	return layer === null ? 0 : channel === null ? 1 : pixel === null ? 2 : 3;
}

/** The same from further away, or from as far. */
export function atLevel(state: InsideState, level: number): InsideState {
	return {
		...state,
		layer: level > 0 ? state.layer : null,
		channel: level > 1 ? state.channel : null,
		pixel: level > 2 ? state.pixel : null
	};
}

/** The same as far as this network has it; of another network or another picture's size, what does not fit is left out. */
export function fitInside(state: InsideState, network: ResolvedGraph): InsideState {
	const classIndex = isBelow(state.classIndex, logitsOf(network).shape[2]) ? state.classIndex : null;
	const tensor = state.layer === null ? undefined : network.byRef.get(state.layer);
	if (!tensor) return { ...state, layer: null, channel: null, pixel: null, classIndex };
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
