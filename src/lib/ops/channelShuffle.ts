import { checkInputs, checkWhole } from './check';
import { groupsDoNotDivide } from './filters';
import { rearrangeBy } from './rearrange';
import type { Geometry } from './types';

export interface ChannelShuffleOptions {
	readonly groups: number;
}

export interface ChannelShuffleGeometry extends Geometry {
	readonly groups: number;
	/** `channels / groups`; shuffling again with as many groups undoes it. */
	readonly channelsPerGroup: number;
}

/**
 * Reshapes the channels to `groups` rows, transposes and flattens them, so that each group of the next grouped convolution
 * sees all groups of this one. Source: ShuffleNet (arXiv 1707.01083), figure 1.
 */
export const channelShuffle = rearrangeBy<ChannelShuffleOptions, ChannelShuffleGeometry>(
	'channelShuffle',
	{ groups: 'number' },
	(inputs, options) => {
		checkInputs('channelShuffle', inputs, 1);
		const groups = checkWhole('groups', options.groups, 1);
		const channels = inputs[0][2];
		if (channels % groups !== 0) throw groupsDoNotDivide(groups, 'inChannels', channels);
		return { inputs, outputs: inputs, groups, channelsPerGroup: channels / groups };
	},
	(g, { channel }) => ({ tensor: 0, channel: shuffled(channel, g.channelsPerGroup, g.groups) }),
	(g, { channel }) => ({ tensor: 0, channel: shuffled(channel, g.groups, g.channelsPerGroup) })
);

/** Where a shuffle of `groups` × `channelsPerGroup` channels sends channel `i`. */
export function shuffled(i: number, groups: number, channelsPerGroup: number): number {
	return (i % channelsPerGroup) * groups + Math.floor(i / channelsPerGroup);
}
