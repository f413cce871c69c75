import { blockDoesNotDivide, blockMover, type BlockOptions, checkBlock, deepCell, wideCell } from './blocks';
import { checkInputs } from './check';

/** Puts the positions of each block behind one another as channels: `[h, w, c]` to `[h / b, w / b, c · b²]`, place by place, as TensorFlow and ONNX do. */
export const spaceToDepth = blockMover<BlockOptions>(
	'spaceToDepth',
	{ blockSize: 'number' },
	(inputs, options) => {
		checkInputs('spaceToDepth', inputs, 1);
		const { blockSize } = checkBlock(options);
		const [height, width, channels] = inputs[0];
		for (const [of, total] of [
			['height', height],
			['width', width]
		] as const)
			if (total % blockSize !== 0) throw blockDoesNotDivide('spaceToDepth', blockSize, of, total);
		const output = [height / blockSize, width / blockSize, channels * blockSize ** 2] as const;
		return { inputs, outputs: [output], blockSize, channels, blockLast: false };
	},
	wideCell,
	deepCell,
	(window) => ({ kind: 'window', ...window })
);
