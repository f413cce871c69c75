import { largestInteger, type LayerSpread } from '$lib/nets/quantization/spread';
import type { Way } from './knobs';

/** A layer of a network, and what each way of scaling makes of it and of the network. */
export interface ChannelIntegers {
	readonly network: string;
	readonly layer: string;
	readonly channels: number;
	readonly bits: number;
	/** Share of the test pictures that are right, as trained. */
	readonly trained: number;
	readonly ways: Readonly<Record<Way, WayOfScaling>>;
}

export interface WayOfScaling {
	/** Of channels from the widest to the narrowest: the largest weight of each, as an integer. */
	readonly integers: readonly number[];
	/** Of the weights, the mean of all channels. */
	readonly error: number;
	/** Share of the test pictures that are right. */
	readonly accuracy: number;
}

/** The integer that the largest weight of each channel becomes: with a scale each, the largest there is. */
export function integersOfChannels(
	{ largest }: Pick<LayerSpread, 'largest'>,
	bits: number,
	granularity: 'tensor' | 'channel' = 'tensor'
): readonly number[] {
	const most = largestInteger(bits);
	return largest.map((share) => (granularity === 'channel' && share > 0 ? most : Math.round(most * share)));
}
