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
	const found: { readonly first: OwnClass; readonly second: OwnClass; count: number }[] = [];
	for (const second of classes)
		for (const { print } of second.pictures) {
			const first = owners.get(print) ?? second;
			owners.set(print, first);
			if (first === second) continue;
			const pair = found.find((of) => of.first === first && of.second === second);
			if (pair) pair.count++;
			else found.push({ first, second, count: 1 });
		}
	return found[0] ?? null;
}
