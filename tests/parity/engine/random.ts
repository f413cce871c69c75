/** A seeded generator of numbers from 0 up to 1 (mulberry32). */
export function mulberry(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), state | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** `n` numbers between -1 and 1. */
export const randoms = (random: () => number, n: number): Float32Array =>
	Float32Array.from({ length: n }, () => random() * 2 - 1);
