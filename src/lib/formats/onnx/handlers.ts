import type { Kind, OptionsOf, Padding, Sides } from '../../ops';
import type { Layer, Out, Values } from '../assembly';
import { broken } from '../format';
import type { Call, Value } from './call';
import { arranged, constantOf, countOf, dequantized, plain, type Constant } from './constant';
import {
	isWhole,
	onto,
	reshape,
	sameDim,
	shapeOfView,
	sizeOfDim,
	transpose,
	viewOf,
	whole,
	type View
} from '../view';

/** What a node gives, one value an output; `null` where it cannot be computed here. */
type Handler = (call: Call) => readonly (Value | null)[] | null;

const valuesOf = (
	values: Readonly<Record<string, Values | undefined>>,
	name: string,
	value: Values | undefined
) => (value === undefined ? values : { ...values, [name]: value });

/** Applies an operator that looks at each value alone, whatever the view. */
function each<K extends Kind>(op: K, options: (call: Call) => OptionsOf<K> | null): Handler {
	return (call) => {
		const view = call.view(0);
		const own = view && options(call);
		return own ? [onto(view, call.add(op, [view.out], own).outs[0]!)] : null;
	};
}

const first = (layer: Layer): Out => layer.outs[0]!;

/** Padding of a window: by rule, or the sides as ONNX has them, all begins before all ends. */
function windowOf(call: Call, order: string, kernel: readonly number[]) {
	const both = (list: readonly number[] | null, fallback: number): readonly [number, number] =>
		list === null
			? [fallback, fallback]
			: order === 'ncw'
				? [1, list[0] ?? fallback]
				: [list[0] ?? fallback, list[1] ?? fallback];
	const kernelSize: readonly [number, number] =
		order === 'ncw' ? [1, kernel[0] ?? 1] : [kernel[0] ?? 1, kernel[1] ?? 1];
	const stride = both(call.list('strides'), 1);
	const dilation = both(call.list('dilations'), 1);
	return { kernelSize, stride: order === 'ncw' ? ([1, stride[1]] as const) : stride, dilation };
}

type WindowOptions = ReturnType<typeof windowOf>;

/** Explicit padding of a node, its automatic kinds resolved. */
function paddingOf(
	call: Call,
	order: string,
	{ kernelSize, stride, dilation }: WindowOptions,
	input: Out
): Padding | null {
	const auto = call.text('auto_pad', 'NOTSET');
	if (auto === 'VALID') return 'valid';
	if (auto === 'SAME_UPPER' || auto === 'SAME_LOWER') {
		const along = (axis: 0 | 1) => {
			const size = input.shape[axis];
			const span = (kernelSize[axis] - 1) * dilation[axis] + 1;
			const total = Math.max(0, (Math.ceil(size / stride[axis]) - 1) * stride[axis] + span - size);
			const less = Math.floor(total / 2);
			return auto === 'SAME_UPPER' ? [less, total - less] : [total - less, less];
		};
		const [[top, bottom], [left, right]] = [along(0), along(1)] as [[number, number], [number, number]];
		return { top, bottom, left, right };
	}
	const pads = call.list('pads') ?? [0, 0, 0, 0];
	if (pads.some((n) => n < 0)) return null;
	const [top = 0, left = 0, bottom = 0, right = 0] = order === 'ncw' ? [0, pads[0], 0, pads[1]] : pads;
	return tidy({ top, left, bottom, right });
}

/** One number where the sides are alike. */
function tidy(sides: Sides): Padding {
	const { top, bottom, left, right } = sides;
	if (top !== bottom || left !== right || top !== left) return { top, bottom, left, right };
	return top === 0 ? 'valid' : top;
}

const sidesOf = (padding: Padding): Sides =>
	typeof padding === 'object'
		? padding
		: { top: +padding || 0, bottom: +padding || 0, left: +padding || 0, right: +padding || 0 };

const addSides = (a: Sides, b: Sides): Sides => ({
	top: a.top + b.top,
	bottom: a.bottom + b.bottom,
	left: a.left + b.left,
	right: a.right + b.right
});

/** Padding with zeros that a layer before put on for this window alone; the window takes it over. */
function withPad(
	input: Out,
	padding: Padding
): { readonly input: Out; readonly padding: Padding; readonly isFolded: boolean } {
	const own = before(input, 'pad');
	const isZero = own !== null && (own.options.value ?? 0) === 0;
	if (!isZero || padding === 'same') return { input, padding, isFolded: false };
	const sides = addSides(sidesOf(own.options.padding), sidesOf(padding === 'valid' ? 0 : padding));
	return { input: own.inputs[0]!, padding: tidy(sides), isFolded: true };
}

const convolution =
	(read: (call: Call) => { kernel: Constant | null; bias: Constant | null; hasBias: boolean }): Handler =>
	(call) => {
		const image = call.image(0);
		const { kernel, bias, hasBias } = read(call);
		if (!image || !kernel || (hasBias && !bias)) return null;
		const { order } = image;
		const rank = order.length;
		if (kernel.dims.length !== rank) return null;
		const [outChannels = 1, inChannels = 1, ...size] = kernel.dims;
		const window = windowOf(call, order, size);
		const groups = call.int('group', 1);
		const asked = paddingOf(call, order, window, image.out);
		if (asked === null) return null;
		const { input, padding } = withPad(image.out, asked);
		const values = {
			kernel: arranged(kernel, [outChannels, inChannels, ...window.kernelSize], [2, 3, 1, 0]),
			...(bias && { bias: plain(bias) })
		};
		return call.give(
			order,
			'conv2d',
			[input],
			{ outChannels, ...window, padding, groups, bias: bias !== null },
			values
		);
	};

/** A kernel `[inputs, outputs]` over the last dimension, or over all that is flattened. */
function multiplied(
	call: Call,
	view: View,
	kernel: Constant,
	isTurned: boolean,
	bias: Values | undefined | null
): Value[] | null {
	const [inputs = 1, outChannels = 1] = isTurned ? kernel.dims.toReversed() : kernel.dims;
	const last = view.dims.at(-1) ?? [];
	if (sizeOfDim(last) !== inputs)
		throw broken(call.about.file, `${call.name} multiplies ${sizeOfDim(last)} values by ${inputs}`);
	const { out } = view;
	const hasBias = bias !== null;
	const shape = isTurned ? [outChannels, inputs] : [inputs, outChannels];
	const biasValue = bias ? { bias } : {};
	const isVector = view.dims.slice(0, -1).every((dim) => dim.length === 0);
	if (isVector && view.start === undefined) {
		// Flattened: in the order of the file, rows of the kernel are moved to the order here.
		const sizes = last.length === 0 ? [1] : last.map(({ size }) => size);
		const order = last.map((_, i) => i).sort((a, b) => key(last[a]!) - key(last[b]!));
		const from = isTurned ? [outChannels, ...sizes] : [...sizes, outChannels];
		const axes = isTurned ? [...order.map((i) => i + 1), 0] : [...order, sizes.length];
		const kernelValue = arranged(
			kernel,
			last.length === 0 ? shape : from,
			last.length === 0 ? (isTurned ? [1, 0] : [0, 1]) : axes
		);
		const made = call.add(
			'dense',
			[out],
			{ outChannels, bias: hasBias },
			{ kernel: kernelValue, ...biasValue }
		);
		return [{ kind: 'view', out: first(made), dims: [...view.dims.slice(0, -1), whole(first(made), 2)] }];
	}
	if (!isWhole(last, out, 2) || view.start !== undefined) {
		// Rows of values that were moved about, as between the heads of attention and what joins them.
		const order = ['c', 'wc', 'nwc', 'nhwc'][view.dims.length - 1];
		const moved = order === undefined ? null : call.moved(view, order);
		return moved && multiplied(call, viewOf(moved, order), kernel, isTurned, bias);
	}
	const values = { kernel: arranged(kernel, shape, isTurned ? [1, 0] : [0, 1]), ...biasValue };
	const made = call.add('conv2d', [out], { outChannels, kernelSize: 1, bias: hasBias }, values);
	return [{ kind: 'view', out: first(made), dims: [...view.dims.slice(0, -1), whole(first(made), 2)] }];
}

/** Atoms in the order in which a tensor lies: rows, columns, channels, the widest steps first. */
const key = ({ axis, stride }: { axis: number; stride: number }) => axis * 1e9 - stride;

/** A constant as one number, or as one for each channel of the view. */
function alongChannels(
	view: View,
	constant: Constant
): { readonly scalar: number } | { readonly values: Values | undefined } | null {
	const count = countOf(constant.dims);
	if (count === 1) return { scalar: constant.numbers()[0] ?? 0 };
	const missing = view.dims.length - constant.dims.length;
	if (missing < 0) return null;
	const at = view.dims.findIndex((dim) => isWhole(dim, view.out, 2) && dim.length > 0);
	const isThere = constant.dims.every((n, i) => n === (i + missing === at ? view.out.shape[2] : 1));
	return at >= 0 && isThere ? { values: plain(constant) } : null;
}

/** A layer that only this tensor leads on from, of one of these kinds. */
function before<K extends Kind>(out: Out, op: K): (Layer & { readonly options: OptionsOf<K> }) | null {
	return out.layer?.op === op ? (out.layer as Layer & { readonly options: OptionsOf<K> }) : null;
}

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
const inverted = (values: Values | undefined): Values | undefined =>
	values && (values instanceof Float32Array ? values : values.data).map((value) => 1 / value);

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

const pool =
	(op: 'maxPool' | 'avgPool'): Handler =>
	(call) => {
		const image = call.image(0);
		const kernel = call.list('kernel_shape');
		if (!image || !kernel) return null;
		const { order } = image;
		const { dilation, ...window } = windowOf(call, order, kernel);
		const isDilated = dilation.some((n) => n !== 1);
		if (isDilated && op === 'avgPool') return null;
		const padding = paddingOf(call, order, { ...window, dilation }, image.out);
		if (padding === null) return null;
		const ceil = call.int('ceil_mode', 0) === 1;
		const [hasIndices] = [op === 'maxPool' && (call.node.outputs[1] ?? '') !== ''];
		if (hasIndices && !call.about.isOnlyUse(call.node.outputs[1]!) === false) return null;
		const options = { ...window, padding, ...(ceil && { ceil }) };
		if (op === 'maxPool')
			return call.give(order, op, [image.out], { ...options, ...(isDilated && { dilation }) });
		const folded = withPad(image.out, padding);
		const countPadding = folded.isFolded || call.int('count_include_pad', 0) === 1;
		return call.give(order, op, [folded.input], { ...options, padding: folded.padding, countPadding });
	};

/** Global pooling, and the mean or maximum over rows and columns that is the same. */
const overPositions =
	(
		op: 'globalAvgPool' | 'globalMaxPool',
		axesOf: (call: Call, rank: number) => readonly number[] | null
	): Handler =>
	(call) => {
		const view = call.view(0);
		if (!view) return null;
		const rank = view.dims.length;
		const axes = axesOf(call, rank)?.map((axis) => (axis < 0 ? axis + rank : axis));
		if (!axes) return null;
		const keeps = call.int('keepdims', 1) === 1;
		const dims = view.dims
			.map((dim, i) => (axes.includes(i) ? [] : dim))
			.filter((_, i) => keeps || !axes.includes(i));
		call.wanted = dims.map(sizeOfDim);
		const gone = axes.flatMap((axis) => view.dims[axis] ?? []);
		const isAll =
			gone.length > 0 &&
			gone.every(({ axis }) => axis < 2) &&
			countOf(gone.map(({ size }) => size)) === view.out.shape[0] * view.out.shape[1];
		if (
			view.start !== undefined ||
			!(isAll || (gone.length === 0 && view.out.shape[0] * view.out.shape[1] === 1))
		)
			return null;
		return [{ kind: 'view', out: first(call.add(op, [view.out], {})), dims }];
	};

const axesOfReduce = (call: Call): readonly number[] | null =>
	call.list('axes') ?? call.constant(1)?.numbers() ?? null;

const reshapeTo = (call: Call, view: View, sizes: readonly number[]): Value[] | null => {
	call.wanted = sizes;
	const made = reshape(view, sizes);
	return made && [made];
};

/** Squeeze and Unsqueeze: dimensions of one place go or come. */
const axesIn = (call: Call) => call.list('axes') ?? call.constant(1)?.numbers() ?? null;

/** A part of the channels: an output of a split, which further parts of the same tensor share. */
function channelsOf(call: Call, view: View, at: number, start: number, end: number): Value[] | null {
	const { out } = view;
	const channels = out.shape[2];
	const known = splits.get(out) ?? { layer: null, sizes: [channels] };
	let [from, piece] = [0, 0];
	while (piece < known.sizes.length && from + known.sizes[piece]! <= start) from += known.sizes[piece++]!;
	const size = known.sizes[piece] ?? 0;
	if (from + size < end) return null;
	if (from === start && from + size === end && known.layer)
		return [pieceOf(view, at, known.layer.outs[piece]!)];
	const isUsed = known.layer && known.layer.outs[piece]!.readers > 0;
	if (isUsed) return null;
	const parts = [start - from, end - start, from + size - end].filter((n) => n > 0);
	const sizes = known.sizes.toSpliced(piece, 1, ...parts);
	const index = piece + (start > from ? 1 : 0);
	if (!known.layer) {
		const layer = call.add('split', [out], { sizes });
		splits.set(out, { layer, sizes });
		return [pieceOf(view, at, layer.outs[index]!)];
	}
	const { layer } = known;
	call.assembly.change(layer, { sizes }, {});
	const fresh = parts.map((n): Out => ({
		shape: [out.shape[0], out.shape[1], n],
		layer,
		input: null,
		readers: 0
	}));
	layer.outs = layer.outs.toSpliced(piece, 1, ...fresh);
	known.sizes = sizes;
	return [pieceOf(view, at, layer.outs[index]!)];
}

const splits = new WeakMap<Out, { layer: Layer | null; sizes: readonly number[] }>();

const pieceOf = (view: View, at: number, out: Out): View => ({
	kind: 'view',
	out,
	dims: view.dims.map((dim, i) => (i === at ? whole(out, 2) : dim))
});

function sliced(
	call: Call,
	view: View,
	axis: number,
	start: number,
	end: number,
	step: number
): Value[] | null {
	const size = sizeOfDim(view.dims[axis] ?? []);
	const from = Math.max(0, Math.min(size, start < 0 ? start + size : start));
	const to = Math.max(0, Math.min(size, end < 0 ? end + size : end));
	if (from === 0 && to === size && step === 1) return [view];
	const count = Math.max(0, Math.ceil((to - from) / step));
	call.wanted = shapeOfView(view).map((n, i) => (i === axis ? count : n));
	if ((view.dims[axis] ?? []).length > 1 && view.dims.length === 4) {
		const out = call.settle(view);
		if (!out) return null;
		view = viewOf(out);
	}
	const dim = view.dims[axis] ?? [];
	const [atom] = dim;
	if (count === 0 || !atom || dim.length > 1) return null;
	if (atom.axis === 2 && isWhole(dim, view.out, 2) && step === 1 && view.start === undefined)
		return channelsOf(call, view, axis, from, to);
	// Each second or third row or column, from the first steps on: what a focus layer begins with.
	if (
		atom.axis === 2 ||
		step < 2 ||
		size % step !== 0 ||
		from >= step ||
		count !== size / step ||
		atom.stride !== 1
	)
		return null;
	const start2 = [...(view.start ?? [0, 0])] as [number, number];
	start2[atom.axis] += from;
	const dims = view.dims.map((other, i) =>
		i === axis ? [{ axis: atom.axis, size: count, stride: step }] : other
	);
	return [{ kind: 'view', out: view.out, dims, start: start2 }];
}

/** Slices of each second row and column of one tensor, side by side: rows and columns go to channels. */
function focused(call: Call, views: readonly View[]): Value[] | null {
	const [one] = views;
	const step = one?.dims[2]?.[0]?.stride ?? 1;
	if (!one || step < 2 || views.length !== step * step) return null;
	const isPart = views.every(({ out, start, dims }) => {
		const [row, column] = [dims[2]?.[0], dims[3]?.[0]];
		return (
			out === one.out &&
			start &&
			dims.length === 4 &&
			row?.stride === step &&
			column?.stride === step &&
			isWhole(dims[1]!, out, 2)
		);
	});
	if (!isPart) return null;
	const places = views.map(({ start }) => start![0] * step + start![1]);
	if (new Set(places).size !== places.length) return null;
	const deep = call.add('spaceToDepth', [one.out], { blockSize: step });
	if (places.every((place, i) => place === i)) return [viewOf(first(deep))];
	const channels = one.out.shape[2];
	const parts = call.add('split', [first(deep)], { sizes: places.map(() => channels) });
	return [
		viewOf(
			first(
				call.add(
					'concat',
					places.map((place) => parts.outs[place]!),
					{}
				)
			)
		)
	];
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

const sidesOfPad = (call: Call): { readonly sides: Sides; readonly isNone: boolean } | null => {
	const pads = call.list('pads') ?? call.constant(1)?.numbers();
	const rank = call.view(0)?.dims.length ?? 0;
	if (!pads || pads.length !== 2 * rank || rank !== 4) return null;
	const [n0 = 0, c0 = 0, top = 0, left = 0, n1 = 0, c1 = 0, bottom = 0, right = 0] = pads;
	if ([n0, c0, n1, c1].some((n) => n !== 0) || Math.min(top, left, bottom, right) < 0) return null;
	return { sides: { top, left, bottom, right }, isNone: Math.max(top, left, bottom, right) === 0 };
};

const resizeModes: Readonly<Record<string, 'halfPixel' | 'alignCorners' | 'asymmetric'>> = {
	half_pixel: 'halfPixel',
	pytorch_half_pixel: 'halfPixel',
	align_corners: 'alignCorners',
	asymmetric: 'asymmetric'
};

/** Resize by sizes or factors, of rows and columns alone. */
const resized: Handler = (call) => {
	const image = call.image(0);
	const isOld = call.node.type === 'Upsample' || call.about.opset < 11;
	const scales = call.constant(isOld ? 1 : 2)?.numbers() ?? [
		...(call.node.attributes.get('scales')?.floats ?? [])
	];
	const sizes = call.constant(3)?.numbers() ?? [];
	if (!image || image.order !== 'nchw' || (scales.length !== 4 && sizes.length !== 4)) return null;
	const { shape } = image.out;
	const along = (axis: 0 | 1) =>
		sizes.length === 4 ? sizes[axis + 2]! : Math.floor(shape[axis] * scales[axis + 2]!);
	const size = [along(0), along(1)] as const;
	call.wanted = [1, shape[2], ...size];
	const isChannelKept = sizes.length === 4 ? sizes[1] === shape[2] : scales[1] === 1;
	const asked = call.text('coordinate_transformation_mode', isOld ? 'asymmetric' : 'half_pixel');
	const coordinates = resizeModes[asked];
	if (!isChannelKept || !coordinates || size.some((n) => !(n >= 1))) return null;
	// One place has no ends to align, and PyTorch's own kind of half pixels is 0 there.
	if (asked === 'pytorch_half_pixel' && size.includes(1)) return null;
	const mode = call.text('mode', 'nearest');
	// What the places of the file are computed with: factors that are no whole multiples differ from those of the sizes.
	const isExact = [0, 1].every(
		(axis) => sizes.length === 4 || size[axis] === shape[axis as 0] * scales[axis + 2]!
	);
	const factors = isExact ? {} : { factors: [scales[2]!, scales[3]!] };
	if (mode === 'linear')
		return call.give('nchw', 'resizeBilinear', [image.out], { size, coordinates, ...factors });
	const rounding = isOld ? 'floor' : call.text('nearest_mode', 'round_prefer_floor');
	const roundings = {
		round_prefer_floor: 'roundDown',
		round_prefer_ceil: 'roundUp',
		floor: 'floor',
		ceil: 'ceil'
	} as const;
	const round = roundings[rounding as keyof typeof roundings];
	return mode === 'nearest' && round
		? call.give('nchw', 'resizeNearest', [image.out], { size, coordinates, round, ...factors })
		: null;
};

const transposedConvolution: Handler = (call) => {
	const image = call.image(0);
	const [kernel, bias] = [call.constant(1), call.constant(2)];
	if (!image || !kernel || (call.node.inputs[2] && !bias)) return null;
	const { order, out } = image;
	if (kernel.dims.length !== order.length) return null;
	const [inChannels = 1, perGroup = 1, ...size] = kernel.dims;
	const groups = call.int('group', 1);
	const window = windowOf(call, order, size);
	const outChannels = perGroup * groups;
	const more = call.list('output_padding') ?? [0, 0];
	const outputPadding =
		order === 'ncw' ? ([0, more[0] ?? 0] as const) : ([more[0] ?? 0, more[1] ?? 0] as const);
	const asked = call.list('output_shape');
	const auto = call.text('auto_pad', 'NOTSET');
	const pads = call.list('pads') ?? [0, 0, 0, 0];
	const crop = (axis: 0 | 1) => {
		const full =
			(out.shape[axis] - 1) * window.stride[axis] + (window.kernelSize[axis] - 1) * window.dilation[axis] + 1;
		const wanted = asked ? (order === 'ncw' ? (axis === 0 ? 1 : asked.at(-1)!) : asked.at(axis - 2)!) : null;
		const isSame = auto === 'SAME_UPPER' || auto === 'SAME_LOWER';
		if (wanted === null && !isSame) {
			const [before = 0, after = 0] =
				order === 'ncw' ? (axis === 0 ? [] : pads) : [pads[axis], pads[axis + 2]];
			return { before, after, more: outputPadding[axis] };
		}
		// `output_shape`, or size × stride, says what is cropped; where nothing lands any more, rows are put on.
		const target = wanted ?? out.shape[axis] * window.stride[axis];
		const total = full + outputPadding[axis] - target;
		if (total < 0) return { before: 0, after: 0, more: outputPadding[axis] - total };
		const half = Math.floor(total / 2);
		return auto === 'SAME_UPPER'
			? { before: half, after: total - half, more: outputPadding[axis] }
			: { before: total - half, after: half, more: outputPadding[axis] };
	};
	const [y, x] = [crop(0), crop(1)];
	const values = {
		kernel: arranged(kernel, [groups, inChannels / groups, perGroup, ...window.kernelSize], [3, 4, 1, 0, 2]),
		...(bias && { bias: plain(bias) })
	};
	const padding = { top: y.before, bottom: y.after, left: x.before, right: x.after };
	const options = {
		outChannels,
		...window,
		groups,
		bias: bias !== null,
		padding,
		outputPadding: [y.more, x.more] as const
	};
	return call.give(order, 'transposedConv2d', [out], options, values);
};

/** A tensor whose integers are kept, and a float32 view of them. */
const quantizedWeights = (call: Call, i: number): Constant | null => {
	const [weights, scale, zeroPoint] = [call.constant(i), call.constant(i + 1), call.constant(i + 2)];
	return weights && scale ? dequantized(weights, scale, zeroPoint, 0) : null;
};

function quantizedBias(call: Call, at: number, inputScale: number, weightScale: number): Constant | null {
	const bias = call.constant(at);
	const [x, w] = [call.constant(inputScale), call.constant(weightScale)];
	if (!bias || !x || !w) return null;
	const scales = w.numbers().map((scale) => scale * (x.numbers()[0] ?? 1));
	return dequantized(bias, constantOf('', [scales.length], scales), null, 0);
}

/** How each of ONNX's operators is read. */
export const handlers: Readonly<Record<string, Handler>> = {
	Conv: convolution((call) => ({
		kernel: call.constant(1),
		bias: call.constant(2),
		hasBias: Boolean(call.node.inputs[2])
	})),
	QLinearConv: convolution((call) => ({
		kernel: quantizedWeights(call, 3),
		bias: quantizedBias(call, 8, 1, 4),
		hasBias: Boolean(call.node.inputs[8])
	})),
	ConvTranspose: transposedConvolution,
	Gemm(call) {
		const [view, kernel] = [call.view(0), call.constant(1)];
		if (!view || !kernel || kernel.dims.length !== 2 || call.int('transA', 0) === 1 || view.dims.length !== 2)
			return null;
		const [alpha, beta] = [call.float('alpha', 1), call.float('beta', 1)];
		const isTurned = call.int('transB', 0) === 1;
		const outputs = kernel.dims[isTurned ? 0 : 1]!;
		call.wanted = [shapeOfView(view)[0]!, outputs];
		const given = call.node.inputs[2] ? call.constant(2) : null;
		if (call.node.inputs[2] && !given) return null;
		const times = (constant: Constant, factor: number): Constant => {
			if (factor === 1) return constant;
			const values = constant.values()?.map((value) => value * factor) ?? null;
			const { kind, name, dims } = constant;
			return { kind, name, dims, values: () => values, numbers: () => Array.from(values ?? []) };
		};
		let bias: Values | undefined | null = null;
		if (given) {
			const count = countOf(given.dims);
			if (count !== outputs && count !== 1) return null;
			const values = times(given, beta).values();
			bias = values ? (count === 1 ? new Float32Array(outputs).fill(values[0]!) : values) : undefined;
		}
		return multiplied(call, view, times(kernel, alpha), isTurned, bias);
	},
	MatMul(call) {
		const [view, kernel] = [call.view(0), call.constant(1)];
		const shapes = call.inputs
			.slice(0, 2)
			.map((value) => (value?.kind === 'view' ? shapeOfView(value) : (value?.dims ?? [])));
		call.wanted = [...(shapes[0] ?? []).slice(0, -1), ...(shapes[1] ?? []).slice(-1)];
		return view && kernel?.dims.length === 2 ? multiplied(call, view, kernel, false, null) : null;
	},
	BatchNormalization(call) {
		const view = call.view(0);
		const channels = view?.out.shape[2];
		const isOver =
			view && (isWhole(view.dims[1] ?? [], view.out, 2) || (view.dims.length === 4 && call.settle(view)));
		const constants = [1, 2, 3, 4].map((i) => call.constant(i));
		if (!view || !isOver || constants.some((constant) => countOf(constant?.dims ?? []) !== channels))
			return null;
		const out = isWhole(view.dims[1] ?? [], view.out, 2) ? view.out : call.settle(view)!;
		const [gamma, beta, mean, variance] = constants.map((constant) => plain(constant!));
		const made = call.add(
			'batchNorm',
			[out],
			{ epsilon: call.float('epsilon', 1e-5) },
			{ gamma, beta, mean, variance }
		);
		return [out === view.out ? onto(view, first(made)) : viewOf(first(made))];
	},
	LayerNormalization(call) {
		const view = call.view(0);
		const rank = view?.dims.length ?? 0;
		const axis = call.int('axis', -1);
		const isLast = axis === -1 || axis === rank - 1;
		if (!view || !isLast || !isWhole(view.dims.at(-1) ?? [], view.out, 2)) return null;
		const [gamma, beta] = [call.constant(1), call.constant(2)];
		const options = { epsilon: call.float('epsilon', 1e-5), scale: gamma !== null, center: beta !== null };
		const values = { ...(gamma && { gamma: plain(gamma) }), ...(beta && { beta: plain(beta) }) };
		return [onto(view, first(call.add('layerNorm', [view.out], options, values)))];
	},
	LRN(call) {
		const image = call.image(0);
		const size = call.int('size', 1);
		if (!image || size % 2 === 0) return null;
		const options = {
			...{
				depthRadius: (size - 1) / 2,
				bias: call.float('bias', 1),
				alpha: call.float('alpha', 1e-4) / size
			},
			beta: call.float('beta', 0.75)
		};
		return call.give(image.order, 'localResponseNorm', [image.out], options);
	},

	MaxPool: pool('maxPool'),
	AveragePool: pool('avgPool'),
	GlobalAveragePool: overPositions('globalAvgPool', (_, rank) =>
		Array.from({ length: rank - 2 }, (__, i) => i + 2)
	),
	QLinearGlobalAveragePool: overPositions('globalAvgPool', (_, rank) =>
		Array.from({ length: rank - 2 }, (__, i) => i + 2)
	),
	GlobalMaxPool: overPositions('globalMaxPool', (_, rank) =>
		Array.from({ length: rank - 2 }, (__, i) => i + 2)
	),
	ReduceMean: overPositions('globalAvgPool', axesOfReduce),
	ReduceMax: overPositions('globalMaxPool', axesOfReduce),

	Relu: each('relu', () => ({})),
	Sigmoid: each('sigmoid', () => ({})),
	Tanh: each('tanh', () => ({})),
	HardSwish: each('hardSwish', () => ({})),
	Selu: each('selu', (call) => {
		const [alpha, gamma] = [call.float('alpha', 1.67326), call.float('gamma', 1.0507)];
		return isNear(alpha, 1.67326) && isNear(gamma, 1.0507) ? {} : { alpha, gamma };
	}),
	Gelu: each('gelu', (call) => (call.text('approximate', 'none') === 'none' ? {} : null)),
	LeakyRelu: each('leakyRelu', (call) => ({ alpha: call.float('alpha', 0.01) })),
	Elu: each('elu', (call) => ({ alpha: call.float('alpha', 1) })),
	HardSigmoid: each('hardSigmoid', (call) => ({
		alpha: call.float('alpha', 0.2),
		beta: call.float('beta', 0.5)
	})),
	Clip(call) {
		const view = call.view(0);
		if (!view) return null;
		const bound = (i: number, name: string, none: number) =>
			call.about.opset < 11 ? call.float(name, none) : (call.constant(i)?.numbers()[0] ?? none);
		if ([1, 2].some((i) => call.view(i))) return null;
		const [min, max] = [bound(1, 'min', -Infinity), bound(2, 'max', Infinity)];
		// Limits of float32 are no limits.
		const [isBelow, isAbove] = [min > -3.4e38, max < 3.4e38];
		const made =
			min === 0 && max === 6
				? call.add('relu6', [view.out], {})
				: min === 0 && !isAbove
					? call.add('relu', [view.out], {})
					: call.add('clip', [view.out], { ...(isBelow && { min }), ...(isAbove && { max }) });
		return [onto(view, first(made))];
	},
	PRelu(call) {
		const [view, slope] = [call.view(0), call.constant(1)];
		if (!view || !slope) return null;
		const along = alongChannels(view, slope);
		if (!along) return null;
		if ('scalar' in along)
			return [onto(view, first(call.add('prelu', [view.out], { shared: true }, { alpha: plain(slope) })))];
		return [onto(view, first(call.add('prelu', [view.out], {}, { alpha: along.values })))];
	},
	Softmax(call) {
		const view = call.view(0);
		if (!view) return null;
		const rank = view.dims.length;
		const axis = call.int('axis', call.about.opset < 13 ? 1 : -1);
		const at = axis < 0 ? axis + rank : axis;
		// Before version 13 everything from the axis on is one.
		const over = call.about.opset < 13 ? view.dims.slice(at).flat() : (view.dims[at] ?? []);
		const { out } = view;
		if (over.length === 1 && isWhole(over, out, 2))
			return [onto(view, first(call.add('softmax', [out], {})))];
		return null;
	},
	// What is picked is not computed here; its shape is known.
	Gather(call) {
		const [view, at] = [call.view(0), call.constant(1)];
		if (!view || !at) return null;
		const shape = shapeOfView(view);
		const axis = call.int('axis', 0);
		call.wanted = shape.toSpliced(axis < 0 ? axis + shape.length : axis, 1, ...at.dims);
		return null;
	},
	Identity: (call) => [call.view(0)],
	Cast: (call) => [call.view(0)],
	CastLike: (call) => [call.view(0)],
	StopGradient: (call) => [call.view(0)],
	Dropout(call) {
		const view = call.view(0);
		if (!view || (call.node.outputs[1] && call.about.isOnlyUse(call.node.outputs[1]))) return null;
		const rate = call.number(1, 'ratio', 0.5);
		return [onto(view, first(call.add('dropout', [view.out], { rate: rate >= 0 && rate < 1 ? rate : 0.5 })))];
	},

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
			view && view.dims.every((dim, i) => sameDim(dim, one.dims[i]!)) ? view.out : null
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
			return scaled(call, view, inverted(along.values), at);
		},
		(call) => {
			const norm = layerNormOf(call);
			if (!norm || !isWhole(norm.view.dims.at(-1) ?? [], norm.view.out, 2)) return null;
			const options = { epsilon: norm.epsilon, scale: false, center: false };
			return [onto(norm.view, first(call.add('layerNorm', [norm.view.out], options)))];
		}
	),

	Concat(call) {
		const views = call.inputs.map((_, i) => call.view(i));
		const [one] = views;
		if (!one) return null;
		const rank = one.dims.length;
		const given = call.int('axis', 1);
		const at = given < 0 ? given + rank : given;
		const all = call.inputs.map((value) =>
			value?.kind === 'view' ? shapeOfView(value) : (value?.dims ?? [])
		);
		call.wanted = (all[0] ?? []).map((n, i) =>
			i === at ? all.reduce((sum, dims) => sum + (dims[i] ?? 0), 0) : n
		);
		if (views.some((view) => !view)) return null;
		if (views.length === 1) return [one];
		const focus = at === 1 ? focused(call, views as View[]) : null;
		if (focus) return focus;
		const fits = (of: readonly View[]) =>
			of.every(
				(view) =>
					view.start === undefined &&
					view.dims.length === rank &&
					view.dims.every(
						(dim, i) =>
							(i === at ? isWhole(dim, view.out, 2) : sameDim(dim, of[0]!.dims[i]!)) &&
							(i === at || dim.every(({ axis }) => axis < 2))
					)
			);
		let found = views as View[];
		if (!fits(found)) {
			const settled = found.map((view) => (rank === 4 && at === 1 ? call.settle(view) : null));
			if (settled.some((out) => !out)) return null;
			found = settled.map((out) => viewOf(out!));
			if (!fits(found)) return null;
		}
		const made = first(
			call.add(
				'concat',
				found.map(({ out }) => out),
				{}
			)
		);
		return [
			{ kind: 'view', out: made, dims: found[0]!.dims.map((dim, i) => (i === at ? whole(made, 2) : dim)) }
		];
	},
	Split(call) {
		const view = call.view(0);
		if (!view) return null;
		const given = call.int('axis', 0);
		const at = given < 0 ? given + view.dims.length : given;
		const size = sizeOfDim(view.dims[at] ?? []);
		const parts = call.int('num_outputs', call.node.outputs.length);
		const even = Array.from({ length: parts }, (_, i) =>
			Math.max(0, Math.min(Math.ceil(size / parts), size - i * Math.ceil(size / parts)))
		);
		const sizes = call.list('split') ?? call.constant(1)?.numbers() ?? even;
		if (!isWhole(view.dims[at] ?? [], view.out, 2) || sizes.some((n) => n < 1) || view.start !== undefined)
			return null;
		const made = call.add('split', [view.out], { sizes });
		return made.outs.map((out) => pieceOf(view, at, out));
	},
	Slice(call) {
		const view = call.view(0);
		if (!view) return null;
		const starts = call.list('starts') ?? call.constant(1)?.numbers();
		const ends = call.list('ends') ?? call.constant(2)?.numbers();
		if (!starts || !ends) return null;
		const axes = call.list('axes') ?? call.constant(3)?.numbers() ?? starts.map((_, i) => i);
		const steps = call.constant(4)?.numbers() ?? starts.map(() => 1);
		let result: Value[] | null = [view];
		for (const [i, axis] of axes.entries()) {
			const last = result?.[0];
			if (last?.kind !== 'view') return null;
			result = sliced(
				call,
				last,
				axis < 0 ? axis + last.dims.length : axis,
				starts[i] ?? 0,
				ends[i] ?? 0,
				steps[i] ?? 1
			);
		}
		return result;
	},
	Reshape(call) {
		const view = call.view(0);
		const wanted = call.list('shape') ?? call.constant(1)?.numbers();
		if (!view || !wanted) return null;
		const now = shapeOfView(view);
		const known = wanted.map((n, i) => (n === 0 && call.int('allowzero', 0) === 0 ? (now[i] ?? 1) : n));
		const product = known.reduce((so, n) => so * (n === -1 ? 1 : n), 1);
		const sizes = known.map((n) => (n === -1 ? countOf(now) / product : n));
		const isWrong = countOf(sizes) !== countOf(now) || sizes.some((n) => !Number.isInteger(n) || n < 1);
		// Behind what is not computed here, shapes are guesses: what the file says goes.
		if (isWrong && call.assembly.hasOpaque) {
			if (wanted.every((n) => n >= 1)) call.wanted = wanted;
			return null;
		}
		if (isWrong) throw broken(call.about.file, `${call.name} makes ${sizes.join('×')} of ${now.join('×')}`);
		return reshapeTo(call, view, sizes);
	},
	Flatten(call) {
		const view = call.view(0);
		if (!view) return null;
		const now = shapeOfView(view);
		const given = call.int('axis', 1);
		const at = given < 0 ? given + now.length : given;
		return reshapeTo(call, view, [countOf(now.slice(0, at)), countOf(now.slice(at))]);
	},
	Squeeze(call) {
		const view = call.view(0);
		if (!view) return null;
		const axes = axesIn(call)?.map((axis) => (axis < 0 ? axis + view.dims.length : axis)) ?? null;
		const dims = view.dims.filter((dim, i) => (axes ? !axes.includes(i) : dim.length > 0));
		return [{ ...view, dims }];
	},
	Unsqueeze(call) {
		const view = call.view(0);
		const axes = axesIn(call);
		if (!view || !axes) return null;
		const rank = view.dims.length + axes.length;
		const places = new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)));
		const rest = [...view.dims];
		return [
			{ ...view, dims: Array.from({ length: rank }, (_, i) => (places.has(i) ? [] : (rest.shift() ?? []))) }
		];
	},
	Transpose(call) {
		const view = call.view(0);
		if (!view) return null;
		return [transpose(view, call.list('perm') ?? view.dims.map((_, i) => view.dims.length - 1 - i))];
	},
	Pad(call) {
		const view = call.view(0);
		const asked = sidesOfPad(call);
		if (!view || !asked) return null;
		if (asked.isNone) return [view];
		const out = call.settle(view);
		if (!out || call.text('mode', 'constant') !== 'constant') return null;
		const value = call.number(2, 'value', 0);
		return call.give('nchw', 'pad', [out], { padding: asked.sides, ...(value !== 0 && { value }) });
	},
	Resize: resized,
	Upsample: resized,
	DepthToSpace(call) {
		const image = call.image(0);
		if (!image) return null;
		const options = {
			blockSize: call.int('blocksize', 1),
			...(call.text('mode', 'DCR') === 'CRD' && { blockLast: true })
		};
		return call.give('nchw', 'depthToSpace', [image.out], options);
	},
	SpaceToDepth(call) {
		const image = call.image(0);
		return image && call.give('nchw', 'spaceToDepth', [image.out], { blockSize: call.int('blocksize', 1) });
	},
	QLinearAdd(call) {
		const [a, b] = [call.view(0), call.view(3)];
		const isSame = a && b && a.dims.every((dim, i) => sameDim(dim, b.dims[i] ?? []));
		return isSame ? [onto(a, first(call.add('add', [a.out, b.out], {})))] : null;
	},
	QLinearMatMul(call) {
		const view = call.view(0);
		const [weights, scale, zeroPoint] = [call.constant(3), call.constant(4), call.constant(5)];
		if (!view || weights?.dims.length !== 2 || !scale) return null;
		return multiplied(call, view, dequantized(weights, scale, zeroPoint, 1), false, null);
	}
};

const isNear = (a: number, b: number) => Math.abs(a - b) < 1e-4;

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
