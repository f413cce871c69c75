import { Bench } from './bench.svelte';
import { type BenchOp, type BenchSpec, defaults } from './spec';

/** A bench as the page of an operation opens it, but for some fields. */
export function benchAt(op: BenchOp, part: Partial<BenchSpec>): Bench {
	return new Bench({ ...defaults(op), ...part });
}
