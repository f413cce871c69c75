/** A time as the page shows it: 8.4 ms, 41 ms, 1.25 s. */
export function formatMilliseconds(milliseconds: number): string {
	if (milliseconds >= 999.5) return `${(milliseconds / 1000).toFixed(2)}\u00a0s`;
	return `${milliseconds.toFixed(milliseconds < 9.95 ? 1 : 0)}\u00a0ms`;
}
