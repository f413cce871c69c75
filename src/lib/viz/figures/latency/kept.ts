import { spreadOf, type Spread } from './spread';
import type { TimedOn } from './timing';

/** Whole runs of networks, timed on this device, all on the same backend: others could not be compared. */
export interface KeptTimes {
	readonly on: TimedOn;
	/** Milliseconds of the runs, by the id that a network has in the chart. */
	readonly runs: Readonly<Record<string, readonly number[]>>;
}

/** Adds a network's runs; what was timed on another backend, or on more or fewer threads, is let go. */
export function addKept(kept: KeptTimes | null, on: TimedOn, id: string, runs: readonly number[]): KeptTimes {
	const isSame = kept?.on.backend === on.backend && kept.on.threads === on.threads;
	return { on, runs: { ...(isSame ? kept.runs : {}), [id]: runs } };
}

/** Median and quartiles by network. */
export function spreadsOf(kept: KeptTimes | null): ReadonlyMap<string, Spread> {
	return new Map(Object.entries(kept?.runs ?? {}).map(([id, runs]) => [id, spreadOf(runs)]));
}
