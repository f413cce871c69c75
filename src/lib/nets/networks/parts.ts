import type { ActivationKind, OptionsOf } from '../../ops';
import type { GraphBuilder, Ref } from '../builder';

/** Classes that a classifier can tell apart: 1000 of ImageNet unless told otherwise. */
export const classesKnob = {
	kind: 'number',
	min: 1,
	max: 10000,
	step: 1,
	default: 1000,
	whole: true
} as const;

/** Height and width of the input picture. */
export function resolutionKnob<const D extends number>(value: D) {
	return { kind: 'number', min: 16, max: 1024, step: 1, default: value, whole: true, unit: 'px' } as const;
}

/** The knobs that MobileNet's successors have in common. */
export const successorKnobs = {
	alpha: { kind: 'number', min: 0.1, max: 2, step: 0.05, default: 1, symbol: 'α', unit: '×' },
	resolution: { ...resolutionKnob(224), step: 32 },
	classes: classesKnob
} as const;

/** Stride of the first convolution: 1 for small pictures, that have nothing to give away. */
export const stemStrideKnob = { kind: 'choice', choices: [1, 2], default: 2, secondary: true } as const;

/** Whether the first pooling step is there. */
export const firstPoolKnob = { kind: 'flag', default: true, secondary: true } as const;

export function dropoutKnob<const D extends number>(value: D) {
	return { kind: 'number', min: 0, max: 0.95, step: 0.05, default: value, secondary: true } as const;
}

interface ConvUnit extends Omit<OptionsOf<'conv2d'>, 'bias'> {
	/** What follows the batch norm; nothing for a linear layer. */
	readonly activation?: ActivationKind | null;
	readonly epsilon?: number;
	/** The batch norm's id; the convolution's id and `_bn` unless given. */
	readonly bnId?: string;
	/** The activation's id; the convolution's id and `_relu` unless given. */
	readonly activationId?: string;
}

/** Convolution without bias, batch norm, activation: nodes `id`, `id_bn` and `id_relu`. */
export function convBnRelu(net: GraphBuilder, id: string, x: Ref, unit: ConvUnit): Ref {
	const {
		activation = 'relu',
		epsilon = 1e-5,
		bnId = `${id}_bn`,
		activationId = `${id}_relu`,
		...options
	} = unit;
	const conv = net.conv2d(id, x, { ...options, bias: false });
	const normed = net.batchNorm(bnId, conv, { epsilon });
	return activation === null ? normed : net.op(activation, activationId, normed, {});
}

/** {@link convBnRelu} of each channel by itself. */
export function depthwiseBnRelu(
	net: GraphBuilder,
	id: string,
	x: Ref,
	unit: Omit<ConvUnit, 'outChannels' | 'groups'>
): Ref {
	const groups = net.channels(x);
	return convBnRelu(net, id, x, { ...unit, outChannels: groups, groups });
}

/** Convolution with bias and ReLU, as networks before batch norm had it: nodes `id` and `id_relu`. */
export function convRelu(net: GraphBuilder, id: string, x: Ref, options: OptionsOf<'conv2d'>): Ref {
	return net.relu(`${id}_relu`, net.conv2d(id, x, options));
}

/** Channels rounded to the nearest multiple of 8 that is not under nine tenths (MobileNetV2's and V3's rule). */
export function makeDivisible(channels: number, divisor = 8): number {
	const rounded = Math.max(divisor, Math.floor((channels + divisor / 2) / divisor) * divisor);
	return rounded < 0.9 * channels ? rounded + divisor : rounded;
}
