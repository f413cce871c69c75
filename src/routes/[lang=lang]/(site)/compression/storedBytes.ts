import type { Granularity } from '$lib/nets/quantization/kernel';

/** What is stored of a network on integers, batch norm folded in. */
export interface Counted {
	readonly weights: number;
	/** Output channels of all layers: each has a bias, and a scale where not the whole layer has one. */
	readonly channels: number;
	/** Layers that have weights. */
	readonly layers: number;
	/** Tensors of integers: each has a scale and a zero point. */
	readonly tensors: number;
}

/** Bytes of what is stored: those that cards have. */
export function storedBytes(
	{ weights, channels, layers, tensors }: Counted,
	bits: number,
	granularity: Granularity
): number {
	const scales = granularity === 'channel' ? channels : layers;
	return Math.ceil((bits * weights) / 8) + 4 * (channels + scales) + 5 * tensors;
}
