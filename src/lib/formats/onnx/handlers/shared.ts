import { type Kind, type OptionsOf } from '../../../ops';
import { type Layer, type Out, type Values } from '../../assembly';
import { isWhole, onto, type View } from '../../view';
import { type Call, type Value } from '../call';
import { type Constant, constantOf, countOf, dequantized, plain } from '../constant';

/** What a node gives, one value an output; `null` where it cannot be computed here. */
export type Handler = (call: Call) => readonly (Value | null)[] | null;

export const valuesOf = (
	values: Readonly<Record<string, Values | undefined>>,
	name: string,
	value: Values | undefined
) => (value === undefined ? values : { ...values, [name]: value });

/** Applies an operator that looks at each value alone, whatever the view. */
export function each<K extends Kind>(op: K, options: (call: Call) => OptionsOf<K> | null): Handler {
	return (call) => {
		const view = call.view(0);
		const own = view && options(call);
		return own ? [onto(view, call.add(op, [view.out], own).outs[0]!)] : null;
	};
}

export const first = (layer: Layer): Out => layer.outs[0]!;

/** A constant as one number, or as one for each channel of the view. */
export function alongChannels(
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
export function before<K extends Kind>(out: Out, op: K): (Layer & { readonly options: OptionsOf<K> }) | null {
	return out.layer?.op === op ? (out.layer as Layer & { readonly options: OptionsOf<K> }) : null;
}

export const isNear = (a: number, b: number) => Math.abs(a - b) < 1e-4;

/** The bias of a layer of integers: its scale is the product of those of what it reads and of its weights. */
export function quantizedBias(
	call: Call,
	at: number,
	inputScale: number,
	weightScale: number
): Constant | null {
	const bias = call.constant(at);
	const [x, w] = [call.constant(inputScale), call.constant(weightScale)];
	if (!bias || !x || !w) return null;
	const scales = w.numbers().map((scale) => scale * (x.numbers()[0] ?? 1));
	return dequantized(bias, constantOf('', [scales.length], scales), null, 0);
}

/**
 * The kernel of an operator that multiplies integers without scales. What it reads was rounded just before, by a scale that is known
 * when it runs: here that is not rounded, and its scale is 1 (see `DynamicQuantizeLinear`).
 * @param axis along which its zero points are, where they are several
 * @returns `null` where what it reads has a zero point of its own
 */
export function integerKernel(call: Call, axis: number): Constant | null {
	const [weights, zeroPoint] = [call.constant(1), call.constant(3)];
	const isDynamic =
		call
			.constant(2)
			?.numbers()
			.every((zero) => zero === 0) === true;
	if (!weights || !isDynamic || (call.node.inputs[3] && !zeroPoint)) return null;
	const count = zeroPoint ? countOf(zeroPoint.dims) : 1;
	return dequantized(weights, constantOf('', [count], new Array<number>(count).fill(1)), zeroPoint, axis);
}
