import { elementwise, type Elementwise } from './elementwise';
import type { Geometry, Operator } from './types';

/** What an activation is called. `own` are its resolved options. */
interface Names<Own> {
	/** The name that it has in every language. */
	readonly name: string;
	/** The name where there is little room: at most eight letters. */
	readonly label: string;
	/**
	 * The function, written out. `x` is a value, and `term` is `x` in brackets where it is negative. A test works it out: it may
	 * have `+ − × /`, brackets, `½`, `√2`, `|…|`, and functions of `Math` by their names, and `erf`.
	 */
	formula(x: string, term: string, own: Own): string;
	/** A layer of `keras.layers` that is this function. */
	keras(own: Own): string;
	/** An expression with `torch.nn.functional` as `F` that is this function of `x`. */
	pytorch(x: string, own: Own): string;
	/** ONNX's operator of one input with its real attributes; `null` where one does not do. */
	onnx(own: Own): readonly [type: string, attributes?: Readonly<Record<string, number>>] | null;
}

/** An operator that is a function of one value. */
export interface Activation<Options = object, Own = object>
	extends Operator<Options, Geometry & Own>, Names<Own> {}

type Definition<Options, Own> = Omit<Elementwise<Options, Own>, 'role' | 'form'> & Names<Own>;

/** Makes an activation that has no options. */
export function activation(definition: Omit<Definition<object, object>, 'fields' | 'resolve'>): Activation {
	return activationWith({ ...definition, fields: {}, resolve: () => ({}) });
}

/** Makes an activation that has options. */
export function activationWith<Options, Own extends object>(
	definition: Definition<Options, Own>
): Activation<Options, Own> {
	const { name, label, formula, keras, pytorch, onnx } = definition;
	return {
		...elementwise({ ...definition, role: 'activation', form: 'function' }),
		...{ name, label, formula, keras, pytorch, onnx }
	};
}
