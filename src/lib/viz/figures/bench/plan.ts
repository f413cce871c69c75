import { planConvolution, planDepthwise, planPointwise, planSeparable } from './plans/convolutions';
import { type BenchOp, benchOps, type BenchSpec } from './spec';
import type { PlannedStage } from './stage';

type Planner = (spec: BenchSpec) => PlannedStage[];

const planners = new Map<BenchOp, Planner>([
	['standard', planConvolution],
	['group', planConvolution],
	['pointwise', planPointwise],
	['depthwise', planDepthwise],
	['separable', planSeparable]
]);

/** Operations whose operators only their own page needs, so that the others do not load them. */
const apart: Partial<Record<BenchOp, () => Promise<{ plan: Planner }>>> = {
	shuffle: () => import('./plans/shuffle'),
	transposed: () => import('./plans/transposed'),
	pooling: () => import('./plans/pooling')
};

/** Loads what the operation needs; until then, only convolutions can be planned in a browser. */
export async function prepareOp(op: BenchOp): Promise<void> {
	const load = apart[op];
	if (load && !planners.has(op)) planners.set(op, (await load()).plan);
}

// Outside the browser nothing is saved by waiting.
if (import.meta.env.SSR) await Promise.all(benchOps.map(prepareOp));

/** The stages of a spec, shapes resolved, without values. Throws an `OpError` where an operator's arguments do not fit. */
export function planStages(spec: BenchSpec): PlannedStage[] {
	const plan = planners.get(spec.op);
	if (!plan) throw new Error(`${spec.op} has not been prepared`);
	return plan(spec);
}
