import { blockDoesNotDivide, blockMover, type BlockOptions, checkBlock, deepCell, wideCell } from './blocks';
import { checkInputs } from './check';

export interface DepthToSpaceOptions extends BlockOptions {
	/** Channels are numbered by channel and then by place, as PyTorch's PixelShuffle has it; false by default, as in TensorFlow. */
	readonly blockLast?: boolean;
}

/** Deals channels out to the positions of blocks: `[h, w, c · b²]` to `[h · b, w · b, c]`. Source: Shi et al., arXiv 1609.05158. */
export const depthToSpace = blockMover<DepthToSpaceOptions>(
	'depthToSpace',
	{ blockSize: 'number', blockLast: 'flag?' },
	(inputs, options) => {
		checkInputs('depthToSpace', inputs, 1);
		const { blockSize, blockLast } = checkBlock(options);
		const [height, width, depth] = inputs[0];
		const channels = depth / blockSize ** 2;
		if (!Number.isInteger(channels))
			throw blockDoesNotDivide('depthToSpace', blockSize ** 2, 'channels', depth);
		return {
			inputs,
			outputs: [[height * blockSize, width * blockSize, channels]],
			blockSize,
			channels,
			blockLast
		};
	},
	deepCell,
	wideCell,
	(window) => ({ kind: 'transposed', ...window })
);
