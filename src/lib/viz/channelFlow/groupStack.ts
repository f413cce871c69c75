import { GraphBuilder, type Graph } from '$lib/nets';

/**
 * Group convolutions one after the other with a channel shuffle between each two: the smallest case in which groups that stay
 * apart, and their repair, can be seen.
 * @param channels of every layer; a multiple of `groups`.
 */
export function groupStack({
	channels,
	groups,
	layers
}: {
	readonly channels: number;
	readonly groups: number;
	readonly layers: number;
}): Graph {
	const net = new GraphBuilder('Group convolutions', [1, 1, channels]);
	let x = net.input;
	for (let layer = 1; layer <= layers; layer++) {
		if (layer > 1) x = net.op('channelShuffle', `shuffle${layer - 1}`, x, { groups });
		x = net.conv2d(`gconv${layer}`, x, { outChannels: channels, kernelSize: 1, groups, bias: false });
	}
	return net.build(x);
}
