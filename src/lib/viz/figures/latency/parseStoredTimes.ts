import * as v from 'valibot';
import type { StoredTimes } from './storedTimes';

/** More than the chart has networks, and more runs than are made: no more is read. */
const most = { networks: 200, runs: 100 } as const;

const milliseconds = v.pipe(v.number(), v.finite(), v.gtValue(0), v.maxValue(1e7));
const schema = v.object({
	on: v.object({
		backend: v.pipe(v.string(), v.regex(/^\w{1,20}$/)),
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

/** Reads what the device has kept; `null` where it is not what this version writes. */
export function parseStored(text: string): StoredTimes | null {
	try {
		const { success, output } = v.safeParse(schema, JSON.parse(text));
		return success ? output : null;
	} catch {
		return null;
	}
}
