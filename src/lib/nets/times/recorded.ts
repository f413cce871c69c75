import recorded from './recorded.json' with { type: 'json' };
import type { Timing } from './timing';

/** The networks whose times were recorded. */
export type RecordedNetwork = keyof typeof recorded;

/** Times of a network at full size that were recorded by `npm run bench -- --record`. */
export function recordedTiming(network: RecordedNetwork): Timing {
	// JSON's words are strings to TypeScript; the tool that wrote it has checked them.
	return recorded[network] as Timing;
}
