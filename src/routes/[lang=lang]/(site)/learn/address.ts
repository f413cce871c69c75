import { firstSeed, lastSeed } from '$lib/lessons/compiler/lesson';
import { addressCodec, partsOf, type Codec } from '$lib/viz/address/codec';
import { integer } from '$lib/viz/address/kinds';

/** What a chapter's address holds. */
export interface ChapterSpec {
	/** Seeds of the questions that ask for a number, by their names. */
	readonly seeds: Readonly<Record<string, number>>;
}

const seed = integer({ min: firstSeed, max: lastSeed });

/** The addresses of a chapter. @param names of its questions that ask for a number */
export function exerciseCodec(names: readonly string[]): Codec<ChapterSpec> {
	const { within } = partsOf<ChapterSpec>();
	return addressCodec<ChapterSpec>({
		initial: { seeds: Object.fromEntries(names.map((name) => [name, firstSeed])) },
		parts: names.map((name) => within('seeds', name, seed))
	});
}
