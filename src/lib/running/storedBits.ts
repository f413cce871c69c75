import type { WeightSet } from '$lib/engine/client';

/** Bits of a number of a set's file, by how it stores them. */
export const storedBits: Readonly<Record<WeightSet['storage'], number>> = {
	...{ float32: 32, float16: 16 },
	...{ uint8: 8, uint16: 16 }
};
