import { countOf } from '../../tensors';
import { isWhole, onto, sameDim, sizeOfDim } from '../../view';
import type { Handler } from '../call';

const joined: Handler = (call) => {
	const { type, name, inputs, view } = call;
	const [a, b] = [view, inputs[1] === undefined ? undefined : call.viewAt(inputs[1])];
	if (a && b && type !== 'SUB') {
		const [large, small] = countOf(a.out.shape) >= countOf(b.out.shape) ? [a, b] : [b, a];
		const missing = large.dims.length - small.dims.length;
		const fits = large.dims.every((dim, i) => {
			const other = small.dims[i - missing] ?? [];
			return other.length === 0 || sameDim(dim, other);
		});
		if (!fits) return null;
		const outs = large === a ? [a.out, b.out] : [b.out, a.out];
		const made = call.assembly.add(type === 'ADD' ? 'add' : 'multiply', name, outs, {});
		return call.activated(made.outs[0]!, 0, (out) => onto(large, out));
	}
	const [known, constant] = a ? [a, inputs[1]!] : b ? [b, inputs[0]!] : [null, 0];
	const values = known && call.values(constant)?.data;
	if (!known || !values || (type === 'SUB' && !a)) return null;
	const sign = type === 'SUB' ? -1 : 1;
	const own = values.map((value) => sign * value);
	const made =
		values.length === 1
			? call.assembly.add(
					'rescale',
					name,
					[known.out],
					type === 'MUL' ? { scale: values[0]! } : { offset: own[0]! }
				)
			: values.length === known.out.shape[2] && isWhole(known.dims.at(-1) ?? [], known.out, 2)
				? type === 'MUL'
					? call.assembly.add('scale', name, [known.out], { scale: true, center: false }, { gamma: values })
					: call.assembly.add('scale', name, [known.out], { scale: false, center: true }, { beta: own })
				: null;
	return made && call.activated(made.outs[0]!, 0, (out) => onto(known, out));
};

/** Operators that make another of each value. */
export const values: Readonly<Record<string, Handler>> = {
	ADD: joined,
	MUL: joined,
	SUB: joined,
	PRELU(call) {
		const { name, inputs, view } = call;
		const slopes = inputs[1] === undefined ? null : call.values(inputs[1]);
		if (!view || !slopes || ![1, view.out.shape[2]].includes(slopes.data.length)) return null;
		const made = call.assembly.add(
			'prelu',
			name,
			[view.out],
			{ shared: slopes.data.length === 1 },
			{ alpha: slopes }
		);
		return [onto(view, made.outs[0]!)];
	},
	SOFTMAX(call) {
		const { view } = call;
		return isWhole(view?.dims.at(-1) ?? [], view!.out, 2) ||
			sizeOfDim(view?.dims.at(-1) ?? []) === countOf(view!.out.shape)
			? call.each('softmax', {})
			: null;
	},
	LOGISTIC: (call) => call.each('sigmoid', {}),
	RELU: (call) => call.each('relu', {}),
	RELU6: (call) => call.each('relu6', {}),
	RELU_N1_TO_1: (call) => call.each('clip', { min: -1, max: 1 }),
	RELU_0_TO_1: (call) => call.each('clip', { min: 0, max: 1 }),
	TANH: (call) => call.each('tanh', {}),
	ELU: (call) => call.each('elu', {}),
	GELU(call) {
		const { options } = call;
		return (options?.byte(0) ?? 0) === 0 ? call.each('gelu', {}) : null;
	},
	HARD_SWISH: (call) => call.each('hardSwish', {}),
	LEAKY_RELU(call) {
		const { options } = call;
		return call.each('leakyRelu', { alpha: options?.float(0) ?? 0 });
	}
};
