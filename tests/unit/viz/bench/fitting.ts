import fc from 'fast-check';
import { planBench } from '$lib/viz/figures/bench/problems';
import {
	benchFields,
	type BenchOp,
	benchOps,
	type BenchSpec,
	defaults,
	type Field,
	fieldsOf,
	isNumberField
} from '$lib/viz/figures/bench/spec';
import { fieldValues } from './specs';

const names = Object.keys(benchFields) as Field[];
const sizes: readonly Field[] = ['height', 'width', 'channels', 'filters'];
const side = fc.integer({ min: 0, max: 3 });

/** Small values of a field: with larger ones, few would fit. */
function smallValues(field: Field, largest: number): fc.Arbitrary<unknown> {
	if (sizes.includes(field)) return fc.integer({ min: 1, max: largest });
	if (field === 'groups') return fc.constantFrom(1, 1, 2, 3, 4);
	if (field === 'padding')
		return fc.oneof(
			fc.constantFrom('valid', 'same'),
			side.map((n) => ({ top: n, bottom: n, left: n, right: n })),
			fc.record({ top: side, bottom: side, left: side, right: side })
		);
	if (field === 'seed' || !isNumberField(field)) return fieldValues(field);
	const { min, max } = benchFields[field].range;
	return fc.integer({ min, max: Math.min(max, 4) });
}

/** Specs that resolve: every field that means something for its operation varies. Sides and channels go up to `largest`. */
export function fittingSpecs(ops: readonly BenchOp[] = benchOps, largest = 12): fc.Arbitrary<BenchSpec> {
	const fields = fc.record(Object.fromEntries(names.map((field) => [field, smallValues(field, largest)])));
	return fc
		.tuple(fc.constantFrom(...ops), fields)
		.map(([op, values]): BenchSpec => {
			const pool = op === 'pooling' ? (values.pool as BenchSpec['pool']) : defaults(op).pool;
			const meant = fieldsOf({ op, pool });
			return { ...defaults(op), ...Object.fromEntries(meant.map((field) => [field, values[field]])), pool };
		})
		.filter((spec) => planBench(spec).ok);
}
