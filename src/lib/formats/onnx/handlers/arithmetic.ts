import { type OptionsOf } from '../../../ops';
import { type Layer, type Out, type Values } from '../../assembly';
import { isWhole, onto, sameDim, shapeOfView, type View, viewOf } from '../../view';
import { type Call, type Value } from '../call';
import { type Constant, countOf } from '../constant';
import { alongChannels, before, first, type Handler, valuesOf } from './shared';

/** `x * factor + summand`, with what stands before it taken in where the two are one. */
function rescaled(call: Call, view: View, scale: number, offset: number): Value[] {
	if (scale === 1 && offset === 0) return [view];
	const { out } = view;
	const clip = out.layer?.op === 'relu6' || out.layer?.op === 'clip' ? out.layer : null;
	const { min = 0, max = 6 } = (clip?.options ?? {}) as { readonly min?: number; readonly max?: number };
	const shift = clip && before(clip.inputs[0]!, 'rescale');
	if (clip && min === 0 && offset === 0 && Math.abs(scale * max - 1) < 1e-6 && shift) {
		// clip(x * a + b, 0, m) / m: torch.nn.Hardsigmoid, and Keras's.
		const { scale: a = 1, offset: b = 0 } = shift.options;
		return [
			onto(view, first(call.add('hardSigmoid', [shift.inputs[0]!], { alpha: a * scale, beta: b * scale })))
		];
	}
	const half = geluOf(out, scale, offset);
	if (half) return [onto(view, first(call.add('gelu', [half], {})))];
	return [onto(view, first(call.add('rescale', [out], { scale, offset })))];
}

/** What goes in where a tensor is `x * (1 + erf(x / √2))` and is halved. */
function geluOf(out: Out, scale: number, offset: number): Out | null {
	const product = before(out, 'multiply');
	if (!product || scale !== 0.5 || offset !== 0) return null;
	const [a, b] = product.inputs as [Out, Out];
	return erfHalf(a, b) ?? erfHalf(b, a);
}

/** `x`, where the second is `1 + erf(x / √2)`. */
function erfHalf(x: Out, second: Out): Out | null {
	const one = before(second, 'rescale');
	const erf = one && one.inputs[0]!.layer;
	if (!one || (one.options.scale ?? 1) !== 1 || one.options.offset !== 1 || erf?.op !== 'opaque') return null;
	const inner =
		(erf.options as OptionsOf<'opaque'>).type === 'Erf' ? before(erf.inputs[0]!, 'rescale') : null;
	return inner && Math.abs((inner.options.scale ?? 1) - Math.SQRT1_2) < 1e-4 && inner.inputs[0] === x
		? x
		: null;
}

/** Adds to each channel, as the bias of the layer before where that has none. */
function shifted(call: Call, view: View, values: Values | undefined, i: number): Value[] {
	const { layer } = view.out;
	const takes =
		layer && (layer.op === 'conv2d' || layer.op === 'dense') && !(layer.options as { bias?: boolean }).bias;
	if (takes && layer.outs[0] === view.out && call.isOnlyReader(i) && view.out.readers === 0) {
		call.assembly.change(
			layer,
			{ ...layer.options, bias: true },
			valuesOf(layer.values, 'bias', values) as Layer['values']
		);
		if (values === undefined) call.assembly.leaveWeightsOut();
		if (layer.weightsFrom !== null) layer.weightsFrom += `\n${call.node.inputs[1 - i] ?? ''}`;
		return [view];
	}
	const norm = layer && (layer.op === 'layerNorm' || layer.op === 'scale') ? layer : null;
	if (
		norm &&
		!(norm.options as { center?: boolean }).center &&
		call.isOnlyReader(i) &&
		view.out.readers === 0
	) {
		call.assembly.change(
			norm,
			{ ...norm.options, center: true },
			valuesOf(norm.values, 'beta', values) as Layer['values']
		);
		if (norm.weightsFrom !== null) norm.weightsFrom += `\n${call.node.inputs[1 - i] ?? ''}`;
		if (values === undefined) call.assembly.leaveWeightsOut();
		return [view];
	}
	return [onto(view, first(call.add('scale', [view.out], { scale: false, center: true }, { beta: values })))];
}

function scaled(call: Call, view: View, values: Values | undefined, i: number): Value[] {
	const norm = before(view.out, 'layerNorm');
	if (norm && !norm.options.scale && !norm.options.center && call.isOnlyReader(i) && view.out.readers === 0) {
		call.assembly.change(
			norm,
			{ ...norm.options, scale: true },
			valuesOf(norm.values, 'gamma', values) as Layer['values']
		);
		if (values === undefined) call.assembly.leaveWeightsOut();
		return [view];
	}
	return [
		onto(view, first(call.add('scale', [view.out], { scale: true, center: false }, { gamma: values })))
	];
}

const negated = (values: Values | undefined): Values | undefined =>
	values && (values instanceof Float32Array ? values : values.data).map((value) => -value);

/**
 * Divides each channel, as what prepares pictures does. A divisor is no weight that is trained: it is one number, or the deviations
 * of a batch norm without anything to train.
 */
function divided(call: Call, view: View, values: Values | undefined): Value[] | null {
	const numbers = values && (values instanceof Float32Array ? values : values.data);
	const [one = NaN] = numbers ?? [];
	if (one !== 0 && numbers?.every((n) => n === one)) return rescaled(call, view, 1 / one, 0);
	// A deviation has no sign, and what is added to its square must be far less.
	if (numbers?.some((n) => !(n > 1e-3))) return null;
	const options = { epsilon: 1e-12, scale: false, center: false };
	const of = { mean: numbers?.map(() => 0), variance: numbers?.map((n) => n * n) };
	return [onto(view, first(call.add('batchNorm', [view.out], options, of)))];
}

/** Two views whose dimensions go over the same axes, one of them perhaps with single places where the other has many. */
function paired(
	call: Call
): { readonly larger: View; readonly smaller: View; readonly isTurned: boolean } | null {
	const [a, b] = [call.view(0), call.view(1)];
	if (!a || !b) return null;
	const fits = (large: View, small: View) => {
		const missing = large.dims.length - small.dims.length;
		return (
			missing >= 0 &&
			large.dims.every((dim, i) => {
				const other = small.dims[i - missing] ?? [];
				return other.length === 0 || sameDim(dim, other);
			}) &&
			covers(small)
		);
	};
	if (fits(a, b)) return { larger: a, smaller: b, isTurned: false };
	if (fits(b, a)) return { larger: b, smaller: a, isTurned: true };
	const order = a.dims.length === 4 ? 'nchw' : null;
	const settled =
		order && a.dims.length === b.dims.length ? [call.settle(a, order), call.settle(b, order)] : null;
	if (!settled?.[0] || !settled[1]) return null;
	const [x, y] = settled.map((out) => viewOf(out!, order!)) as [View, View];
	if (fits(x, y)) return { larger: x, smaller: y, isTurned: false };
	if (fits(y, x)) return { larger: y, smaller: x, isTurned: true };
	return null;
}

/** Whether a view shows all of its tensor. */
const covers = (view: View) =>
	view.start === undefined && countOf(shapeOfView(view)) === countOf(view.out.shape);

const binary =
	(
		constant: (call: Call, view: View, at: number, other: Constant) => Value[] | null,
		join: (call: Call) => Value[] | null
	): Handler =>
	(call) => {
		const [x, y] = [call.view(0), call.view(1)];
		const made =
			x && y
				? join(call)
				: x && call.constant(1)
					? constant(call, x, 0, call.constant(1)!)
					: y && call.constant(0)
						? constant(call, y, 1, call.constant(0)!)
						: null;
		if (!made) call.wanted = broadcast(call);
		return made;
	};

/** The shape of two that are broadcast; `null` where they do not fit. */
function broadcast(call: Call): number[] | null {
	const shapes = call.inputs
		.slice(0, 2)
		.map((value) => (value?.kind === 'view' ? shapeOfView(value) : (value?.dims ?? [])));
	const rank = Math.max(...shapes.map(({ length }) => length));
	return Array.from({ length: rank }, (_, i) =>
		Math.max(1, ...shapes.map((dims) => dims[i - rank + dims.length] ?? 1))
	);
}

function joinBy(op: 'add' | 'multiply'): (call: Call) => Value[] | null {
	return (call) => {
		const pair = paired(call);
		if (!pair) return null;
		const { larger, smaller } = pair;
		if (op === 'multiply') {
			const gate = [larger, smaller].find(({ out }) => before(out, 'sigmoid') || before(out, 'hardSigmoid'));
			const other = gate === larger ? smaller : larger;
			if (gate?.out.layer?.inputs[0] === other.out) {
				if (gate.out.layer.op === 'sigmoid') return [onto(other, first(call.add('swish', [other.out], {})))];
				const { alpha = 1 / 6, beta = 0.5 } = gate.out.layer.options as { alpha?: number; beta?: number };
				if (Math.abs(alpha - 1 / 6) < 1e-6 && beta === 0.5)
					return [onto(other, first(call.add('hardSwish', [other.out], {})))];
			}
		}
		const inputs =
			op === 'add' && pair.isTurned && larger.out.shape.every((n, i) => n === smaller.out.shape[i])
				? [smaller.out, larger.out]
				: [larger.out, smaller.out];
		return [onto(larger, first(call.add(op, inputs, {})))];
	};
}

/** What is left of a layer norm that a file writes as arithmetic: what goes in, and its epsilon. */
function layerNormOf(call: Call): { readonly view: View; readonly epsilon: number } | null {
	const [difference, deviation] = [call.view(0), call.view(1)];
	const mean = difference && opaqueOf(difference, 'Sub');
	const root = deviation && opaqueOf(deviation, 'Sqrt');
	if (!mean || !root) return null;
	const [x] = mean.inputs as [Out, Out];
	const sum = root.inputs[0] && before(root.inputs[0], 'rescale');
	const variance = sum?.inputs[0] && opaqueOfOut(sum.inputs[0], 'ReduceMean');
	const square =
		variance?.inputs[0] && (opaqueOfOut(variance.inputs[0], 'Pow') ?? before(variance.inputs[0], 'multiply'));
	const average = mean.inputs[1] && opaqueOfOut(mean.inputs[1], 'ReduceMean');
	if (!square || !average || average.inputs[0] !== x || square.inputs[0]?.layer?.inputs[0] !== x) return null;
	return { view: { ...difference!, out: x }, epsilon: sum!.options.offset ?? 0 };
}

const opaqueOfOut = ({ layer }: Out, type: string): Layer | null =>
	layer?.op === 'opaque' && (layer.options as OptionsOf<'opaque'>).type === type ? layer : null;

const opaqueOf = ({ out }: View, type: string) => opaqueOfOut(out, type);

/** What goes in where a tensor is `x * clip(x + 3, 0, 6)` and is divided by six. */
function softHalf(out: Out, factor: number): Out | null {
	if (Math.abs(factor - 1 / 6) > 1e-6) return null;
	const { inputs } = out.layer!;
	for (const [x, gate] of [inputs, inputs.toReversed()] as [Out, Out][]) {
		const clip = gate.layer?.op === 'relu6' ? gate.layer : null;
		const shift = clip && before(clip.inputs[0]!, 'rescale');
		if (shift && (shift.options.scale ?? 1) === 1 && shift.options.offset === 3 && shift.inputs[0] === x)
			return x;
	}
	return null;
}

/** Arithmetic, and the layers that files write as arithmetic. */
export const arithmetic: Readonly<Record<string, Handler>> = {
	Add: binary((call, view, at, constant) => {
		const along = alongChannels(view, constant);
		if (!along) return null;
		return 'scalar' in along ? rescaled(call, view, 1, along.scalar) : shifted(call, view, along.values, at);
	}, joinBy('add')),
	Sum(call) {
		const views = call.inputs.map((_, i) => call.view(i));
		const [one] = views;
		if (!one || views.length === 1) return one ? [one] : null;
		const outs = views.map((view) =>
			view?.dims.length === one.dims.length && view.dims.every((dim, i) => sameDim(dim, one.dims[i]!))
				? view.out
				: null
		);
		return outs.every((out) => out) ? [onto(one, first(call.add('add', outs as Out[], {})))] : null;
	},
	Sub: binary(
		(call, view, at, constant) => {
			const along = alongChannels(view, constant);
			if (!along) return null;
			if ('scalar' in along)
				return at === 0 ? rescaled(call, view, 1, -along.scalar) : rescaled(call, view, -1, along.scalar);
			return at === 0 ? shifted(call, view, negated(along.values), at) : null;
		},
		() => null
	),
	Mul: binary((call, view, at, constant) => {
		const along = alongChannels(view, constant);
		if (!along) return null;
		if ('scalar' in along) {
			const soft = before(view.out, 'multiply') && softHalf(view.out, along.scalar);
			if (soft) return [onto(view, first(call.add('hardSwish', [soft], {})))];
			return rescaled(call, view, along.scalar, 0);
		}
		return scaled(call, view, along.values, at);
	}, joinBy('multiply')),
	Div: binary(
		(call, view, at, constant) => {
			const along = alongChannels(view, constant);
			if (!along || at === 1) return null;
			if ('scalar' in along) {
				const soft = before(view.out, 'multiply') && softHalf(view.out, 1 / along.scalar);
				if (soft) return [onto(view, first(call.add('hardSwish', [soft], {})))];
				return rescaled(call, view, 1 / along.scalar, 0);
			}
			return divided(call, view, along.values);
		},
		(call) => {
			const norm = layerNormOf(call);
			if (!norm || !isWhole(norm.view.dims.at(-1) ?? [], norm.view.out, 2)) return null;
			const options = { epsilon: norm.epsilon, scale: false, center: false };
			return [onto(norm.view, first(call.add('layerNorm', [norm.view.out], options)))];
		}
	),
	QLinearAdd(call) {
		const [a, b] = [call.view(0), call.view(3)];
		const isSame = a && b && a.dims.every((dim, i) => sameDim(dim, b.dims[i] ?? []));
		return isSame ? [onto(a, first(call.add('add', [a.out, b.out], {})))] : null;
	}
};
