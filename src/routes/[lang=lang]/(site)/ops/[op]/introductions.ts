import { m } from '$lib/i18n';
import { opName } from '$lib/viz/figures/bench/names';
import type { BenchOp } from '$lib/viz/figures/bench/spec';

/** What the page of an operation is called and says first. */
export function introductionOf(op: BenchOp): { readonly title: string; readonly lead: string } {
	const leads: Record<BenchOp, () => string> = {
		standard: m.bench_lead_standard,
		pointwise: m.bench_lead_pointwise,
		depthwise: m.bench_lead_depthwise,
		separable: m.bench_lead_separable,
		group: m.bench_lead_group,
		shuffle: m.bench_lead_shuffle,
		transposed: m.bench_lead_transposed,
		pooling: m.bench_lead_pooling
	};
	return { title: opName(op), lead: leads[op]() };
}

/** An operation's name beside the others. */
export function shortNameOf(op: BenchOp): string {
	const names: Record<BenchOp, () => string> = {
		standard: m.bench_short_standard,
		pointwise: m.bench_short_pointwise,
		depthwise: m.bench_short_depthwise,
		separable: m.bench_short_separable,
		group: m.bench_short_group,
		shuffle: m.bench_short_shuffle,
		transposed: m.bench_short_transposed,
		pooling: m.bench_short_pooling
	};
	return names[op]();
}
