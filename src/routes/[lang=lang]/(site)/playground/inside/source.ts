import type { Activations, Picture } from '$lib/engine/client';
import type { InsideSource } from '$lib/viz/figures/inside/insideSource';
import type { Lane } from '../lane.svelte';
import { cropOf } from '../picture/crop';
import type { Runner } from '../runner';

/** What the figure that looks inside gets of a network that has seen a picture. */
export function insideSource(
	runner: Pick<Runner, 'run' | 'weight'>,
	lane: Lane,
	pixels: Picture,
	labels: readonly string[] | null
): InsideSource {
	const { graph, preprocessing } = lane.parts;
	const { width, height, data } = cropOf(pixels, lane.inputShape, lane.share);
	return {
		network: graph,
		picture: { width, height, data },
		channelOrder: preprocessing.order,
		trained: lane.isTrained,
		isOnIntegers: lane.integers?.isComputed === true && lane.integers.isTaken,
		labels,
		activation: batched(async (watch) => (await runner.run(lane, pixels, { watch })).watched),
		weight: (node, name) => runner.weight(lane, node, name)
	};
}

/** Gathers what is asked for in one turn, so that one run answers all of it. */
export function batched(
	run: (refs: readonly string[]) => Promise<Readonly<Record<string, Activations>>>
): (ref: string) => Promise<Activations> {
	let next: {
		readonly refs: string[];
		readonly answer: Promise<Readonly<Record<string, Activations>>>;
	} | null = null;
	return async (ref) => {
		if (!next) {
			const refs: string[] = [];
			const answer = Promise.resolve().then(() => {
				next = null;
				return run([...new Set(refs)]);
			});
			next = { refs, answer };
		}
		next.refs.push(ref);
		return (await next.answer)[ref]!;
	};
}
