import { type Values } from '../../assembly';
import { broken } from '../../format';
import { isWhole, shapeOfView, sizeOfDim, type View, viewOf, whole } from '../../view';
import { type Call, type Value } from '../call';
import { arranged, type Constant, countOf, dequantized, plain } from '../constant';
import { first, type Handler, integerKernel, quantizedBias } from './shared';

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
		throw broken(call.about.file, 'multiplies', {
			name: call.name,
			actual: sizeOfDim(last),
			expected: inputs
		});
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

/** Operators that multiply by a matrix. */
export const matrices: Readonly<Record<string, Handler>> = {
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
	QLinearMatMul(call) {
		const view = call.view(0);
		const [weights, scale, zeroPoint] = [call.constant(3), call.constant(4), call.constant(5)];
		if (!view || weights?.dims.length !== 2 || !scale) return null;
		return multiplied(call, view, dequantized(weights, scale, zeroPoint, 1), false, null);
	},
	QGemm(call) {
		const [view, weights] = [call.view(0), call.constant(3)];
		const [scale, zeroPoint] = [call.constant(4), call.constant(5)];
		const isTurned = call.int('transB', 0) === 1;
		if (!view || view.dims.length !== 2 || weights?.dims.length !== 2 || !scale) return null;
		const outputs = weights.dims[isTurned ? 0 : 1]!;
		call.wanted = [shapeOfView(view)[0]!, outputs];
		// A factor would be one more to what integers stand for.
		if (call.int('transA', 0) === 1 || call.float('alpha', 1) !== 1) return null;
		const bias = call.node.inputs[6] ? quantizedBias(call, 6, 1, 4) : null;
		if (call.node.inputs[6] && (!bias || countOf(bias.dims) !== outputs)) return null;
		const kernel = dequantized(weights, scale, zeroPoint, isTurned ? 0 : 1);
		return multiplied(call, view, kernel, isTurned, bias && plain(bias));
	},
	MatMulInteger(call) {
		const [view, kernel] = [call.view(0), integerKernel(call, 1)];
		return view && kernel?.dims.length === 2 ? multiplied(call, view, kernel, false, null) : null;
	}
};
