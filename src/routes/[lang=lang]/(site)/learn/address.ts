import { firstSeed, lastSeed } from '$lib/lessons/compiler/lesson';
import { addressCodec, partsOf, type Codec } from '$lib/viz/address/codec';
import { integer, oneOf } from '$lib/viz/address/kinds';

/** What a chapter's address holds. */
export interface ChapterSpec {
	/** Seeds of the questions that ask for a number, by their names. */
	readonly seeds: Readonly<Record<string, number>>;
	/** The figure that fills the screen, as on a projector. */
	readonly screen: string | null;
}

const seed = integer({ min: firstSeed, max: lastSeed });

/** The addresses of a chapter. @param names of its questions that ask for a number @param figures names of its figures */
export function exerciseCodec(names: readonly string[], figures: readonly string[]): Codec<ChapterSpec> {
	const { field, within } = partsOf<ChapterSpec>();
	return addressCodec<ChapterSpec>({
		initial: { seeds: Object.fromEntries(names.map((name) => [name, firstSeed])), screen: null },
		parts: [...names.map((name) => within('seeds', name, seed)), field('screen', 'screen', oneOf(figures))]
	});
}
