import { quantileSorted } from 'd3-array';

/** Several measurements of one time, in milliseconds: the median, and the quartiles between which half of them lie. */
export interface Spread {
	readonly median: number;
	readonly low: number;
	readonly high: number;
	readonly count: number;
}

/** How one time compares with another. */
export type Pace = 'faster' | 'slower' | 'same';

/** A time is another than one only where the middle halves of their measurements lie apart: what overlaps may be chance. */
export function paceOf(time: Spread, other: Spread): Pace {
	if (time.high < other.low) return 'faster';
	return time.low > other.high ? 'slower' : 'same';
}

/** @throws RangeError where there is no measurement */
export function spreadOf(times: readonly number[]): Spread {
	if (times.length === 0) throw new RangeError('times: none, expected at least one');
	const sorted = times.toSorted((a, b) => a - b);
	const at = (share: number) => quantileSorted(sorted, share)!;
	return { median: at(0.5), low: at(0.25), high: at(0.75), count: times.length };
}
