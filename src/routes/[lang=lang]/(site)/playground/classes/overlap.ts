import type { OwnClass } from './ownClass.svelte';

/** Classes that hold copies of the same pictures, whose names contradict each other. */
export interface Overlap {
	readonly first: OwnClass;
	readonly second: OwnClass;
	readonly count: number;
}

/** The first two of classes that hold copies of the same pictures; `null` where none do. */
export function overlapOf(classes: readonly OwnClass[]): Overlap | null {
	const owners = new Map<string, OwnClass>();
	let found: Overlap | null = null;
	for (const second of classes)
		for (const { print } of second.pictures) {
			const first = owners.get(print);
			if (!first) owners.set(print, second);
			else if (first === second) continue;
			else if (!found) found = { first, second, count: 1 };
			else if (found.first === first && found.second === second) found = { ...found, count: found.count + 1 };
		}
	return found;
}
