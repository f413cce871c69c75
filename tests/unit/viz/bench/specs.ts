import fc from 'fast-check';
import { benchFields, benchOps, type BenchSpec, defaults, type Field } from '$lib/viz/figures/bench/spec';
import { valuesOf } from '../address/values';

/** Values of a field, within its limits. */
export function fieldValues(field: Field): fc.Arbitrary<unknown> {
	return valuesOf(benchFields[field].key, benchFields[field].kind);
}

const names = Object.keys(benchFields) as Field[];

/** Any spec whose numbers are within their limits; most do not fit together. */
export const specs: fc.Arbitrary<BenchSpec> = fc
	.record({
		op: fc.constantFrom(...benchOps),
		fields: fc.record(Object.fromEntries(names.map((field) => [field, fieldValues(field)])))
	})
	.map(({ op, fields }) => ({ ...defaults(op), ...fields }));
