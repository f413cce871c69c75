import type { Lane } from '../lane.svelte';

/**
 * Tensors of a lane that runs on integers whose maps are those after the ReLU that follows, which integers take in before: what the
 * graph has there may be below 0. Where a file has integers of its own, it says itself where it rounds.
 */
export async function clampedIn({
	integers,
	parts
}: Pick<Lane, 'integers' | 'parts'>): Promise<ReadonlySet<string>> {
	if (!integers?.isComputed || !integers.isTaken || integers.isOfFile) return new Set();
	const { clampedLater } = await import('$lib/nets/quantization/groups');
	return new Set(clampedLater(parts.graph).keys());
}
