/** A search with some parts set anew, as a phrase of the text does; all others stay. */
export function mergeSearch(search: string, phrase: string): string {
	const merged = new URLSearchParams(search);
	for (const [name, value] of new URLSearchParams(phrase)) merged.set(name, value);
	return `?${merged}`;
}
