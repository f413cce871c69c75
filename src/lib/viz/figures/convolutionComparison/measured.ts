import { mean } from 'd3-array';
import { channelFlow, graphCost, resolveGraph, dependencyCount } from '$lib/nets';
import { oneBackbone, variants, type Variant } from '$lib/nets/networks/oneBackbone';
import { spreadOf, type Spread } from '$lib/nets/times/spread';
import type { TimedOn } from '$lib/nets/times/timing';
import measured from './measured.json' with { type: 'json' };

/** How all ways were trained: alike. */
export interface Recipe {
	readonly data: string;
	/** Version of PyTorch. */
	readonly torch: string;
	readonly epochs: number;
	readonly rate: number;
	readonly batch: number;
	readonly seeds: readonly number[];
}

/** What `npm run convolutions` measured. */
export interface MeasuredComparison {
	readonly recipe: Recipe;
	/** Share of the test pictures that are right, a seed each. */
	readonly accuracies: Readonly<Record<Variant, readonly number[]>>;
	/** Milliseconds of whole runs in a browser. */
	readonly times: {
		readonly on: TimedOn;
		readonly milliseconds: Readonly<Record<Variant, readonly number[]>>;
	};
}

// JSON's words are strings to TypeScript; the tool that wrote it has checked them.
export const measuredComparison = measured as MeasuredComparison;

/** A way of convolving, what its network costs, and what it reaches. */
export interface Contender {
	readonly variant: Variant;
	/** Trainable ones. */
	readonly params: number;
	readonly macs: number;
	/** Channels of the stem that a channel of the last layer has seen, out of all of them. */
	readonly seen: number;
	readonly stem: number;
	/** Share of the test pictures that are right: over all seeds, and of the worst and the best of them. */
	readonly accuracy: { readonly mean: number; readonly low: number; readonly high: number };
	readonly time: Spread;
}

/** Puts what was measured beside what the graphs say. */
export function contenders({
	accuracies,
	times
}: Pick<MeasuredComparison, 'accuracies' | 'times'>): readonly Contender[] {
	return variants.map((variant) => {
		const net = resolveGraph(oneBackbone.build({ way: variant }));
		const { params, macs } = graphCost(net).total;
		const flow = channelFlow(net, 'conv1_relu');
		const pooled = net.byId.get('global_pool')!.outputs[0]!;
		const reached = accuracies[variant];
		return {
			...{ variant, macs, params: params.trainable, time: spreadOf(times.milliseconds[variant]) },
			...{ seen: dependencyCount(flow, pooled, 0), stem: flow.source.shape[2] },
			accuracy: { mean: mean(reached)!, low: Math.min(...reached), high: Math.max(...reached) }
		};
	});
}
