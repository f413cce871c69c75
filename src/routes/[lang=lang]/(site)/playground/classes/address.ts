import { addressCodec, partsOf, type Codec } from '$lib/viz/address/codec';
import { integer, oneOf } from '$lib/viz/address/kinds';

/** Which weights: published ones where the site has them, or the small ones that it always has. */
export const weightKinds = ['published', 'small'] as const;
export type WeightKind = (typeof weightKinds)[number];

/** What of the page a link can hold: pictures are none of it. */
export interface ClassesSpec {
	/** Draws the pictures that are kept out of training. */
	readonly seed: number;
	readonly weights: WeightKind;
}

export const seeds = { min: 1, max: 9999 } as const;

const { field } = partsOf<ClassesSpec>();

export const classesCodec: Codec<ClassesSpec> = addressCodec<ClassesSpec>({
	initial: { seed: 1, weights: 'published' },
	parts: [field('seed', 'seed', integer(seeds)), field('weights', 'weights', oneOf(weightKinds))]
});
