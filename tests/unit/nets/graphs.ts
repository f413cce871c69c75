import { GraphBuilder, type Graph, type GraphNode, type Ref } from '$lib/nets';

/** Input of 8×8×2, convolution to 4 channels, ReLU. */
export function tinyGraph(): Graph {
	const net = new GraphBuilder('Tiny', [8, 8, 2]);
	const conv = net.conv2d('conv', net.input, { outChannels: 4, kernelSize: 3 });
	return net.build(net.block('act', 'stage', () => net.relu('relu', conv)));
}

/** {@link tinyGraph} with one node changed or added. */
export function withNodes(...nodes: readonly unknown[]): Graph {
	return { ...tinyGraph(), nodes: nodes as GraphNode[], blocks: [] };
}

/** A stack of pointwise group convolutions over one position, with a shuffle after each but the last, or without. */
export function groupStack(channels: number, groups: number, layers: number, shuffle: boolean): Graph {
	const net = new GraphBuilder('Groups', [1, 1, channels]);
	let x: Ref = net.input;
	for (let i = 1; i <= layers; i++) {
		x = net.conv2d(`gconv${i}`, x, { outChannels: channels, kernelSize: 1, groups });
		if (shuffle && i < layers) x = net.op('channelShuffle', `shuffle${i}`, x, { groups });
	}
	return net.build(x);
}
