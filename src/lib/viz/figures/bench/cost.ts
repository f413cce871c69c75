import { type Cell, type Granularity, outputIndex } from '$lib/ops';
import type { Stage } from './stage';

/** A ratio in lowest terms. */
export interface Fraction {
	readonly numerator: number;
	readonly denominator: number;
}

/** Why a layer is cheaper than a standard convolution from the same input to the same output. */
export type Saving =
	/** Depthwise, then pointwise: `1/N + 1/k²` of the cost, N output channels, k² places of the kernel. */
	| {
			readonly kind: 'separable';
			readonly outChannels: number;
			readonly kernelSize: readonly [number, number];
	  }
	/** Groups: `1/g` of the cost. */
	| { readonly kind: 'groups'; readonly groups: number };

/** A layer's part of the cost. */
export interface LayerCost {
	readonly id: Stage['id'];
	readonly params: number;
	readonly macs: number;
	/** What the MACs are the product of, less those that are {@link cropped}. */
	readonly factors: Factors | null;
	/** Products of a transposed convolution that would land on what padding crops: frameworks count them, they are not in the MACs. */
	readonly cropped: number;
}

/** `positions × kernel × channels that a filter reads × filters`. */
export interface Factors {
	/** Rows and columns of the output; of a transposed convolution, which puts its kernel down at each place of it, of the input. */
	readonly places: 'input' | 'output';
	readonly positions: readonly [number, number];
	readonly kernelSize: readonly [number, number];
	readonly channelsRead: number;
	readonly filters: number;
}

/** What the layers of a bench cost, and what a standard convolution would. */
export interface BenchCost {
	/** The layers that have weights. */
	readonly layers: readonly LayerCost[];
	readonly weights: number;
	readonly biases: number;
	readonly macs: number;
	/** Arithmetic that is not counted as MACs: bias adds, comparisons, divisions of averages. */
	readonly otherOps: number;
	/** MACs of the standard convolution with the same shapes, and what is left of them; `null` without MACs. */
	readonly standard: { readonly macs: number; readonly ratio: Fraction; readonly saving: Saving } | null;
}

/** Counts what a bench costs. */
export function costBench(stages: readonly Pick<Stage, 'id' | 'layer' | 'cost'>[]): BenchCost {
	const sum = (of: (stage: (typeof stages)[number]) => number) =>
		stages.reduce((all, stage) => all + of(stage), 0);
	const macs = sum(({ cost }) => cost.macs);
	const standard = standardMacs(stages);
	return {
		layers: stages
			.filter(({ cost }) => cost.params.weight > 0)
			.map(({ id, layer, cost }) => ({
				id,
				params: cost.params.weight + cost.params.bias,
				macs: cost.macs,
				factors: factorsOf(layer),
				cropped: croppedOf(layer)
			})),
		weights: sum(({ cost }) => cost.params.weight),
		biases: sum(({ cost }) => cost.params.bias),
		macs,
		otherOps: sum(({ cost }) => cost.otherOps),
		standard: standard && {
			macs: standard.macs,
			saving: standard.saving,
			ratio: reduced(macs, standard.macs)
		}
	};
}

function factorsOf(layer: Stage['layer']): Factors | null {
	if (layer.kind !== 'conv2d' && layer.kind !== 'transposedConv2d') return null;
	const { kernelSize, inChannelsPerGroup, outChannels, outputSize, inputs } = layer.geometry;
	const places = layer.kind === 'conv2d' ? 'output' : 'input';
	const [height, width] = places === 'output' ? outputSize : inputs[0]!;
	return {
		places,
		positions: [height, width],
		kernelSize,
		channelsRead: inChannelsPerGroup,
		filters: outChannels
	};
}

function croppedOf(layer: Stage['layer']): number {
	if (layer.kind !== 'transposedConv2d') return 0;
	const { cropped, inChannelsPerGroup, outChannels } = layer.geometry;
	return cropped * inChannelsPerGroup * outChannels;
}

function standardMacs(
	stages: readonly Pick<Stage, 'id' | 'layer' | 'cost'>[]
): { macs: number; saving: Saving } | null {
	const [first, second] = stages.filter(({ cost }) => cost.macs > 0);
	if (!first || !('groups' in first.layer.geometry)) return null;
	const { layer } = first;
	if (first.id === 'depthwise' && second && layer.kind === 'conv2d') {
		const { kernelSize, inChannels, outputSize } = layer.geometry;
		const outChannels = second.layer.geometry.outputs[0]![2];
		const positions = kernelSize[0] * kernelSize[1];
		return {
			macs: outputSize[0] * outputSize[1] * positions * inChannels * outChannels,
			saving: { kind: 'separable', outChannels, kernelSize }
		};
	}
	// With one group instead, each filter would read so many times the channels.
	const { groups } = first.layer.geometry;
	const macs = groups * (first.cost.macs + (second?.cost.macs ?? 0));
	return { macs, saving: { kind: 'groups', groups } };
}

function reduced(numerator: number, denominator: number): Fraction {
	const divisor = greatestCommonDivisor(numerator, denominator);
	return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** Counts the MACs done by the end of a step; `local` is the step within the stage. Made once for a bench, then quick. */
export function macCounter(
	stages: readonly Pick<Stage, 'layer' | 'cost' | 'step'>[]
): (position: { readonly stage: number; readonly local: number }, granularity: Granularity) => number {
	const before = [0];
	for (const { cost } of stages) before.push(before.at(-1)! + cost.macs);
	const within = stages.map(({ layer }) => counterBefore(layer));
	return ({ stage, local }, granularity) => {
		const count = within[stage];
		if (!count) return before[stage]!;
		const { output, tap, terms } = stages[stage]!.step(local, granularity);
		return before[stage]! + count(output) + tap + terms.length;
	};
}

/** Counts the MACs of a layer before those of an output value; `null` for a layer without any. */
function counterBefore(layer: Stage['layer']): ((output: Cell) => number) | null {
	if (layer.kind === 'conv2d') {
		const { geometry } = layer;
		return (output) => outputIndex(geometry, output) * geometry.taps;
	}
	if (layer.kind !== 'transposedConv2d') return null;
	// Output positions have different numbers of taps: each column's, for every tap of each row.
	const { landingRows, landingColumns, inChannelsPerGroup, landing } = layer.geometry;
	const before = (masks: readonly (readonly unknown[])[], n: number) =>
		masks.slice(0, n).reduce((sum, { length }) => sum + length, 0);
	const across = before(landingColumns, landingColumns.length);
	return ({ y, x, channel }) =>
		inChannelsPerGroup *
		(channel * landing +
			before(landingRows, y) * across +
			landingRows[y]!.length * before(landingColumns, x));
}
