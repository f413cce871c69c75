import { addressCodec, partsOf } from '../../address/codec';
import { decimal, oneOf } from '../../address/kinds';

/** Channels that can be counted. */
export const channelCounts = [32, 512] as const;
export type ChannelCount = (typeof channelCounts)[number];

/** What a reader has set, in an address. */
export interface ThreadsState {
	/** Where the handle stands: from 0, standard, to 5, shuffled. `null` where nobody has moved it. */
	readonly at: number | null;
	readonly counted: ChannelCount;
}

const { field } = partsOf<ThreadsState>();

export const threadsCodec = addressCodec<ThreadsState>({
	initial: { at: null, counted: 32 },
	parts: [
		field('at', 'at', decimal({ min: 0, max: 5, digits: 2 })),
		field('channels', 'counted', oneOf(channelCounts))
	]
});
