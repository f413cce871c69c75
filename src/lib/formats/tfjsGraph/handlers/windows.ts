import type { Kind, OptionsOf } from '../../../ops';
import type { Layer, Out, Values } from '../../assembly';
import { permute } from '../../permute';
import { countOf } from '../../tensors';
import { isWhole, viewOf, whole } from '../../view';
import {
	first,
	image,
	isAlong,
	isChannelsFirst,
	middle,
	paddingOf,
	valuesOf,
	type Call,
	type Handler
} from '../call';

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

/** Operators whose windows go over the picture, and those that read all of it. */
export const windows: Readonly<Record<string, Handler>> = {
	Conv2D: convolution(false),
	_FusedConv2D: convolution(false),
	DepthwiseConv2dNative: convolution(true),
	FusedDepthwiseConv2dNative: convolution(true),
	Conv2DBackpropInput: transposedConvolution,
	MatMul: matrix,
	_FusedMatMul: matrix,
	BatchMatMulV2: matrix,
	MaxPool: pool('maxPool'),
	AvgPool: pool('avgPool'),
	Mean: overPositions('globalAvgPool'),
	Max: overPositions('globalMaxPool')
};
