import { m } from '$lib/i18n';
import type { BenchOp } from './spec';

/** What an operation is called. */
export function opLabel(op: BenchOp): string {
	const labels: Record<BenchOp, () => string> = {
		standard: m.bench_op_standard,
		pointwise: m.bench_op_pointwise,
		depthwise: m.bench_op_depthwise,
		separable: m.bench_op_separable,
		group: m.bench_op_group,
		shuffle: m.bench_op_shuffle,
		transposed: m.bench_op_transposed,
		pooling: m.bench_op_pooling
	};
	return labels[op]();
}
