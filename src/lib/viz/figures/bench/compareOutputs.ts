import { type Cell, cellAt, type Tensor } from '$lib/ops';

/** How far two outputs are apart. */
export interface Comparison {
	readonly count: number;
	/** The largest difference of two values. */
	readonly difference: number;
	/** Where it is; `null` where there is none. */
	readonly at: Cell | null;
	/** Whether the difference is no more than float32 rounds. */
	readonly agrees: boolean;
}

/** Share of the largest magnitude by which float32 arithmetic may be off. */
const tolerance = 1e-5;

/** Compares an output with the values that another program has for it, row-major. Throws where their numbers differ. */
export function compareOutputs({ shape, data }: Tensor, values: ArrayLike<number>): Comparison {
	if (values.length !== data.length) {
		throw new Error(`${values.length} values came back, and the output has ${data.length}`);
	}
	let difference = 0;
	let largest = 0;
	let index = -1;
	data.forEach((value, n) => {
		largest = Math.max(largest, Math.abs(value));
		const off = Math.abs(value - values[n]!);
		// What is not a number is as wrong as can be.
		if (off > difference || Number.isNaN(off)) {
			difference = Number.isNaN(off) ? Infinity : off;
			index = n;
		}
	});
	return {
		count: data.length,
		difference,
		at: index < 0 ? null : cellAt(shape, index),
		agrees: difference <= tolerance * Math.max(1, largest)
	};
}
