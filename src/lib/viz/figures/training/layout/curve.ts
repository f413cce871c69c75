import { line } from 'd3-shape';
import type { TaskId } from '$lib/training/task';
import type { Measure } from '../knobs';

/** Values at the lower and the upper edge of a curve: below 30 % right nobody is by chance alone, and above 0.8 the loss only says how loud. */
const domains: Readonly<Record<Measure, readonly [number, number]>> = {
	accuracy: [0.3, 1],
	loss: [0, 0.9]
};

/** Lines that a curve is read by: what a coin gets, what is best, and, of the question of two channels, what no sum of two parts gets beyond. */
export const marksOf = (
	measure: Measure,
	task: TaskId
): { readonly coin: number; readonly best: number; readonly ceiling: number | null } =>
	measure === 'loss'
		? { coin: Math.LN2, best: 0, ceiling: null }
		: { coin: 0.5, best: 1, ceiling: task === 'together' ? 0.75 : null };

export interface CurveBox {
	readonly width: number;
	readonly height: number;
	/** Steps across. */
	readonly steps: number;
	readonly measure: Measure;
}

const pad = 4;

/** Height of a value, in px from above; what lies beyond the scale stands at its edge. */
export function heightOf(value: number, { height, measure }: Pick<CurveBox, 'height' | 'measure'>): number {
	const [low, high] = domains[measure];
	const share = (Math.min(high, Math.max(low, value)) - low) / (high - low);
	return height - pad - share * (height - 2 * pad);
}

/** Place of a step, in px from the left: step 1 is the first. */
export function placeOf(step: number, { width, steps }: Pick<CurveBox, 'width' | 'steps'>): number {
	return (step / steps) * width;
}

/** Path of a curve, `''` where there is none yet. */
export function curvePath(values: readonly number[], box: CurveBox): string {
	return (
		line<number>()
			.digits(1)
			.x((_, i) => placeOf(i + 1, box))
			.y((value) => heightOf(value, box))(values) ?? ''
	);
}
