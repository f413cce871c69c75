/** Where the slices of a picture stand: one over the other, or pulled apart to the right and down. */
export interface SliceLayout {
	readonly width: number;
	readonly height: number;
	/** Side of a slice. */
	readonly side: number;
	/** Upper left corner of each. */
	readonly corners: readonly { readonly x: number; readonly y: number }[];
}

/** Largest side of a slice, and how far down the last of them goes by its side. */
const [mostSide, fall] = [232, 0.16];

/**
 * Lays `count` slices into a width; what does not move keeps its place, so that pulling them apart moves nothing else.
 * @param apart from 0, one over the other, to 1
 */
export function layoutSlices(width: number, count: number, apart: number): SliceLayout {
	// Fully apart they stand side by side where there is room, and overlap by as much as is missing where there is none.
	const side = Math.min(mostSide, Math.max(width / count, 0.46 * width));
	const across = Math.min(side + 12, (width - side) / (count - 1));
	const down = (fall * side) / (count - 1);
	return {
		width,
		height: side + fall * side,
		side,
		corners: Array.from({ length: count }, (_, i) => ({ x: i * across * apart, y: i * down * apart }))
	};
}
