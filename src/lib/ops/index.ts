import type { Activation } from './activation';
import { add } from './add';
import { avgPool } from './avgPool';
import { batchNorm } from './batchNorm';
import { channelShuffle } from './channelShuffle';
import { clip } from './clip';
import { concat } from './concat';
import { concatPlaces } from './concatPlaces';
import { conv2d } from './conv2d';
import { dense } from './dense';
import { depthToSpace } from './depthToSpace';
import { dropout } from './dropout';
import { elu } from './elu';
import { gelu } from './gelu';
import { globalAvgPool } from './globalAvgPool';
import { globalMaxPool } from './globalMaxPool';
import { hardSigmoid } from './hardSigmoid';
import { hardSwish } from './hardSwish';
import { layerNorm } from './layerNorm';
import { leakyRelu } from './leakyRelu';
import { localResponseNorm } from './localResponseNorm';
import { maxPool } from './maxPool';
import { multiply } from './multiply';
import { opaque } from './opaque';
import { pad } from './pad';
import { prelu } from './prelu';
import { relu } from './relu';
import { relu6 } from './relu6';
import { rescale } from './rescale';
import { resizeBilinear } from './resizeBilinear';
import { resizeNearest } from './resizeNearest';
import { scale } from './scale';
import { selu } from './selu';
import { sigmoid } from './sigmoid';
import { softmax } from './softmax';
import { spaceToDepth } from './spaceToDepth';
import { split } from './split';
import { swish } from './swish';
import { tanh } from './tanh';
import { transposedConv2d } from './transposedConv2d';
import type { Geometry, Operator } from './types';

export type { Activation } from './activation';
export type { AvgPoolGeometry, AvgPoolOptions } from './avgPool';
export { divisorOf } from './avgPool';
export type { BatchNormGeometry, BatchNormOptions } from './batchNorm';
export type { ChannelShuffleGeometry, ChannelShuffleOptions } from './channelShuffle';
export { shuffled } from './channelShuffle';
export type { Pair, Size } from './check';
export { divisors, nearestMultiples, validGroups } from './check';
export type { BlockGeometry } from './blocks';
export type { Conv2dGeometry, Conv2dOptions } from './conv2d';
export type { DenseGeometry, DenseOptions } from './dense';
export type { DropoutGeometry, DropoutOptions } from './dropout';
export type { OpErrorCode } from './errors';
export { OpError } from './errors';
export { channelsOfFilter, filtersOfChannel, kernelIndex, kernelPosition } from './filters';
export type { LayerNormGeometry, LayerNormOptions } from './layerNorm';
export type { LocalResponseNormGeometry, LocalResponseNormOptions } from './localResponseNorm';
export { isByValue } from './opaque';
export type { OpaqueGeometry, OpaqueOptions } from './opaque';
export type { PadGeometry, PadOptions } from './pad';
export type { PoolGeometry, PoolOptions } from './pool';
export type { PreluGeometry, PreluOptions } from './prelu';
export type { ResizeGeometry, ResizeOptions } from './resize';
export type { ScaleGeometry, ScaleOptions } from './scale';
export type { SplitGeometry, SplitOptions } from './split';
export { cellAt, cellIndex, isInside, sizeOf, tensor, zeros } from './tensor';
export { outputAt, outputIndex } from './trace';
export type { TransposedConv2dGeometry, TransposedConv2dOptions } from './transposedConv2d';
export type * from './types';
export type { Padding, Placement, Sides, Window, WindowOptions } from './window';

/** The functions of one value. */
export const activations = {
	relu,
	relu6,
	sigmoid,
	hardSigmoid,
	hardSwish,
	tanh,
	leakyRelu,
	elu,
	swish,
	gelu,
	selu,
	clip,
	rescale
} as const;

export type ActivationKind = keyof typeof activations;

/** Every operator by its kind. */
export const operators = {
	conv2d,
	transposedConv2d,
	channelShuffle,
	maxPool,
	avgPool,
	globalAvgPool,
	globalMaxPool,
	...activations,
	prelu,
	batchNorm,
	scale,
	layerNorm,
	localResponseNorm,
	add,
	multiply,
	concat,
	concatPlaces,
	split,
	dense,
	pad,
	resizeNearest,
	resizeBilinear,
	spaceToDepth,
	depthToSpace,
	softmax,
	dropout,
	opaque
} as const;

export type Kind = keyof typeof operators;

/** The options of a kind of operator. */
export type OptionsOf<K extends Kind> = Parameters<(typeof operators)[K]['geometry']>[1];

/** The geometry of a kind of operator. */
export type GeometryOf<K extends Kind> = ReturnType<(typeof operators)[K]['geometry']>;

/** Every kind, in the order in which they are listed. */
export const kinds = Object.keys(operators) as readonly Kind[];

/** Every kind that computes something. */
export type ComputedKind = Exclude<Kind, 'opaque'>;

export const computedKinds = kinds.filter((kind): kind is ComputedKind => kind !== 'opaque');

/** Whether a name is that of an operator. */
export function isKind(name: string): name is Kind {
	return Object.hasOwn(operators, name);
}

/**
 * The operator of a kind that is only known at run time. Its options are whatever the kind takes (they are checked by
 * `geometry`), and a geometry must come from the same operator.
 */
export function operatorOf(kind: Kind): Operator<object> {
	return operators[kind] as Operator<object>;
}

export function isActivation(kind: Kind): kind is ActivationKind {
	return Object.hasOwn(activations, kind);
}

/** The activation of a kind that is only known at run time; see {@link operatorOf}. */
export function activationOf(kind: ActivationKind): Activation {
	return activations[kind] as Activation;
}

/** Something for every activation. */
export function ofActivations<T>(make: (activation: Activation, kind: ActivationKind) => T) {
	const entries = Object.keys(activations).map((name) => {
		const kind = name as ActivationKind;
		return [kind, make(activationOf(kind), kind)] as const;
	});
	return Object.fromEntries(entries) as Readonly<Record<ActivationKind, T>>;
}

/** Whether an operator has a kernel: is a convolution, or a dense layer. */
export function hasKernel(kind: Kind): boolean {
	return operatorOf(kind).weightFeeds !== undefined;
}

/** Whether each output value is computed from the one input value in its place alone, and so can be written over it. */
export function isValueByValue(operator: Operator<object>, g: Geometry): boolean {
	return (
		g.inputs.length === 1 && operator.traits.channels === 'own' && operator.spatial(g).kind === 'pointwise'
	);
}
