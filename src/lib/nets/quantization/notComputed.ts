/**
 * Why integers cannot compute a network, of the node that is named:
 * - `operator`: there is no such step on integers
 * - `tensor`: the file has no scale of 8-bit integers for what it gives, or several
 * - `weights`: its weights are no integers of 8 bits in the file
 * - `sums`: its sums may be too large for 32 bits
 */
export type Hindrance = 'operator' | 'tensor' | 'weights' | 'sums';

const sentences: Readonly<Record<Hindrance, (op: string) => string>> = {
	operator: (op) => `a ${op} is not computed with integers`,
	tensor: () => 'the file has no scale of 8-bit integers for what it gives, or several',
	weights: () => 'its weights are no integers of 8 bits',
	sums: () => 'its sums may be too large for 32 bits'
};

/** Why a network cannot be computed with integers. */
export class NotComputedError extends RangeError {
	override readonly name = 'NotComputedError';

	constructor(
		/** The first node that cannot, or the input. */
		readonly node: string,
		/** Its kind; `input` for an input. */
		readonly op: string,
		readonly hindrance: Hindrance = 'operator'
	) {
		super(`${node}: ${sentences[hindrance](op)}`);
	}
}
