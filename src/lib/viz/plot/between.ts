import type { Box } from '../tensor/tensors';

/** As much of `x` as lies from 0 to 1. */
export const clampUnit = (x: number) => Math.min(1, Math.max(0, x));

/** The number that is `by` of the way from `a` to `b`. */
export const lerp = (a: number, b: number, by: number) => a + (b - a) * by;

/** From 0 to 1 between two places, with rest at both. */
export const smooth = (x: number, from = 0, to = 1) => {
	const p = clampUnit((x - from) / (to - from));
	return p * p * (3 - 2 * p);
};

/** The box that is `by` of the way from one to another. */
export const lerpBox = (a: Box, b: Box, by: number): Box => ({
	x: lerp(a.x, b.x, by),
	y: lerp(a.y, b.y, by),
	width: lerp(a.width, b.width, by),
	height: lerp(a.height, b.height, by)
});
