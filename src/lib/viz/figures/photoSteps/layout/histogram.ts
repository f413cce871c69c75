/** How many values lie in each of equal bins over a range that has zero in its middle or at its start. */
export interface Histogram {
	readonly from: number;
	readonly to: number;
	/** Counts, the largest being 1. */
	readonly bars: readonly number[];
}

export function layoutHistogram(values: ArrayLike<number>, bins: number): Histogram {
	let most = 0;
	let least = 0;
	for (let i = 0; i < values.length; i++) {
		most = Math.max(most, values[i]!);
		least = Math.min(least, values[i]!);
	}
	const reach = Math.max(most, -least) || 1;
	const [from, to] = [-reach, reach];
	const counts = new Array<number>(bins).fill(0);
	for (let i = 0; i < values.length; i++)
		counts[Math.min(bins - 1, Math.floor(((values[i]! - from) / (to - from)) * bins))]!++;
	const tallest = Math.max(...counts);
	return { from, to, bars: counts.map((count) => count / tallest) };
}
