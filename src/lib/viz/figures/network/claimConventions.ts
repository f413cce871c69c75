import type { ReportedResult, ReportedReason } from '$lib/nets';
import type { Conventions } from './conventions';

const changes: Readonly<Partial<Record<ReportedReason, Partial<Conventions>>>> = {
	withoutBatchNorm: { batchNorm: 'none' },
	withStatistics: { batchNorm: 'all' },
	withoutClassifier: { classifier: false },
	flopsNotMacs: { count: 'flops' }
};

/** How a print was counted, where the switches can say it; `null` where they cannot, or say it already. */
export function conventionsOf({ reasons }: ReportedResult, now: Conventions): Conventions | null {
	const change = reasons.reduce<Partial<Conventions>>((so, reason) => ({ ...so, ...changes[reason] }), {});
	const changed = { ...now, ...change };
	return (Object.keys(change) as (keyof Conventions)[]).some((key) => changed[key] !== now[key])
		? changed
		: null;
}
