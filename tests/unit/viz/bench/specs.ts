import fc from 'fast-check';
import {
	benchOps,
	type BenchSpec,
	defaults,
	inputPresets,
	limits,
	type NumberField,
	pools,
	weightPresets
} from '$lib/viz/figures/bench/spec';

const within = (field: NumberField | 'side') => fc.integer(limits[field]);

/** Any spec whose numbers are within their limits; most do not fit together. */
export const specs: fc.Arbitrary<BenchSpec> = fc
	.record({
		op: fc.constantFrom(...benchOps),
		height: within('height'),
		width: within('width'),
		channels: within('channels'),
		filters: within('filters'),
		multiplier: within('multiplier'),
		kernelHeight: within('kernelHeight'),
		kernelWidth: within('kernelWidth'),
		stride: within('stride'),
		dilation: within('dilation'),
		groups: within('groups'),
		outputPadding: within('outputPadding'),
		padding: fc.oneof(
			fc.constantFrom('valid' as const, 'same' as const),
			fc.record({ top: within('side'), bottom: within('side'), left: within('side'), right: within('side') })
		),
		bias: fc.boolean(),
		shuffle: fc.boolean(),
		pool: fc.constantFrom(...pools),
		ceil: fc.boolean(),
		countPadding: fc.boolean(),
		inputPreset: fc.constantFrom(...inputPresets),
		weightPreset: fc.constantFrom(...weightPresets),
		seed: within('seed')
	})
	.map((fields) => ({ ...defaults(fields.op), ...fields }));
