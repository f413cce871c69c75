import fc from 'fast-check';
import { planBench } from '$lib/viz/figures/bench/problems';
import {
	type BenchOp,
	benchOps,
	type BenchSpec,
	defaults,
	type Field,
	fieldsOf,
	inputPresets,
	limits,
	pools,
	weightPresets
} from '$lib/viz/figures/bench/spec';

const whole = ({ min, max }: { min: number; max: number }) => fc.integer({ min, max });
const side = whole({ min: 0, max: 3 });

const fieldValues: Record<
	Exclude<Field, 'height' | 'width' | 'channels' | 'filters'>,
	fc.Arbitrary<unknown>
> = {
	multiplier: whole(limits.multiplier),
	kernelHeight: fc.integer({ min: 1, max: 4 }),
	kernelWidth: fc.integer({ min: 1, max: 4 }),
	stride: fc.integer({ min: 1, max: 3 }),
	dilation: fc.integer({ min: 1, max: 3 }),
	outputPadding: fc.integer({ min: 0, max: 2 }),
	groups: fc.constantFrom(1, 1, 2, 3, 4),
	padding: fc.oneof(
		fc.constantFrom('valid', 'same'),
		side.map((n) => ({ top: n, bottom: n, left: n, right: n })),
		fc.record({ top: side, bottom: side, left: side, right: side })
	),
	bias: fc.boolean(),
	shuffle: fc.boolean(),
	pool: fc.constantFrom(...pools),
	ceil: fc.boolean(),
	countPadding: fc.boolean(),
	inputPreset: fc.constantFrom(...inputPresets),
	weightPreset: fc.constantFrom(...weightPresets),
	seed: whole(limits.seed)
};

/** Specs that resolve: every field that means something for its operation varies. Sides and channels go up to `largest`. */
export function fittingSpecs(ops: readonly BenchOp[] = benchOps, largest = 12): fc.Arbitrary<BenchSpec> {
	const size = fc.integer({ min: 1, max: largest });
	const sizes = { height: size, width: size, channels: size, filters: size };
	return fc
		.tuple(fc.constantFrom(...ops), fc.record({ ...fieldValues, ...sizes }))
		.map(([op, values]): BenchSpec => {
			const pool = op === 'pooling' ? (values.pool as BenchSpec['pool']) : defaults(op).pool;
			const meant = fieldsOf({ op, pool });
			return { ...defaults(op), ...Object.fromEntries(meant.map((field) => [field, values[field]])), pool };
		})
		.filter((spec) => planBench(spec).ok);
}
