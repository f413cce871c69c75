import type { LaneStep } from '$lib/training/session';

/** Steps over which a curve is averaged: with 64 pictures a step, a share of them that is right then moves by two percent by chance. */
export const averaged = 10;
/** What a lane is to reach. */
export const goal = 0.99;

/** What a lane has come to, step by step. */
export interface Curve {
	readonly losses: readonly number[];
	readonly accuracies: readonly number[];
	/** Means of the last ten steps, of each step. */
	readonly smooth: { readonly loss: readonly number[]; readonly accuracy: readonly number[] };
	/** Step at which the mean accuracy of ten had reached 99 %. */
	readonly reached: number | null;
	/** Step at which the loss was no number any more. */
	readonly failed: number | null;
}

export const emptyCurve: Curve = {
	losses: [],
	accuracies: [],
	smooth: { loss: [], accuracy: [] },
	reached: null,
	failed: null
};

/** A curve with further steps. */
export function extendCurve(curve: Curve, steps: readonly LaneStep[]): Curve {
	const losses = [...curve.losses];
	const accuracies = [...curve.accuracies];
	const smooth = { loss: [...curve.smooth.loss], accuracy: [...curve.smooth.accuracy] };
	let { reached, failed } = curve;
	for (const step of steps) {
		if (!step || failed !== null) {
			failed ??= losses.length;
			continue;
		}
		losses.push(step.loss);
		accuracies.push(step.accuracy);
		smooth.loss.push(meanOfLast(losses));
		smooth.accuracy.push(meanOfLast(accuracies));
		if (losses.length >= averaged && smooth.accuracy.at(-1)! >= goal) reached ??= losses.length;
	}
	return { losses, accuracies, smooth, reached, failed };
}

/** A curve as it was after so many steps. */
export function curveUpTo(curve: Curve, step: number): Curve {
	const { losses, accuracies, smooth, reached, failed } = curve;
	if (losses.length <= step && (failed === null || failed < step)) return curve;
	return {
		losses: losses.slice(0, step),
		accuracies: accuracies.slice(0, step),
		smooth: { loss: smooth.loss.slice(0, step), accuracy: smooth.accuracy.slice(0, step) },
		reached: reached !== null && reached <= step ? reached : null,
		failed: failed !== null && failed < step ? failed : null
	};
}

function meanOfLast(values: readonly number[]): number {
	const last = values.slice(-averaged);
	return last.reduce((sum, value) => sum + value, 0) / last.length;
}
