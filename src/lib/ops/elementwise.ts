import { checkInputs } from './check';
import { costOf, dataOf, sizeOf } from './tensor';
import { traceBy } from './trace';
import type { Fields, Geometry, Operator, Traits } from './types';

/** A function that is applied to every value. `Own` is what the geometry has beside shapes, made of the options. */
export interface Elementwise<Options, Own> extends Pick<Traits, 'role' | 'form'> {
	readonly kind: string;
	readonly fields: Fields<Options>;
	/** Throws an `OpError` for options that do not fit. */
	resolve(options: Options): Own;
	apply(value: number, own: Own): number;
	/** Its arithmetic, for one value. */
	readonly opsPerValue: number;
}

/** Makes the operator that applies a function to every value. */
export function elementwise<Options, Own extends object>({
	kind,
	role,
	form,
	fields,
	resolve,
	apply,
	opsPerValue
}: Elementwise<Options, Own>): Operator<Options, Geometry & Own> {
	return {
		kind,
		traits: { role, channels: 'own', form },
		fields,
		geometry(inputs, options) {
			checkInputs(kind, inputs, 1);
			return { ...resolve(options), inputs, outputs: inputs };
		},
		weights: () => [],
		run: (inputs, _, g) => [{ shape: g.inputs[0], data: dataOf(inputs, 0).map((value) => apply(value, g)) }],
		...traceBy<Geometry & Own>({
			taps: () => 1,
			tap: (_, output) => ({ at: output, weight: null }),
			finish: (value, _, __, g) => apply(value, g)
		}),
		cost: (g) => costOf(g, [], { macs: 0, otherOps: opsPerValue * sizeOf(g.inputs[0]) }),
		spatial: () => ({ kind: 'pointwise' }),
		channelsRead: (_, output) => [{ tensor: 0, start: output.channel, count: 1 }],
		feeds: (_, input) => [input]
	};
}
