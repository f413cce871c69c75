import { spreadOf, type Spread } from '$lib/nets/times/spread';
import type { TimedOn } from '$lib/nets/times/timing';

/** Whole runs of networks, timed on this device, all on the same backend: others could not be compared. */
export interface StoredTimes {
	readonly on: TimedOn;
	/** Milliseconds of the runs, by the id that a network has in the chart. */
	readonly runs: Readonly<Record<string, readonly number[]>>;
}

/** Adds a network's runs; what was timed on another backend, or on more or fewer threads, is let go. */
export function addStored(
	stored: StoredTimes | null,
	on: TimedOn,
	id: string,
	runs: readonly number[]
): StoredTimes {
	const isSame = stored?.on.backend === on.backend && stored.on.threads === on.threads;
	return { on, runs: { ...(isSame ? stored.runs : {}), [id]: runs } };
}

/** Median and quartiles by network. */
export function spreadsOf(stored: StoredTimes | null): ReadonlyMap<string, Spread> {
	return new Map(Object.entries(stored?.runs ?? {}).map(([id, runs]) => [id, spreadOf(runs)]));
}
