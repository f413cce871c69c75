import { audit, type Audit, type Convention, type ResolvedGraph } from '$lib/nets';
import type { Audited } from './address';
import type { Conventions } from './conventions';

/** The analysis's convention for one of the two totals under the page's conventions. */
export function conventionOf(
	total: Audited,
	{ count, batchNorm, biases, classifier }: Conventions
): Convention {
	return total === 'params'
		? { measure: 'params', batchNorm, biases, classifier }
		: { measure: count, batchNorm: 'none', biases: false, classifier };
}

/** A total as the sum that makes it, under the page's conventions. */
export function auditOf(net: ResolvedGraph, total: Audited, conventions: Conventions): Audit {
	return audit(net, conventionOf(total, conventions));
}

/** What each node brings to a total, by id; nodes that bring nothing may be missing. */
export function countedByNode(whole: Audit): ReadonlyMap<string, number> {
	const values = new Map<string, number>();
	const gather = ({ kind, id, value, parts }: Audit) => {
		if (kind === 'node') values.set(id, value);
		parts.forEach(gather);
	};
	gather(whole);
	return values;
}
