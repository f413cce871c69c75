/** Reads a value of which less is better; for more is better, give the negative. */
export type Criterion<T> = (item: T) => number;

/** Whether `a` is at least as good as `b` in every criterion and better in one. */
export function dominates<T>(a: T, b: T, criteria: readonly Criterion<T>[]): boolean {
	let isBetter = false;
	for (const criterion of criteria) {
		const difference = criterion(a) - criterion(b);
		if (difference > 0) return false;
		if (difference < 0) isBetter = true;
	}
	return isBetter;
}

/** The items that no other dominates: for each of them, being better in one criterion costs something in another. */
export function paretoFront<T>(items: readonly T[], criteria: readonly Criterion<T>[]): T[] {
	return items.filter((item) => !items.some((other) => dominates(other, item, criteria)));
}
