import type { Photograph } from '../../tensor/photograph';

/** Values of one channel around a place, row by row, `reach` to each side; `null` beyond the edge. */
export function windowOf(
	{ shape: [height, width, channels], data }: Photograph,
	{ y, x }: { readonly y: number; readonly x: number },
	channel: number,
	reach: number
): readonly (number | null)[] {
	const side = 2 * reach + 1;
	return Array.from({ length: side * side }, (_, i) => {
		const [row, column] = [y - reach + Math.floor(i / side), x - reach + (i % side)];
		const isInside = row >= 0 && row < height && column >= 0 && column < width;
		return isInside ? data[(row * width + column) * channels + channel]! : null;
	});
}
