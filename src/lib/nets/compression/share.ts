/** Values that share a few: each is `codebook[code]`. */
export interface Shared {
	/** Ascending. */
	readonly codebook: Float32Array;
	/** Of each value. */
	readonly codes: Uint8Array;
}

/** Rounds of k-means after which it is left as it is; weights of real layers settle after far fewer. */
const mostRounds = 2000;

/**
 * Weight sharing: k-means of values on a line with 2^bits centroids, which begin at equal distances from the least value to the
 * greatest (Deep Compression, section 3.2: large weights are few and matter, and this beginning has centroids among them).
 * Centroids to which no value comes are left out of the codebook.
 * @param bits 1 to 8
 * @param round as the codebook is stored
 */
export function shareValues(
	values: Float32Array,
	bits: number,
	round: (centroids: Float32Array) => Float32Array = (centroids) => centroids
): Shared {
	if (!(Number.isInteger(bits) && bits >= 1 && bits <= 8))
		throw new RangeError(`bits is ${bits}, expected a whole number from 1 to 8`);
	const centroids = values.length === 0 ? new Float64Array() : kMeans(values.toSorted(), 2 ** bits);
	const codebook = Float32Array.from(new Set(round(Float32Array.from(centroids))));
	const middles = codebook.slice(1).map((centroid, i) => (codebook[i]! + centroid) / 2);
	return { codebook, codes: Uint8Array.from(values, (value) => upperBound(middles, value)) };
}

/** Lloyd's algorithm. On a line a centroid's values are a stretch of the sorted ones, and sums give its mean at once. */
function kMeans(sorted: Float32Array, k: number): Float64Array {
	const count = sorted.length;
	const sums = new Float64Array(count + 1);
	for (let i = 0; i < count; i++) sums[i + 1] = sums[i]! + sorted[i]!;
	const [least, greatest] = [sorted[0]!, sorted[count - 1]!];
	const centroids = Float64Array.from({ length: k }, (_, i) => least + ((greatest - least) * i) / (k - 1));
	/** Where each centroid's stretch ends. */
	const ends = new Uint32Array(k);
	for (let round = 0, hasChanged = true; round < mostRounds && hasChanged; round++) {
		hasChanged = false;
		for (let i = 0; i < k; i++) {
			const end = i === k - 1 ? count : upperBound(sorted, (centroids[i]! + centroids[i + 1]!) / 2, true);
			hasChanged ||= end !== ends[i];
			ends[i] = end;
		}
		for (let i = 0; i < k; i++) {
			const start = i === 0 ? 0 : ends[i - 1]!;
			if (ends[i]! > start) centroids[i] = (sums[ends[i]!]! - sums[start]!) / (ends[i]! - start);
		}
	}
	return centroids.filter((_, i) => ends[i]! > (i === 0 ? 0 : ends[i - 1]!));
}

/** How many of the ascending numbers are below a value, or at it too where `isIncluded`. */
function upperBound(sorted: Float32Array, value: number, isIncluded = false): number {
	let [low, high] = [0, sorted.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (sorted[middle]! < value || (isIncluded && sorted[middle] === value)) low = middle + 1;
		else high = middle;
	}
	return low;
}
