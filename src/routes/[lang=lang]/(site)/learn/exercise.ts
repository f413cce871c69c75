import type { Exercise } from '$lib/lessons/compiler/lesson';
import { randomNumbers } from '$lib/nets/run';
import { fits } from './entry';

/** Draws sizes. */
export interface Draw {
	/** A whole number, both ends among them. */
	between(min: number, max: number): number;
	from(values: readonly number[]): number;
}

type Sizes = Readonly<Record<string, number>>;

interface Declaration<S extends Sizes> {
	draw(draw: Draw): S;
	/** What the operators count, or the graph. */
	answer(sizes: S): number;
	/** Digits after the point that the answer is asked for; none unless given. */
	readonly digits?: number;
	/** What else the words name: read off a geometry, or a part of a product. */
	values?(sizes: S): Sizes;
	/** What comes out by the usual mistakes. One that happens to be right, or to look like another, is no mistake with these sizes. */
	readonly mistakes: Readonly<Record<string, (sizes: S) => number>>;
}

/** A question for a number, with sizes of its own at each seed. */
export function exercise<S extends Sizes>({
	draw,
	answer,
	digits = 0,
	values,
	mistakes
}: Declaration<S>): Exercise {
	return {
		mistakes: Object.keys(mistakes),
		at(seed) {
			const random = randomNumbers(`exercise ${String(seed)}`);
			const between = (min: number, max: number) => min + Math.floor(random() * (max - min + 1));
			const sizes = draw({ between, from: (of) => of[between(0, of.length - 1)]! });
			const right = answer(sizes);
			const distinct: { name: string; value: number }[] = [];
			for (const [name, of] of Object.entries(mistakes)) {
				const value = of(sizes);
				// Nobody types a mistake that has more digits than what is asked for.
				const canBeTyped = digits > 0 || Number.isInteger(value);
				const isTaken = [right, ...distinct.map((other) => other.value)].some(
					(other) => fits(value, other, digits) || fits(other, value, digits)
				);
				if (value > 0 && canBeTyped && !isTaken) distinct.push({ name, value });
			}
			return { values: { ...sizes, ...values?.(sizes), answer: right }, digits, mistakes: distinct };
		}
	};
}
