import type { Values } from '../../assembly';
import { countOf } from '../../tensors';
import { isWhole, onto, sameDim, shapeOfView, type View } from '../../view';
import { numbersOf } from '../constants';
import {
	each,
	first,
	image,
	isAlong,
	isChannelsFirst,
	isLastUse,
	nameOfConstant,
	valuesOf,
	type Call,
	type Handler,
	type Value
} from '../call';

/** Adds to each channel, as the bias of the layer before where that has none. */
function shifted(call: Call, view: View, values: Values | undefined): Value[] {
	const { layer } = view.out;
	const takes = layer && (layer.op === 'conv2d' || layer.op === 'dense' || layer.op === 'transposedConv2d');
	if (takes && !(layer.options as { bias?: boolean }).bias && view.out.readers === 0 && isLastUse(call)) {
		call.assembly.change(
			layer,
			{ ...layer.options, bias: true },
			{ ...layer.values, ...(values !== undefined && { bias: values }) }
		);
		const bias = call.constant(1) ?? call.constant(0);
		if (layer.weightsFrom !== null && bias) layer.weightsFrom += `\n${nameOfConstant(bias)}`;
		if (values === undefined) call.assembly.leaveWeightsOut();
		return [view];
	}
	const made = call.add('scale', [view.out], { scale: false, center: true }, { beta: values });
	return [onto(view, first(made))];
}

/** Two views whose dimensions go over the same axes, one of them perhaps with single places where the other has many. */
function joinedBy(call: Call, op: 'add' | 'multiply'): Value[] | null {
	const [a, b] = [call.view(0), call.view(1)] as [View, View];
	const fits = (large: View, small: View) => {
		const missing = large.dims.length - small.dims.length;
		return (
			missing >= 0 &&
			[large, small].every((view) => view.start === undefined) &&
			countOf(shapeOfView(small)) === countOf(small.out.shape) &&
			large.dims.every((dim, i) => {
				const other = small.dims[i - missing] ?? [];
				return other.length === 0 || sameDim(dim, other);
			})
		);
	};
	const pair = fits(a, b) ? ([a, b] as const) : fits(b, a) ? ([b, a] as const) : null;
	if (!pair) return null;
	const gate = pair.find(({ out }) => out.layer?.op === 'sigmoid');
	const other = gate === pair[0] ? pair[1] : pair[0];
	if (op === 'multiply' && gate && gate.out.layer!.inputs[0] === other.out)
		return [onto(other, first(call.add('swish', [other.out], {})))];
	return [
		onto(
			pair[0],
			first(
				call.add(
					op,
					pair.map(({ out }) => out),
					{}
				)
			)
		)
	];
}

/** `x` with a number, or with one for each channel. */
const withConstant =
	(
		op: 'add' | 'multiply' | null,
		scalar: (n: number, isFirst: boolean) => { readonly scale?: number; readonly offset?: number } | null,
		channels: ((call: Call, view: View, values: Values | undefined) => Value[]) | null
	): Handler =>
	(call) => {
		const [a, b] = [call.view(0), call.view(1)];
		if (a && b) return op && joinedBy(call, op);
		const view = a ?? b;
		const constant = call.constant(a ? 1 : 0);
		if (!view || !constant) return null;
		if (countOf(constant.dims) === 1) {
			const [n] = numbersOf(constant) ?? [];
			const options = n === undefined ? null : scalar(n, b !== null);
			return options && [onto(view, first(call.add('rescale', [view.out], options)))];
		}
		const fits = isWhole(view.dims.at(-1) ?? [], view.out, 2) && isAlong(constant, view.out.shape[2]);
		if (!fits || !channels || (b && op === null)) return null;
		return channels(call, view, valuesOf(constant));
	};

const scaledBy = (call: Call, view: View, values: Values | undefined): Value[] => [
	onto(view, first(call.add('scale', [view.out], { scale: true, center: false }, { gamma: values })))
];
const mapped = (values: Values | undefined, map: (n: number) => number): Values | undefined =>
	values && (values as Float32Array).map(map);

/** A bound that a clip, or ReLU, has on one side; ReLU and a bound of 6 are ReLU6. */
const bounded =
	(side: 'min' | 'max'): Handler =>
	(call) => {
		const at = call.view(0) ? 0 : 1;
		const view = call.view(at);
		const [bound] = call.numbers(1 - at) ?? [];
		if (!view || bound === undefined || countOf(call.constant(1 - at)!.dims) !== 1) return null;
		const { out } = view;
		const before = out.layer?.op;
		if (side === 'min' && bound === 0 && (before === 'relu' || before === 'relu6')) return [view];
		if (side === 'min' && bound === 0) return [onto(view, first(call.add('relu', [out], {})))];
		const isSix = side === 'max' && bound === 6 && before === 'relu' && out.readers === 0 && isLastUse(call);
		if (isSix) return [onto(view, first(call.add('relu6', out.layer!.inputs, {})))];
		return [onto(view, first(call.add('clip', [out], { [side]: bound })))];
	};

function normed(call: Call): Value[] | null {
	const x = call.image(0);
	if (!x || isChannelsFirst(call.node)) return null;
	const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((i) => valuesOf(call.constant(i)));
	const options = { epsilon: call.node.float('epsilon', 1e-4) };
	return [image(first(call.add('batchNorm', [x], options, { gamma, beta, mean, variance })))];
}

/** Operators that make another of each value. */
export const arithmetic: Readonly<Record<string, Handler>> = {
	BiasAdd: withConstant('add', (offset) => ({ offset }), shifted),
	Add: withConstant('add', (offset) => ({ offset }), shifted),
	AddV2: withConstant('add', (offset) => ({ offset }), shifted),
	Sub: withConstant(
		null,
		(n, isFirst) => (isFirst ? { scale: -1, offset: n } : { offset: -n }),
		(call, view, values) =>
			shifted(
				call,
				view,
				mapped(values, (n) => -n)
			)
	),
	Mul: withConstant('multiply', (scale) => ({ scale }), scaledBy),
	RealDiv: withConstant(
		null,
		(n, isFirst) => (isFirst ? null : { scale: 1 / n }),
		(call, view, values) =>
			scaledBy(
				call,
				view,
				mapped(values, (n) => 1 / n)
			)
	),
	AddN(call) {
		const views = call.inputs.map((_, i) => call.view(i));
		const [one] = views;
		if (!one || views.some((view) => !view?.dims.every((dim, i) => sameDim(dim, one.dims[i] ?? []))))
			return null;
		if (views.length === 1) return [one];
		return [
			onto(
				one,
				first(
					call.add(
						'add',
						views.map((view) => view!.out),
						{}
					)
				)
			)
		];
	},
	Neg: each('rescale', () => ({ scale: -1 })),
	Maximum: bounded('min'),
	Minimum: bounded('max'),
	FusedBatchNorm: (call) => normed(call),
	FusedBatchNormV2: (call) => normed(call),
	FusedBatchNormV3: (call) => normed(call),
	Relu: each('relu', () => ({})),
	Relu6: each('relu6', () => ({})),
	Elu: each('elu', () => ({})),
	Selu: each('selu', () => ({})),
	Sigmoid: each('sigmoid', () => ({})),
	Tanh: each('tanh', () => ({})),
	LeakyRelu: each('leakyRelu', ({ node }) => ({ alpha: node.float('alpha', 0.2) })),
	Prelu(call) {
		const [view, slope] = [call.view(0), call.constant(1)];
		const isShared = slope !== null && countOf(slope.dims) === 1;
		if (!view || !slope || (!isShared && !isAlong(slope, view.out.shape[2]))) return null;
		const made = call.add('prelu', [view.out], { shared: isShared }, { alpha: valuesOf(slope) });
		return [onto(view, first(made))];
	},
	Softmax(call) {
		const view = call.view(0);
		if (!view || !isWhole(view.dims.at(-1) ?? [], view.out, 2)) return null;
		return [onto(view, first(call.add('softmax', [view.out], {})))];
	},
	LRN: each('localResponseNorm', ({ node }) => ({
		...{ depthRadius: node.int('depth_radius', 5), bias: node.float('bias', 1) },
		...{ alpha: node.float('alpha', 1), beta: node.float('beta', 0.5) }
	}))
};
