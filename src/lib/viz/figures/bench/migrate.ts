import { planBench } from './problems';
import { type BenchOp, type BenchSpec, defaults, fieldsOf } from './spec';

/**
 * Another operation's spec that keeps what the reader set, where it means something there too; where that does not fit,
 * the operation's own default.
 */
export function migrated(spec: BenchSpec, op: BenchOp): BenchSpec {
	const from = defaults(spec.op);
	const to = defaults(op);
	const shared = fieldsOf(spec).filter(
		(field) => fieldsOf(to).includes(field) && spec[field] !== from[field]
	);
	const carrying = {
		...to,
		...Object.fromEntries(shared.map((field) => [field, spec[field]])),
		granularity: spec.granularity
	};
	return planBench(carrying).ok ? carrying : { ...to, granularity: spec.granularity };
}
