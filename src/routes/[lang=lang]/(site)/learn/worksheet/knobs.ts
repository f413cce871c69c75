import { firstSeed, lastSeed } from '$lib/lessons/compiler/lesson';

/** What the address of a worksheet holds. @param slugs chapters that have questions for a number, the first of them usual */
export const sheetKnobs = (slugs: readonly string[]) =>
	({
		chapter: { kind: 'choice', choices: slugs, default: slugs[0]! },
		seed: { kind: 'number', min: firstSeed, max: lastSeed, step: 1, default: firstSeed, whole: true },
		/** Whether the answers are shown, and printed. */
		key: { kind: 'flag', default: false }
	}) as const;
