import { m } from '$lib/i18n';
import { formatMilliseconds } from './format';
import type { Spread } from '$lib/nets/times/spread';
import type { TimedOn } from '$lib/nets/times/timing';

/** What a network was timed on: `WASM, 2 threads`. */
export function timedOnText({ backend, threads }: TimedOn): string {
	return m.backends_on({ backend, threads });
}

/** Where it was timed, and on what: here, or somewhere else beforehand. */
export function timedWhereText(on: TimedOn, isRecorded: boolean): string {
	const backend = timedOnText(on);
	return isRecorded ? m.latency_recorded({ backend }) : m.latency_here({ backend });
}

/** `41 ms (39 ms to 45 ms, 9 runs)`. */
export function spreadText({ median, low, high, count }: Spread): string {
	return m.latency_card({
		median: formatMilliseconds(median),
		low: formatMilliseconds(low),
		high: formatMilliseconds(high),
		count
	});
}
