import { type Padding, type Sides } from '../../../ops';
import { type Out } from '../../assembly';
import { type Call } from '../call';
import { arranged, type Constant, dequantized, plain } from '../constant';
import { before, type Handler, integerKernel, quantizedBias } from './shared';

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

/** Operators that slide a window. */
export const windows: Readonly<Record<string, Handler>> = {
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
	ConvInteger: (call) =>
		integerKernel(call, 0)
			? convolution((of) => ({ kernel: integerKernel(of, 0), bias: null, hasBias: false }))(call)
			: null,
	ConvTranspose: transposedConvolution,
	MaxPool: pool('maxPool'),
	AveragePool: pool('avgPool')
};
