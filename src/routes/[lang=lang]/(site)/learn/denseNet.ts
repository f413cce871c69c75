/** DenseNet-121 (paper, table 1): layers of each dense block, channels that each layer adds, channels before the first block. */
export const denseNet121 = { layers: [6, 12, 24, 16], growth: 32, first: 64 } as const;

/** Channels that a layer of a dense block reads; both are counted from 0. Between two blocks the channels are halved. */
export function channelsRead(block: number, layer: number): number {
	const { layers, growth, first } = denseNet121;
	const before = layers
		.slice(0, block)
		.reduce<number>((channels, count) => (channels + count * growth) / 2, first);
	return before + layer * growth;
}
