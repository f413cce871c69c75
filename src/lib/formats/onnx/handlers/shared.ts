import { type Kind, type OptionsOf } from '../../../ops';
import { type Layer, type Out, type Values } from '../../assembly';
import { isWhole, onto, type View } from '../../view';
import { type Call, type Value } from '../call';
import { type Constant, countOf, plain } from '../constant';

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
