import { planConvolution, planDepthwise, planPointwise, planSeparable } from './plans/convolutions';
import { planPooling } from './plans/pooling';
import { planShuffle } from './plans/shuffle';
import { planTransposed } from './plans/transposed';
import type { BenchOp, BenchSpec } from './spec';
import type { PlannedStage } from './stage';

const planners: Readonly<Record<BenchOp, (spec: BenchSpec) => PlannedStage[]>> = {
	standard: planConvolution,
	pointwise: planPointwise,
	depthwise: planDepthwise,
	separable: planSeparable,
	group: planConvolution,
	shuffle: planShuffle,
	transposed: planTransposed,
	pooling: planPooling
};

/** The stages of a spec, shapes resolved, without values. Throws an `OpError` where an operator's arguments do not fit. */
export const planStages = (spec: BenchSpec): PlannedStage[] => planners[spec.op](spec);
