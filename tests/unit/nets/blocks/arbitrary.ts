import fc from 'fast-check';
import {
	blockLimits,
	groupKernels,
	joins,
	kernels,
	laneInputs,
	poolKernels,
	pools,
	shares,
	strides,
	type BlockSpec,
	type Step
} from '$lib/nets/blocks';

const kernel = fc.constantFrom(...kernels);
// Most blocks have no stride.
const stride = fc.constantFrom(1 as const, 1 as const, 1 as const, ...strides);
const share = fc.constantFrom(...shares);
const groups = fc.integer({ min: 2, max: 4 });

const layer: fc.Arbitrary<Step> = fc.oneof(
	fc.record({ op: fc.constant('standard' as const), kernel, share, stride }),
	fc.record({ op: fc.constant('depthwise' as const), kernel, stride }),
	fc.record({ op: fc.constant('pointwise' as const), share, stride }),
	fc.record({
		op: fc.constant('group' as const),
		kernel: fc.constantFrom(...groupKernels),
		groups,
		share,
		stride
	}),
	fc.record({ op: fc.constant('shuffle' as const), groups }),
	fc.record({
		op: fc.constant('pool' as const),
		pool: fc.constantFrom(...pools),
		kernel: fc.constantFrom(...poolKernels),
		stride
	}),
	fc.constant({ op: 'norm' as const }),
	fc.constant({ op: 'relu' as const })
);

function branches(depth: number): fc.Arbitrary<Step> {
	return fc.record({
		op: fc.constant('branches' as const),
		input: fc.constantFrom(...laneInputs),
		join: fc.constantFrom(...joins),
		lanes: fc.array(lane(depth - 1), { minLength: 2, maxLength: 3 })
	});
}

function lane(depth: number): fc.Arbitrary<BlockSpec> {
	const step = depth > 0 ? fc.oneof({ weight: 4, arbitrary: layer }, branches(depth)) : layer;
	return fc.array(step, { maxLength: 3 });
}

/** Blocks as they can be written down; whether their channels fit is another matter. */
export const blocks: fc.Arbitrary<BlockSpec> = fc.array(
	fc.oneof({ weight: 4, arbitrary: layer }, branches(blockLimits.depth)),
	{ minLength: 1, maxLength: 4 }
);
