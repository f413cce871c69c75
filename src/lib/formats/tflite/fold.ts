import type { Table } from './flat';

/** Numbers of a shape, or of a part of one. */
export interface Folded {
	readonly dims: readonly number[];
	readonly numbers: readonly number[];
}

/**
 * Arithmetic of shapes, which converters leave where the number of pictures is open: what is picked of one and put together again.
 * @param inputs values of each input, `null` for what is not known
 * @returns `null` for anything else
 */
export function folded(
	type: string,
	inputs: readonly (readonly number[] | null)[],
	options: Table | null
): Folded | null {
	if (inputs.some((input) => input === null)) return null;
	const known = inputs as readonly (readonly number[])[];
	const [x = [], begin, end, stride] = known;
	switch (type) {
		case 'CONCATENATION':
		case 'PACK': {
			const numbers = known.flat();
			return { dims: [numbers.length], numbers };
		}
		case 'STRIDED_SLICE': {
			if (begin?.length !== 1 || end?.length !== 1 || stride?.[0] !== 1) return null;
			const mask = (field: number) => ((options?.int(field) ?? 0) & 1) === 1;
			const from = mask(0) ? 0 : begin[0]!;
			const numbers = mask(4) ? x.slice(from).slice(0, 1) : x.slice(from, mask(1) ? undefined : end[0]);
			return { dims: mask(4) ? [] : [numbers.length], numbers };
		}
		default:
			return null;
	}
}
