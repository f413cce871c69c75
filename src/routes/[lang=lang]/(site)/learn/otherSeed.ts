import { firstSeed, lastSeed, type Exercise } from '$lib/lessons/compiler/lesson';

/** Another seed than this one, whose problem has other sizes. @param from where to begin to look */
export function otherSeed(exercise: Exercise, seed: number, from: number): number {
	const sizes = (of: number): string => JSON.stringify(exercise.at(of).values);
	const now = sizes(seed);
	for (let i = 0; i < lastSeed; i++) {
		const other = ((from + i - 1) % lastSeed) + 1;
		if (sizes(other) !== now) return other;
	}
	return seed;
}

/** Another seed than this one, by chance. */
export function randomSeed(but: number): number {
	const beyond = 1 + Math.floor(Math.random() * (lastSeed - firstSeed));
	return ((but - firstSeed + beyond) % (lastSeed - firstSeed + 1)) + firstSeed;
}
