import type { Kind, OptionsOf, Padding } from '../../ops';
import type { Assembly, Layer, Out, Values } from '../assembly';
import { padChannels } from '../padChannels';
import { permute } from '../permute';
import { settle } from '../settle';
import { countOf } from '../tensors';
import { isWhole, onto, reshape, sameDim, shapeOfView, transpose, viewOf, whole, type View } from '../view';
import { numbersOf, type Constant } from './constants';
import type { GraphNode } from './node';

export type Value = View | Constant;

/** A node that is being read: what it reads, and what is made of it. */
export class Call {
	constructor(
		readonly node: GraphNode,
		readonly inputs: readonly (Value | null)[],
		readonly assembly: Assembly,
		/** What its layer is called. */
		readonly name: string
	) {}

	view(i: number): View | null {
		const value = this.inputs[i];
		return value?.kind === 'view' ? value : null;
	}

	constant(i: number): Constant | null {
		const value = this.inputs[i];
		return value?.kind === 'constant' ? value : null;
	}

	numbers(i: number): number[] | null {
		return numbersOf(this.constant(i));
	}

	/** An input with its axes whole, channels last. */
	image(i: number): Out | null {
		const view = this.view(i);
		return view?.dims.length === 4 ? settle(this.assembly, view, 'nhwc') : null;
	}

	add<K extends Kind>(
		op: K,
		inputs: readonly Out[],
		options: OptionsOf<K>,
		values: Readonly<Record<string, Values | undefined>> = {},
		ending = ''
	): Layer {
		return this.assembly.add(op, this.name + ending, inputs, options, values);
	}
}

type Handler = (call: Call) => readonly (Value | null)[] | null;

const valuesOf = (constant: Constant | null): Values | undefined =>
	constant?.values ? Float32Array.from(constant.values) : undefined;
const first = ({ outs }: Layer): Out => outs[0]!;
const image = (out: Out): View => viewOf(out, 'nhwc');

function each<K extends Kind>(op: K, options: (call: Call) => OptionsOf<K>): Handler {
	return (call) => {
		const view = call.view(0);
		return view && [onto(view, first(call.add(op, [view.out], options(call))))];
	};
}

/** The two numbers of rows and columns among four, channels last. */
const middle = (list: readonly number[], fallback: number): readonly [number, number] => [
	list[1] ?? fallback,
	list[2] ?? fallback
];

function paddingOf(node: GraphNode): Padding {
	const text = node.text(['padding'], 'VALID').toUpperCase();
	if (text === 'SAME') return 'same';
	if (text !== 'EXPLICIT') return 'valid';
	const [, , top = 0, bottom = 0, left = 0, right = 0] = node.ints('explicit_paddings');
	return { top, bottom, left, right };
}

const isChannelsFirst = (node: GraphNode) => node.text(['data_format', 'dataFormat'], 'NHWC') === 'NCHW';

/** Whether a constant has one number for each channel. */
const isAlong = ({ dims }: Constant, channels: number) =>
	countOf(dims) === channels && (dims.at(-1) === channels || channels === 1);

const activations: Readonly<Record<string, Kind>> = {
	...{ Relu: 'relu', Relu6: 'relu6', Elu: 'elu', Sigmoid: 'sigmoid', Tanh: 'tanh', Selu: 'selu' }
};

/** What was fused behind a layer: a bias, a batch norm, an activation; `null` where one of them is not known. */
function fused(
	call: Call,
	make: (bias: Values | undefined | null) => Layer
): { readonly out: Out; readonly isKnown: boolean } {
	const ops = call.node.texts('fused_ops');
	const args = [...call.inputs.keys()].slice(2).map((i) => call.constant(i));
	const hasBias = ops[0] === 'BiasAdd';
	let out = first(make(hasBias ? valuesOf(args.shift() ?? null) : null));
	for (const op of hasBias ? ops.slice(1) : ops) {
		const activation = activations[op];
		if (activation) out = first(call.add(activation as 'relu', [out], {}, {}, `/${op}`));
		else if (op === 'LeakyRelu')
			out = first(
				call.add('leakyRelu', [out], { alpha: call.node.float('leakyrelu_alpha', 0.2) }, {}, `/${op}`)
			);
		else if (op === 'Prelu') {
			const slope = args.shift() ?? null;
			const isShared = slope !== null && countOf(slope.dims) === 1;
			if (!slope || (!isShared && !isAlong(slope, out.shape[2]))) return { out, isKnown: false };
			out = first(call.add('prelu', [out], { shared: isShared }, { alpha: valuesOf(slope) }, `/${op}`));
		} else if (op.startsWith('FusedBatchNorm')) {
			const [gamma, beta, mean, variance] = args.splice(0, 4).map(valuesOf);
			const options = { epsilon: call.node.float('epsilon', 1e-3) };
			out = first(call.add('batchNorm', [out], options, { gamma, beta, mean, variance }, `/${op}`));
		} else return { out, isKnown: false };
	}
	return { out, isKnown: true };
}

const convolution =
	(isDepthwise: boolean): Handler =>
	(call) => {
		const x = call.image(0);
		const kernel = call.constant(1);
		if (!x || kernel?.dims.length !== 4 || isChannelsFirst(call.node)) return null;
		const [kh = 1, kw = 1, inputs = 1, last = 1] = kernel.dims;
		const outChannels = isDepthwise ? inputs * last : last;
		// What cannot be computed before it may have other channels than were thought.
		if (isDepthwise ? inputs !== x.shape[2] : x.shape[2] % inputs !== 0) return null;
		const { node } = call;
		const { out, isKnown } = fused(call, (bias) =>
			call.add(
				'conv2d',
				[x],
				{
					...{ outChannels, kernelSize: [kh, kw], groups: isDepthwise ? inputs : x.shape[2] / inputs },
					stride: middle(node.ints('strides'), 1),
					dilation: middle(node.ints('dilations', 'rate'), 1),
					...{ padding: paddingOf(node), bias: bias !== null }
				},
				{ kernel: valuesOf(kernel), ...(bias !== null && { bias }) }
			)
		);
		return isKnown ? [image(out)] : null;
	};

const transposedConvolution: Handler = (call) => {
	const x = call.image(2);
	const [sizes, kernel] = [call.numbers(0), call.constant(1)];
	if (!x || !sizes || kernel?.dims.length !== 4 || isChannelsFirst(call.node)) return null;
	const [kh = 1, kw = 1, outChannels = 1, inputs = 1] = kernel.dims;
	const stride = middle(call.node.ints('strides'), 1);
	// The output's size is stated: what the kernels put down is cropped to it.
	const crop = ([0, 1] as const).map((axis) => {
		const full = (x.shape[axis] - 1) * stride[axis] + [kh, kw][axis]!;
		const total = full - (sizes[axis + 1] ?? full);
		const rest = Math.max(0, total);
		return { before: Math.floor(rest / 2), after: Math.ceil(rest / 2), more: Math.max(0, -total) };
	});
	const [rows, columns] = crop as [(typeof crop)[0], (typeof crop)[0]];
	const values = valuesOf(kernel) as Float32Array | undefined;
	// Kernels are [kh, kw, out, in] here alone.
	const turned = values && permute(values, [kh, kw, outChannels, inputs], [0, 1, 3, 2]);
	const options: OptionsOf<'transposedConv2d'> = {
		...{ outChannels, kernelSize: [kh, kw] as const, stride, bias: false },
		padding: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
		outputPadding: [rows.more, columns.more]
	};
	return [image(first(call.add('transposedConv2d', [x], options, { kernel: turned })))];
};

const matrix: Handler = (call) => {
	const view = call.view(0);
	const kernel = call.constant(1);
	const { node } = call;
	if (!view || kernel?.dims.length !== 2 || node.flag('transpose_a', 'adj_x')) return null;
	const isTurned = node.flag('transpose_b', 'adj_y');
	const [inputs = 1, outChannels = 1] = isTurned ? kernel.dims.toReversed() : kernel.dims;
	const last = view.dims.at(-1) ?? [];
	const values = valuesOf(kernel) as Float32Array | undefined;
	const turned = values && isTurned ? permute(values, [outChannels, inputs], [1, 0]) : values;
	const isVector = view.dims.slice(0, -1).every((dim) => dim.length === 0);
	const isRow = isVector && countOf(view.out.shape) === inputs && view.start === undefined;
	if (!isRow && (!isWhole(last, view.out, 2) || view.out.shape[2] !== inputs)) return null;
	const { out, isKnown } = fused(call, (bias) => {
		const given = { kernel: turned, ...(bias !== null && { bias }) };
		return isRow
			? call.add('dense', [view.out], { outChannels, bias: bias !== null }, given)
			: call.add('conv2d', [view.out], { outChannels, kernelSize: 1, bias: bias !== null }, given);
	});
	return isKnown ? [{ kind: 'view', out, dims: [...view.dims.slice(0, -1), whole(out, 2)] }] : null;
};

const pool =
	(op: 'maxPool' | 'avgPool'): Handler =>
	(call) => {
		const x = call.image(0);
		const { node } = call;
		if (!x || isChannelsFirst(node)) return null;
		const options = {
			kernelSize: middle(node.ints('ksize'), 1),
			stride: middle(node.ints('strides'), 1),
			padding: paddingOf(node)
		};
		const isAll = [0, 1].every((axis) => options.kernelSize[axis] === x.shape[axis]);
		if (op === 'avgPool' && isAll && options.padding === 'valid')
			return [image(first(call.add('globalAvgPool', [x], {})))];
		return [image(first(call.add(op, [x], options)))];
	};

const overPositions =
	(op: 'globalAvgPool' | 'globalMaxPool'): Handler =>
	(call) => {
		const x = call.image(0);
		const axes = call.numbers(1)?.map((axis) => (axis < 0 ? axis + 4 : axis));
		if (!x || String(axes?.toSorted()) !== '1,2') return null;
		const out = first(call.add(op, [x], {}));
		return [viewOf(out, call.node.flag('keep_dims', 'keepDims') ? 'nhwc' : 'nc')];
	};

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
		if (values === undefined) call.assembly.leaveWeightsOut();
		return [view];
	}
	const made = call.add('scale', [view.out], { scale: false, center: true }, { beta: values });
	return [onto(view, first(made))];
}

const uses = new WeakMap<Assembly, ReadonlyMap<string, number>>();
/** Tells how many nodes read each, so that a layer is only changed for its one reader. */
export const countUses = (assembly: Assembly, counts: ReadonlyMap<string, number>): void => {
	uses.set(assembly, counts);
};
const isLastUse = ({ node, assembly, inputs }: Call): boolean => {
	const at = inputs.findIndex((value) => value?.kind === 'view');
	const end = node.inputs[at];
	return end !== undefined && uses.get(assembly)?.get(`${end.node}:${end.output}`) === 1;
};

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

const passing: Handler = (call) => [call.inputs[0] ?? null];

const reshaping =
	(sizes: (call: Call, view: View) => readonly number[] | null): Handler =>
	(call) => {
		const view = call.view(0);
		const wanted = view && sizes(call, view);
		const made = view && wanted && reshape(view, wanted);
		return made ? [made] : null;
	};

/** How each of TensorFlow's operators is read. */
export const handlers: Readonly<Record<string, Handler>> = {
	Conv2D: convolution(false),
	_FusedConv2D: convolution(false),
	DepthwiseConv2dNative: convolution(true),
	FusedDepthwiseConv2dNative: convolution(true),
	Conv2DBackpropInput: transposedConvolution,
	MatMul: matrix,
	_FusedMatMul: matrix,
	BatchMatMulV2: matrix,
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
	})),
	MaxPool: pool('maxPool'),
	AvgPool: pool('avgPool'),
	Mean: overPositions('globalAvgPool'),
	Max: overPositions('globalMaxPool'),
	Reshape: reshaping((call, view) => {
		const wanted = call.numbers(1);
		const known = wanted?.reduce((product, n) => product * (n === -1 ? 1 : n), 1) ?? 1;
		return wanted?.map((n) => (n === -1 ? countOf(shapeOfView(view)) / known : n)) ?? null;
	}),
	Squeeze: reshaping(({ node }, view) => {
		const shape = shapeOfView(view);
		const gone = node.ints('squeeze_dims', 'axis').map((axis) => (axis < 0 ? axis + shape.length : axis));
		return shape.filter((n, i) => (gone.length > 0 ? !gone.includes(i) : n !== 1 || i === 0));
	}),
	ExpandDims: reshaping((call, view) => {
		const [at] = call.numbers(1) ?? [];
		const shape = shapeOfView(view);
		return at === undefined ? null : shape.toSpliced(at < 0 ? at + shape.length + 1 : at, 0, 1);
	}),
	// Apart and together along an axis of one place, as batches of one are.
	Unpack: reshaping(({ node }, view) => {
		const shape = shapeOfView(view);
		const axis = node.int('axis', 0);
		const at = axis < 0 ? axis + shape.length : axis;
		return shape[at] === 1 ? shape.toSpliced(at, 1) : null;
	}),
	Pack: reshaping(({ node, inputs }, view) => {
		const shape = shapeOfView(view);
		const axis = node.int('axis', 0);
		return inputs.length === 1 ? shape.toSpliced(axis < 0 ? axis + shape.length + 1 : axis, 0, 1) : null;
	}),
	Transpose(call) {
		const [view, order] = [call.view(0), call.numbers(1)];
		return view && order ? [transpose(view, order)] : null;
	},
	Identity: passing,
	Snapshot: passing,
	StopGradient: passing,
	PlaceholderWithDefault: passing,
	Cast: passing,
	Pad: padded,
	PadV2: padded,
	ConcatV2(call) {
		const views = call.inputs.slice(0, -1).map((_, i) => call.view(i));
		const [axis] = call.numbers(call.inputs.length - 1) ?? [];
		const [one] = views;
		if (!one || axis === undefined || views.some((view) => !view)) return null;
		const rank = one.dims.length;
		const outs = views.map((view) => (rank === 4 ? settle(call.assembly, view!, 'nhwc') : rowOf(view!)));
		if ((axis < 0 ? axis + rank : axis) !== rank - 1 || outs.some((out) => !out)) return null;
		if (views.length === 1) return [one];
		const out = first(call.add('concat', outs as Out[], {}));
		return [viewOf(out, rank === 4 ? 'nhwc' : rank === 3 ? 'nwc' : rank === 2 ? 'nc' : 'c')];
	},
	Split: (call) => splitAlong(call, 1, call.numbers(0)?.[0], null),
	SplitV: (call) => splitAlong(call, 0, call.numbers(2)?.[0], call.numbers(1)),
	ResizeBilinear: (call) => resized(call, 'resizeBilinear'),
	ResizeNearestNeighbor: (call) => resized(call, 'resizeNearest'),
	SpaceToDepth: (call) => moved(call, 'spaceToDepth'),
	DepthToSpace: (call) => moved(call, 'depthToSpace')
};

/** A row of values, of two or three axes. */
const rowOf = (view: View): Out | null =>
	view.start === undefined && isWhole(view.dims.at(-1) ?? [], view.out, 2) ? view.out : null;

function normed(call: Call): Value[] | null {
	const x = call.image(0);
	if (!x || isChannelsFirst(call.node)) return null;
	const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((i) => valuesOf(call.constant(i)));
	const options = { epsilon: call.node.float('epsilon', 1e-4) };
	return [image(first(call.add('batchNorm', [x], options, { gamma, beta, mean, variance })))];
}

function padded(call: Call): Value[] | null {
	const x = call.image(0);
	const pads = call.numbers(1);
	if (!x || pads?.length !== 8) return null;
	const [n0, n1, top = 0, bottom = 0, left = 0, right = 0, before = 0, after = 0] = pads;
	const value = call.node.op === 'PadV2' ? (call.numbers(2)?.[0] ?? 0) : 0;
	if (n0 !== 0 || n1 !== 0 || Math.min(top, bottom, left, right) < 0) return null;
	const isPadded = Math.max(top, bottom, left, right) > 0;
	const out = isPadded
		? first(
				call.add('pad', [x], { padding: { top, bottom, left, right }, ...(value !== 0 && { value }) }, {}, '')
			)
		: x;
	if (before + after === 0) return [image(out)];
	const wide = value === 0 ? padChannels(call.assembly, call.name, out, before, after) : null;
	return wide && [image(wide)];
}

function splitAlong(
	call: Call,
	at: number,
	axis: number | undefined,
	given: readonly number[] | null
): Value[] | null {
	const view = call.view(at);
	if (!view || axis === undefined) return null;
	const rank = view.dims.length;
	const out = rank === 4 ? settle(call.assembly, view, 'nhwc') : rowOf(view);
	if (!out || (axis < 0 ? axis + rank : axis) !== rank - 1) return null;
	const count = call.node.int('num_split', given?.length ?? 1);
	const sizes = given ?? Array.from({ length: count }, () => out.shape[2] / count);
	const order = rank === 4 ? 'nhwc' : rank === 3 ? 'nwc' : 'nc';
	return call.add('split', [out], { sizes }).outs.map((part) => viewOf(part, order));
}

function resized(call: Call, op: 'resizeBilinear' | 'resizeNearest'): Value[] | null {
	const x = call.image(0);
	const wanted = call.numbers(1);
	if (!x || wanted?.length !== 2) return null;
	const size = [wanted[0]!, wanted[1]!] as const;
	const coordinates = call.node.flag('align_corners', 'alignCorners')
		? 'alignCorners'
		: call.node.flag('half_pixel_centers', 'halfPixelCenters')
			? 'halfPixel'
			: 'asymmetric';
	const round = coordinates === 'alignCorners' ? 'roundUp' : 'floor';
	const made =
		op === 'resizeBilinear'
			? call.add(op, [x], { size, coordinates })
			: call.add(op, [x], { size, coordinates, round: coordinates === 'halfPixel' ? 'roundUp' : round });
	return [image(first(made))];
}

function moved(call: Call, op: 'spaceToDepth' | 'depthToSpace'): Value[] | null {
	const x = call.image(0);
	return x && [image(first(call.add(op, [x], { blockSize: call.node.int('block_size', 2) })))];
}
