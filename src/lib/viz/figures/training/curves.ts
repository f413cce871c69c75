import type { LaneStep } from '$lib/training/session';

/** Steps over which a curve is averaged: with 64 pictures a step, a share of them that is right then moves by two percent by chance. */
export const averaged = 10;
/** What a lane is to reach. */
export const goal = 0.99;

/**
 * What has reached the goal and is below this has lost it again; a curve that only trembles has not.
 */
export const lostBelow = 0.9;

/**
 * Steps in a row in which a lane gives one answer to all pictures before that is said: with 16 pictures a step, some three hundred of them.
 * A network that has only begun may do so for a few.
 */
export const sameFor = 20;

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
	/** Of each step, in how many in a row up to it the lane gave one answer to all of its pictures. */
	readonly runs: readonly number[];
}

export const emptyCurve: Curve = {
	losses: [],
	accuracies: [],
	smooth: { loss: [], accuracy: [] },
	reached: null,
	failed: null,
	runs: []
};

/** A curve with further steps. */
export function extendCurve(curve: Curve, steps: readonly LaneStep[]): Curve {
	const losses = [...curve.losses];
	const accuracies = [...curve.accuracies];
	const smooth = { loss: [...curve.smooth.loss], accuracy: [...curve.smooth.accuracy] };
	const runs = [...curve.runs];
	let { reached, failed } = curve;
	for (const step of steps) {
		if (!step || failed !== null) {
			failed ??= losses.length;
			continue;
		}
		losses.push(step.loss);
		accuracies.push(step.accuracy);
		runs.push(step.isSame ? (runs.at(-1) ?? 0) + 1 : 0);
		smooth.loss.push(meanOfLast(losses));
		smooth.accuracy.push(meanOfLast(accuracies));
		if (losses.length >= averaged && smooth.accuracy.at(-1)! >= goal) reached ??= losses.length;
	}
	return { losses, accuracies, smooth, reached, failed, runs };
}

/** A curve as it was after so many steps. */
export function curveUpTo(curve: Curve, step: number): Curve {
	const { losses, accuracies, smooth, reached, failed, runs } = curve;
	if (losses.length <= step && (failed === null || failed < step)) return curve;
	return {
		losses: losses.slice(0, step),
		accuracies: accuracies.slice(0, step),
		smooth: { loss: smooth.loss.slice(0, step), accuracy: smooth.accuracy.slice(0, step) },
		reached: reached !== null && reached <= step ? reached : null,
		failed: failed !== null && failed < step ? failed : null,
		runs: runs.slice(0, step)
	};
}

/** The step, from 1, since which a lane that had learned has lost it again, or is no number any more; `null` where it has not. */
export function lostSince({
	smooth,
	reached,
	failed
}: Pick<Curve, 'smooth' | 'reached' | 'failed'>): number | null {
	if (reached === null) return null;
	if (failed !== null) return failed + 1;
	const last = smooth.accuracy.findLastIndex((share) => share >= lostBelow);
	return last === smooth.accuracy.length - 1 ? null : last + 2;
}

/** The step, from 1, since which a lane gives one answer to all pictures; `null` where it does not, or not for long. */
export function sameSince({ runs, failed }: Pick<Curve, 'runs' | 'failed'>): number | null {
	const run = runs.at(-1) ?? 0;
	return failed === null && run >= sameFor ? runs.length - run + 1 : null;
}

function meanOfLast(values: readonly number[]): number {
	const last = values.slice(-averaged);
	return last.reduce((sum, value) => sum + value, 0) / last.length;
}
