/**
 * Runs of a network that a time shown to a reader is the median of: no fewer than `least`, however long they take, since one is no
 * median; no more than `most`, and no more once they have taken `milliseconds` together.
 */
export const timedRuns = { least: 3, most: 5, milliseconds: 1000 } as const;

/** Whether these times of runs, in milliseconds, are enough for their median. */
export function areEnough(times: readonly number[]): boolean {
	const { least, most, milliseconds } = timedRuns;
	const spent = times.reduce((sum, time) => sum + time, 0);
	return times.length >= most || (times.length >= least && spent > milliseconds);
}
