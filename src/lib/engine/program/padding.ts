import type { Sides } from '../../ops';

type Explicit = [[number, number], [number, number], [number, number], [number, number]];

/** Sides as TensorFlow.js takes them. */
export function explicitSides({ top, bottom, left, right }: Sides): Explicit {
	return [
		[0, 0],
		[top, bottom],
		[left, right],
		[0, 0]
	];
}

/** {@link explicitSides}, and `'valid'` where there is no padding. */
export function paddingOf(sides: Sides): 'valid' | Explicit {
	const { top, bottom, left, right } = sides;
	return top + bottom + left + right === 0 ? 'valid' : explicitSides(sides);
}
