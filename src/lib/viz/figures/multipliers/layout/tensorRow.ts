import type { Shape } from '$lib/ops/types';
import type { Box } from '../../../tensor/tensors';

/** Tensors beside each other, seen from the side: as high as their maps, as wide as they have channels. */
export interface TensorRow {
	readonly width: number;
	readonly height: number;
	/** Where each would stand in full. */
	readonly whole: readonly Box[];
	readonly now: readonly Box[];
	/** Channels to a pixel across, and positions to a pixel down. */
	readonly channelsPerPixel: number;
	readonly positionsPerPixel: number;
}

const gap = 8;
const maxHeight = 180;

/** Lays tensors out to one scale each way, and into each the same tensor of a smaller network. */
export function layoutTensorRow(whole: readonly Shape[], now: readonly Shape[], width: number): TensorRow {
	const channels = whole.reduce((sum, shape) => sum + shape[2], 0);
	const across = (width - 4 - gap * (whole.length - 1)) / channels;
	const down = maxHeight / Math.max(...whole.map(([rows]) => rows));
	const starts = whole.map(
		(_, i) => 2 + whole.slice(0, i).reduce((sum, shape) => sum + shape[2] * across + gap, 0)
	);
	const boxes = (shapes: readonly Shape[]) =>
		shapes.map(([rows, , count], i): Box => {
			// Where there are as good as no channels, a line is left to be seen.
			const size = { width: Math.max(1, count * across), height: Math.max(1, rows * down) };
			return { x: starts[i]!, y: 2 + (maxHeight - size.height) / 2, ...size };
		});
	return {
		width,
		height: maxHeight + 4,
		whole: boxes(whole),
		now: boxes(now),
		channelsPerPixel: 1 / across,
		positionsPerPixel: 1 / down
	};
}
