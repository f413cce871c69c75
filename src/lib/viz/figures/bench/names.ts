import { m } from '$lib/i18n';
import type { StageId } from './spec';

const names: Readonly<Record<StageId, () => string>> = {
	conv: m.bench_stage_conv,
	depthwise: m.bench_stage_depthwise,
	pointwise: m.bench_stage_pointwise,
	first: m.bench_stage_first,
	shuffle: m.bench_stage_shuffle,
	second: m.bench_stage_second,
	transposed: m.bench_stage_transposed,
	pool: m.bench_stage_pool
};

/** A layer of the bench in the reader's language. */
export const stageName = (id: StageId) => names[id]();
