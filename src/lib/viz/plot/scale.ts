import { scaleLinear, scaleLog, type ScaleContinuousNumeric } from 'd3-scale';

/** Two ends, the lower one first where it is a range of values. */
export type Extent = readonly [from: number, to: number];

export type ScaleKind = 'log' | 'linear';

/** A position scale: values to pixels and back. */
export type Scale = ScaleContinuousNumeric<number, number>;

/** Scale of the values `domain` over the pixels `range` (reversed for an axis that points up). */
export function scatterScale(kind: ScaleKind, domain: Extent, range: Extent): Scale {
	return kind === 'log' ? scaleLog(domain, range) : scaleLinear(domain, range);
}

/** Steps of a logarithmic axis within a decade, from few ticks to many. */
const decadeSteps = [[1], [1, 3], [1, 2, 5], [1, 2, 3, 4, 5, 6, 8]] as const;

/**
 * Values to label on an axis of `length` pixels, ascending: as many as stand at least `gap` pixels apart. Logarithmic axes
 * have round values of each decade; those that show too little of a decade for that have equal steps.
 */
export function scatterTicks(kind: ScaleKind, domain: Extent, length: number, gap: number): number[] {
	const spaced = scaleLinear()
		.domain(domain)
		.ticks(Math.max(2, Math.floor(length / gap)));
	if (kind === 'linear') return spaced;
	const scale = scatterScale('log', domain, [0, length]);
	const sets = decadeSteps.map((steps) => decades(domain, steps)).filter((set) => isSpaced(set, scale, gap));
	const densest = sets.at(-1) ?? [];
	return densest.length >= 3 ? densest : thinned(spaced, scale, gap);
}

function decades([from, to]: Extent, steps: readonly number[]): number[] {
	const values: number[] = [];
	for (let power = Math.floor(Math.log10(from)); 10 ** power <= to; power++) {
		// A product of whole numbers: 3 * 10 ** -1 would be 0.30000000000000004.
		for (const step of steps) values.push(Number(`${step}e${power}`));
	}
	return values.filter((value) => value >= from && value <= to);
}

function isSpaced(values: readonly number[], scale: Scale, gap: number): boolean {
	return values.every((value, i) => i === 0 || scale(value) - scale(values[i - 1] ?? value) >= gap);
}

function thinned(values: readonly number[], scale: Scale, gap: number): number[] {
	const stored: number[] = [];
	for (const value of values) {
		const last = stored.at(-1);
		if (value > 0 && (last === undefined || scale(value) - scale(last) >= gap)) stored.push(value);
	}
	return stored;
}
