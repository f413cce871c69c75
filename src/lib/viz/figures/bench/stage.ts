import type { AvgPoolGeometry, AvgPoolOptions } from '$lib/ops/avgPool';
import type { ChannelShuffleGeometry, ChannelShuffleOptions } from '$lib/ops/channelShuffle';
import type { Conv2dGeometry, Conv2dOptions } from '$lib/ops/conv2d';
import type { PoolGeometry, PoolOptions } from '$lib/ops/pool';
import type { TransposedConv2dGeometry, TransposedConv2dOptions } from '$lib/ops/transposedConv2d';
import type {
	Cell,
	Cost,
	Geometry,
	Granularity,
	Operator,
	Shape,
	Step,
	Tensor,
	Weights,
	WeightUse
} from '$lib/ops/types';
import type { StageId } from './spec';

interface LayerOf<Kind extends string, Options, G extends Geometry> {
	readonly kind: Kind;
	readonly options: Options;
	readonly geometry: G;
}

/** What a stage computes: an operator's kind, its options, and what they resolve to. */
export type Layer =
	| LayerOf<'conv2d', Conv2dOptions, Conv2dGeometry>
	| LayerOf<'transposedConv2d', TransposedConv2dOptions, TransposedConv2dGeometry>
	| LayerOf<'channelShuffle', ChannelShuffleOptions, ChannelShuffleGeometry>
	| LayerOf<'maxPool', PoolOptions, PoolGeometry>
	| LayerOf<'avgPool', AvgPoolOptions, AvgPoolGeometry>
	| LayerOf<'globalAvgPool', object, Geometry>;

/** The moves of a channel shuffle, in order: each is a step of the timeline. */
export const moves = ['reshape', 'transpose', 'flatten'] as const;
export type Move = (typeof moves)[number];

/** What a stage does beyond its operator. */
export interface StageExtras {
	/** Of an average: what the sum of an output cell is divided by. */
	divisor?(output: Pick<Cell, 'y' | 'x'>): number;
	/** A moment in a sentence, where it is no sum of products: of its step, or its local number; `name` says what cells are called. */
	tell?(
		at: { readonly step: Step | null; readonly local: number },
		name: (cell: Cell, of: 'input' | 'output') => string
	): string;
}

/** One layer of a bench before it has values. */
export interface PlannedStage {
	readonly id: StageId;
	readonly layer: Layer;
	readonly outputShape: Shape;
	/** Gives the layer its values and computes its output. */
	compute(input: Tensor, weights: Weights): Stage;
}

/** One layer of a bench: an operator bound to its geometry, its input and its weights, and its output. */
export interface Stage extends StageExtras {
	readonly id: StageId;
	readonly layer: Layer;
	readonly input: Tensor;
	readonly weights: Weights;
	readonly output: Tensor;
	readonly cost: Cost;
	/** Steps of this stage; a shuffle has its three moves at either grain. */
	stepCount(granularity: Granularity): number;
	/** Step `n` of this stage. Of a shuffle: the copy of output value `n`. */
	step(n: number, granularity: Granularity): Step;
	/** First step of this stage that works on an output cell. */
	stepOf(output: Cell, granularity: Granularity): number;
	/** The input cells that an output cell is computed from. */
	reads(output: Cell): readonly Cell[];
	/** The output cells that an input cell is used for. */
	feeds(input: Cell): readonly Cell[];
	/** The output cells that a weight of the kernel is used for, each with the input cell that it multiplies. */
	weightFeeds(weight: number): readonly WeightUse[];
	/** The input channels that an output channel is computed from, ascending. */
	channelsRead(channel: number): readonly number[];
}

/** Binds an operator to what its layer resolves to. */
export function planStage<Options, G extends Geometry>(
	id: StageId,
	operator: Operator<Options, G>,
	layer: Layer & { readonly options: Options; readonly geometry: G },
	extras: StageExtras = {}
): PlannedStage {
	const g: G = layer.geometry;
	const isShuffle = layer.kind === 'channelShuffle';
	return {
		id,
		layer,
		outputShape: g.outputs[0]!,
		compute(input, weights) {
			return {
				id,
				layer,
				input,
				weights,
				output: operator.run([input], weights, g)[0]!,
				cost: operator.cost(g),
				...extras,
				stepCount: (granularity) => (isShuffle ? moves.length : operator.stepCount(g, granularity)),
				step: (n, granularity) => operator.step(n, granularity, [input], weights, g),
				stepOf: (output, granularity) =>
					isShuffle ? moves.length - 1 : operator.stepOf(output, granularity, g),
				reads: (output) => operator.reads(g, output),
				feeds: (cell) => operator.feeds(g, cell),
				weightFeeds: (weight) => operator.weightFeeds?.(g, weight) ?? [],
				channelsRead: (channel) =>
					operator
						.channelsRead(g, { tensor: 0, channel })
						.flatMap(({ start, count }) => Array.from({ length: count }, (_, i) => start + i))
			};
		}
	};
}
