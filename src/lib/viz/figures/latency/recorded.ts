import type { KnobValues } from '$lib/nets/knobs';
import type { latencyKnobs } from './knobs';
import recorded from './recorded.json';
import type { Timing } from './timing';

/** The networks whose times were recorded. */
export type RecordedNetwork = KnobValues<typeof latencyKnobs>['network'];

/** Times of a network at full size that were recorded by `npm run bench -- --record`. */
export function recordedTiming(network: RecordedNetwork): Timing {
	// JSON's words are strings to TypeScript; the tool that wrote it has checked them.
	return recorded[network] as Timing;
}
