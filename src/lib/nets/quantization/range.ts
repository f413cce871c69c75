import { integersFor, stepsOf, type Range } from './integers';

/**
 * How a range of values is chosen: the least and greatest that were seen; those that leave out one in ten thousand at each end;
 * or those whose integers have the least squared error.
 */
export const calibrations = ['max', 'percentile', 'squares'] as const;
export type Calibration = (typeof calibrations)[number];

/** How often values were seen, in bins of equal width from `low` to `high`. */
export interface Histogram extends Range {
	readonly counts: Float64Array;
}

const binCount = 2048;
/** Share of the values that `percentile` leaves out at an end that is not 0. */
const leftOut = 1e-4;
/** Ranges that `squares` tries: this share of the greatest and all others up to it. */
const tries = 64;

/** Collects what values a tensor has, over many pictures: all of them are shown twice, for the range and then for the counts. */
export class Observer {
	#low = 0;
	#high = 0;
	#histogram: Histogram | null = null;

	/** The first time. */
	seeRange(values: ArrayLike<number>): void {
		for (let i = 0; i < values.length; i++) {
			const value = values[i]!;
			if (value < this.#low) this.#low = value;
			if (value > this.#high) this.#high = value;
		}
	}

	/** The second time. */
	seeValues(values: ArrayLike<number>): void {
		const { low, high, counts } = (this.#histogram ??= {
			low: this.#low,
			high: this.#high,
			counts: new Float64Array(binCount)
		});
		const perBin = high > low ? binCount / (high - low) : 0;
		for (let i = 0; i < values.length; i++)
			counts[Math.min(Math.max(Math.floor((values[i]! - low) * perBin), 0), binCount - 1)]!++;
	}

	/** @throws RangeError before values were seen a second time */
	get histogram(): Histogram {
		if (!this.#histogram) throw new RangeError('values were not seen a second time');
		return this.#histogram;
	}
}

/** Chooses a range for integers of so many bits. */
export function chooseRange(histogram: Histogram, calibration: Calibration, bits: number): Range {
	const { low, high } = histogram;
	switch (calibration) {
		case 'max':
			return { low, high };
		case 'percentile':
			return {
				low: low < 0 ? quantile(histogram, leftOut) : 0,
				high: high > 0 ? quantile(histogram, 1 - leftOut) : 0
			};
		case 'squares':
			return leastSquares(histogram, bits);
	}
}

/** The value below which a share of all lies. */
function quantile({ low, high, counts }: Histogram, share: number): number {
	const wanted = share * counts.reduce((sum, count) => sum + count, 0);
	let sum = 0;
	for (let i = 0; i < counts.length; i++) {
		if (sum + counts[i]! >= wanted) {
			const within = counts[i]! === 0 ? 0 : (wanted - sum) / counts[i]!;
			return low + ((i + within) * (high - low)) / counts.length;
		}
		sum += counts[i]!;
	}
	return high;
}

/** The range, shrunk towards 0, with the least sum of squared errors; each bin's values are taken to lie in its middle. */
function leastSquares(histogram: Histogram, bits: number): Range {
	const { low, high, counts } = histogram;
	const width = (high - low) / counts.length;
	let best: Range = { low, high };
	let least = Infinity;
	for (let i = tries; i > 0; i--) {
		const range = { low: (low * i) / tries, high: (high * i) / tries };
		// The integers that the range will have: of another scale, in its last digit, 0 may fall on the next one.
		const { scale, zeroPoint, most } = integersFor(range, bits);
		let error = 0;
		for (let bin = 0; bin < counts.length; bin++) {
			if (counts[bin] === 0) continue;
			const value = low + (bin + 0.5) * width;
			const nearest = Math.min(Math.max(stepsOf(value, scale) + zeroPoint, 0), most);
			error += counts[bin]! * (value - (nearest - zeroPoint) * scale) ** 2;
		}
		if (error < least) {
			least = error;
			best = range;
		}
	}
	return best;
}
