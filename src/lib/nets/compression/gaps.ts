/**
 * Positions as relative indices: of each the number of zeros since the one before, in `gapBits` bits (Deep Compression, figure 2).
 * A gap that is too long is padded: the largest gap stands for as many zeros and no position after them, so that the padding
 * needs no code of its own, which in the paper is a weight of zero.
 */
export function encodeGaps(positions: Uint32Array, gapBits: number): Uint8Array {
	const padding = 2 ** gapBits - 1;
	const gaps: number[] = [];
	let next = 0;
	for (const position of positions) {
		let gap = position - next;
		for (; gap >= padding; gap -= padding) gaps.push(padding);
		gaps.push(gap);
		next = position + 1;
	}
	return Uint8Array.from(gaps);
}

/** The inverse of {@link encodeGaps}. */
export function decodeGaps(gaps: Uint8Array, gapBits: number): Uint32Array {
	const padding = 2 ** gapBits - 1;
	const positions: number[] = [];
	let next = 0;
	for (const gap of gaps) {
		next += gap;
		if (gap !== padding) positions.push(next++);
	}
	return Uint32Array.from(positions);
}
