import { maxIndex } from 'd3-array';
import { randomNumbers } from '../../nets/run';
import { fitHead, probabilities, type Features, type FitOptions } from './softmaxRegression';

/**
 * How accuracy is measured, always on pictures that the head has not seen.
 *
 * - `heldOut`: a fifth of each class, drawn by the seed, is kept out, once
 * - `folds`: pictures are few, so each is kept out once, in one of `folds.length` parts
 */
export interface Examination {
	readonly way: 'heldOut' | 'folds';
	/** Indices of the pictures that are kept out together. */
	readonly folds: readonly (readonly number[])[];
}

/** Pictures of the smallest class from which a fifth is enough to be tested on. */
const enoughToHoldOut = 25;
/** Pictures in all up to which each is kept out by itself, which needs no luck. */
const fewInAll = 30;
const usualFolds = 5;

/**
 * Draws what is kept out. Every class keeps at least one picture to learn from, as long as it has two.
 * @param labels class of each picture
 */
export function drawExamination(labels: readonly number[], classes: number, seed: number): Examination {
	const random = randomNumbers(`kept out ${seed}`);
	const members = Array.from({ length: classes }, (_, of) =>
		shuffled(
			labels.flatMap((label, i) => (label === of ? i : [])),
			random
		)
	);
	const least = Math.min(...members.map(({ length }) => length));
	if (least >= enoughToHoldOut) {
		const fold = members.flatMap((own) => own.slice(0, Math.round(own.length / usualFolds)));
		return { way: 'heldOut', folds: [fold.sort((a, b) => a - b)] };
	}
	if (labels.length <= fewInAll) return { way: 'folds', folds: labels.map((_, i) => [i]) };
	const folds = Array.from({ length: usualFolds }, (): number[] => []);
	// Dealt out class after class, so that parts are as large as each other and each has some of every class.
	members.flat().forEach((picture, i) => folds[i % usualFolds]!.push(picture));
	return { way: 'folds', folds: folds.map((fold) => fold.sort((a, b) => a - b)) };
}

function shuffled(list: readonly number[], random: () => number): number[] {
	const result = [...list];
	for (let i = result.length - 1; i > 0; i--) {
		const other = Math.floor(random() * (i + 1));
		[result[i], result[other]] = [result[other]!, result[i]!];
	}
	return result;
}

/** What a head said of pictures that it had not seen. */
export interface Examined {
	/** By picture: the class that it was taken for; `null` where it was not kept out. */
	readonly answers: readonly (number | null)[];
	/** `[truth][answer]`: pictures. */
	readonly confusion: readonly (readonly number[])[];
	readonly right: number;
	readonly tested: number;
}

/** Trains a head for each part that is kept out, on all other pictures, and has it answer that part. */
export function* examine(
	features: Features,
	labels: readonly number[],
	classes: number,
	{ folds }: Examination,
	options?: FitOptions
): Generator<void, Examined> {
	const { width, data } = features;
	const rowOf = (i: number) => data.subarray(i * width, (i + 1) * width);
	const answers: (number | null)[] = labels.map(() => null);
	for (const fold of folds) {
		const kept = new Set(fold);
		const rest = labels.flatMap((_, i) => (kept.has(i) ? [] : i));
		const seen = new Float32Array(rest.length * width);
		rest.forEach((i, n) => seen.set(rowOf(i), n * width));
		const { head } = fitHead(
			{ width, data: seen },
			rest.map((i) => labels[i]!),
			classes,
			options
		);
		for (const i of fold) answers[i] = maxIndex(probabilities(head, rowOf(i)));
		yield;
	}
	const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
	answers.forEach((answer, i) => {
		if (answer !== null) confusion[labels[i]!]![answer]!++;
	});
	const tested = answers.filter((answer) => answer !== null).length;
	return { answers, confusion, tested, right: confusion.reduce((sum, row, i) => sum + row[i]!, 0) };
}

/**
 * Where the accuracy on all pictures of this kind lies with 95% certainty, were those that were tested drawn by chance from them.
 * Source: Wilson 1927, Journal of the American Statistical Association 22.
 */
export function accuracyInterval(right: number, tested: number): readonly [low: number, high: number] {
	const z = 1.959964;
	const share = right / tested;
	const centre = share + z ** 2 / (2 * tested);
	const reach = z * Math.sqrt((share * (1 - share)) / tested + z ** 2 / (4 * tested ** 2));
	const all = 1 + z ** 2 / tested;
	return [Math.max(0, (centre - reach) / all), Math.min(1, (centre + reach) / all)];
}

/** What a choice between networks is made by. */
export interface Candidate<Id> {
	readonly id: Id;
	readonly right: number;
	readonly tested: number;
	/** Of its file. */
	readonly bytes: number;
}

/** The share in which who always names the class that was tested most is right. */
export function guessedShare(confusion: Examined['confusion']): number {
	const tested = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
	return Math.max(...tested) / tested.reduce((sum, count) => sum + count, 0);
}

/** Which networks are best. The lists keep the order of the candidates. */
export interface Choice<Id> {
	/** The most accurate, and whoever ties with it; none where none is surely better than who guesses. */
	readonly best: readonly Id[];
	/** Whether all of these are right in as many pictures. */
	readonly isEven: boolean;
	/** The smallest of these, which is the same in every run. */
	readonly smallest: Id | null;
	/** Below the interval of the most accurate. */
	readonly behind: readonly Id[];
	/** Whether none is best only because so few pictures do not say more: some are more often right than who guesses. */
	readonly isTooFew: boolean;
	/** Whether even the most accurate of the best is wrong more often than right, as may be among many classes. */
	readonly isLittle: boolean;
}

/**
 * Of networks, the most accurate; whoever is within the interval in which its accuracy lies, {@link accuracyInterval}, ties with it: the
 * rest is chance. Times decide nothing, since they are others in every run.
 * @param guessed the share in which who guesses is right, {@link guessedShare}
 */
export function chooseBest<Id>(candidates: readonly Candidate<Id>[], guessed: number): Choice<Id> | null {
	if (candidates.length === 0) return null;
	if (candidates.every(({ right, tested }) => accuracyInterval(right, tested)[0] <= guessed)) {
		const isTooFew = candidates.some(({ right, tested }) => right / tested > guessed);
		return { best: [], isEven: true, smallest: null, behind: [], isTooFew, isLittle: false };
	}
	const top = candidates.reduce((best, one) => (one.right > best.right ? one : best));
	const [low] = accuracyInterval(top.right, top.tested);
	const isBest = ({ right, tested }: Candidate<Id>) => right / tested >= low;
	const best = candidates.filter(isBest);
	return {
		best: best.map(({ id }) => id),
		isEven: best.every(({ right }) => right === top.right),
		smallest: best.reduce((smallest, one) => (one.bytes < smallest.bytes ? one : smallest)).id,
		behind: candidates.filter((one) => !isBest(one)).map(({ id }) => id),
		isTooFew: false,
		isLittle: 2 * top.right < top.tested
	};
}
