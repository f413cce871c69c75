import { stackKnobs } from '$lib/nets/blocks/network';

/** Knobs of the figure beside the block itself: what it is built for, and the network that it is stacked into. */
export const blockKnobs = {
	/** Height and width of the block's input. */
	size: { kind: 'number', min: 1, max: 224, step: 1, default: 28, whole: true },
	channels: { kind: 'number', min: 1, max: 1024, step: 1, default: 240, whole: true },
	/** Channels of its input; 0 for as many as it gives. */
	inChannels: { kind: 'number', min: 0, max: 1024, step: 1, default: 0, whole: true },
	...stackKnobs
} as const;
