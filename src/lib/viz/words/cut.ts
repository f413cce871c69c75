/** Characters of a value from outside that a sentence holds: what a person reads of it. */
const longest = 120;

/** A value as it stands in a sentence. */
export function cut(text: string): string {
	return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
