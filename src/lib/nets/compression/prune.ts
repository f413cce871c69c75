/**
 * Positions of the weights that pruning by magnitude keeps, ascending. The smallest are left out, the first of equal ones first;
 * zeros are left out whatever the share, but for a share of 0, which keeps all.
 * @param share of the weights that is left out, from 0 to 1
 */
export function pruneByMagnitude(weights: Float32Array, share: number): Uint32Array {
	if (!(share >= 0 && share <= 1)) throw new RangeError(`share is ${share}, expected 0 to 1`);
	const leftOut = Math.round(share * weights.length);
	if (leftOut === 0) return Uint32Array.from(weights.keys());
	const magnitudes = weights.map(Math.abs);
	const sorted = magnitudes.toSorted();
	const largest = sorted[leftOut - 1]!;
	let equal = leftOut - sorted.indexOf(largest);
	const stored: number[] = [];
	for (const [i, magnitude] of magnitudes.entries()) {
		const isPruned = magnitude < largest || magnitude === 0 || (magnitude === largest && equal-- > 0);
		if (!isPruned) stored.push(i);
	}
	return Uint32Array.from(stored);
}
