import { m } from '$lib/i18n';
import { graphCost } from '$lib/nets/analyses/cost';
import type { ResolvedGraph } from '$lib/nets/resolve';
import { atLeast, countText } from '$lib/viz/words/counts';
import { formatBytes, formatMilliseconds, formatShort } from '$lib/viz/words/format';
import { memoryOf, type Lane } from '../lane.svelte';

/** What is said of a network that runs, as text. */
export interface LaneFacts {
	readonly lane: Lane;
	/** How long it took; `null` while that is not known. */
	readonly median: number | null;
	readonly time: string;
	readonly macs: string;
	readonly params: string;
	readonly weightBytes: string;
	readonly peakBytes: string;
}

/**
 * Counts are of the whole network and say where they are lower bounds; where only a part of it runs, its time and memory are said to
 * be the part's.
 * @param own the reader's own network, whole
 * @param isOther whether it ran on something else than what is chosen now, of which nothing is known yet
 */
export function laneFacts(lane: Lane, own: ResolvedGraph | null, isOther = false): LaneFacts {
	const isPart = lane.parts.stop !== undefined;
	const whole = (isPart && own) || lane.parts.graph;
	const { macs, uncounted, params, unsized } = graphCost(whole).total;
	const { weightBytes, peakBytes } = memoryOf(lane);
	const ofPart = (text: string) => (isPart ? m.playground_of_part({ text }) : text);
	const median = isOther ? null : (lane.spread?.median ?? null);
	return {
		...{ lane, median },
		time: median === null ? '–' : ofPart(formatMilliseconds(median)),
		macs: countText(macs, uncounted, formatShort),
		params: atLeast(formatShort(params.trainable), unsized),
		weightBytes: isOther ? '–' : ofPart(formatBytes(weightBytes)),
		peakBytes: isOther ? '–' : ofPart(formatBytes(peakBytes))
	};
}
