import { parseSet, type WeightSet } from '$lib/engine/sets';

/** Longest text that is read as a set: what it says of a network takes far less. */
const longest = 1 << 20;

/**
 * Takes a `set.json` out of files that were dropped together: what they are for, and how pictures are prepared for them.
 * @returns `set` `null` where there is none, or it is none of this site's
 */
export async function withoutSet(
	files: readonly File[]
): Promise<{ readonly set: WeightSet | null; readonly files: readonly File[] }> {
	for (const file of files) {
		if (!file.name.endsWith('.json') || file.size > longest) continue;
		try {
			const set = parseSet(await file.text());
			return { set, files: files.filter((other) => other !== file) };
		} catch {
			// Another JSON.
		}
	}
	return { set: null, files };
}
