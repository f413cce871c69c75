import * as v from 'valibot';
import { spreadOf, type Spread } from './spread';
import type { TimedOn } from './timing';

/** Whole runs of networks, timed on this device, all on the same backend: others could not be compared. */
export interface KeptTimes {
	readonly on: TimedOn;
	/** Milliseconds of the runs, by the id that a network has in the chart. */
	readonly runs: Readonly<Record<string, readonly number[]>>;
}

/** More than the chart has networks, and more runs than are made: no more is read. */
const most = { networks: 200, runs: 100 } as const;

const milliseconds = v.pipe(v.number(), v.finite(), v.gtValue(0), v.maxValue(1e7));
const schema = v.object({
	on: v.object({
		backend: v.picklist(['wasm', 'webgl', 'webgpu']),
		threads: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1024))
	}),
	runs: v.pipe(
		v.record(
			v.pipe(v.string(), v.regex(/^[\w.-]{1,80}$/)),
			v.pipe(v.array(milliseconds), v.minLength(1), v.maxLength(most.runs))
		),
		v.maxEntries(most.networks)
	)
});

/** Reads what the device has kept; `null` where it is none, or is not what this version writes. */
export function parseKept(text: string | null): KeptTimes | null {
	if (text === null) return null;
	try {
		const { success, output } = v.safeParse(schema, JSON.parse(text));
		return success ? output : null;
	} catch {
		return null;
	}
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
