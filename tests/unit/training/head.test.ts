import fc from 'fast-check';
import { maxIndex } from 'd3-array';
import { describe, expect, it } from 'vitest';
import { randomNumbers } from '$lib/nets/run';
import {
	accuracyInterval,
	chooseBest,
	drawExamination,
	examine,
	guessedShare
} from '$lib/training/head/examination';
import {
	fitHead,
	lossAt,
	NotLearned,
	probabilities,
	type Features,
	type Problem
} from '$lib/training/head/softmaxRegression';

/** Clouds around corners, which overlap. */
function clouds(counts: readonly number[], width: number, seed: number, spread = 1) {
	const random = randomNumbers(`clouds ${seed}`);
	const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
	const centres = counts.map(() => Array.from({ length: width }, () => normal()));
	const labels = counts.flatMap((count, label) => new Array<number>(count).fill(label));
	const data = Float32Array.from(
		labels.flatMap((label) => centres[label]!.map((value, i) => 5 + (i + 1) * (value + spread * normal())))
	);
	return { features: { width, data } satisfies Features, labels };
}

function drain<T>(steps: Generator<void, T>): T {
	for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

describe('lossAt', () => {
	it('has the gradient that differences of the loss have', () => {
		const random = randomNumbers('gradient');
		const problem: Problem = {
			rows: Float64Array.from({ length: 7 * 4 }, () => random() - 0.5),
			width: 4,
			labels: [0, 1, 2, 2, 1, 0, 2],
			classes: 3,
			penalty: 0.3
		};
		const point = Float64Array.from({ length: 5 * 3 }, () => random() - 0.5);
		const gradient = new Float64Array(point.length);
		lossAt(problem, point, gradient);
		const unused = new Float64Array(point.length);
		for (let i = 0; i < point.length; i++) {
			const at = (by: number) => {
				const moved = point.slice();
				moved[i]! += by;
				return lossAt(problem, moved, unused);
			};
			expect(gradient[i]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 8);
		}
	});
});

describe('fitHead', () => {
	it('finds the optimum that plain gradient descent finds', () => {
		const { features, labels } = clouds([9, 6, 12], 5, 1);
		const penalty = 0.05;
		const { head, loss, hasConverged } = fitHead(features, labels, 3, { penalty, tolerance: 1e-9 });
		// Written anew, on features scaled by hand: long, slow, and hard to get wrong.
		const { width, data } = features;
		const count = labels.length;
		const column = (i: number) => Array.from({ length: count }, (_, n) => data[n * width + i]!);
		const mean = Array.from({ length: width }, (_, i) => column(i).reduce((a, b) => a + b) / count);
		const deviation = mean.map((m, i) =>
			Math.sqrt(column(i).reduce((sum, v) => sum + (v - m) ** 2, 0) / count)
		);
		const x = labels.map((_, n) =>
			mean.map((m, i) => (data[n * width + i]! - m) / deviation[i]! / Math.sqrt(width))
		);
		const weights = mean.map(() => [0, 0, 0]);
		const biases = [0, 0, 0];
		const sharesOf = (row: readonly number[]) => {
			const powers = biases.map((b, c) => Math.exp(row.reduce((sum, v, i) => sum + v * weights[i]![c]!, b)));
			const all = powers.reduce((a, b) => a + b);
			return powers.map((power) => power / all);
		};
		for (let step = 0; step < 20_000; step++) {
			const off = x.map((row, n) => sharesOf(row).map((share, c) => share - Number(labels[n] === c)));
			for (let c = 0; c < 3; c++) {
				biases[c]! -= off.reduce((sum, of) => sum + of[c]!, 0) / count;
				for (let i = 0; i < width; i++)
					weights[i]![c]! -=
						off.reduce((sum, of, n) => sum + of[c]! * x[n]![i]!, 0) / count + penalty * weights[i]![c]!;
			}
		}
		expect(hasConverged).toBe(true);
		const entropy = x.reduce((sum, row, n) => sum - Math.log(sharesOf(row)[labels[n]!]!) / count, 0);
		const lengths = weights.flat().reduce((sum, w) => sum + w * w, 0);
		expect(loss).toBeCloseTo(entropy + (penalty / 2) * lengths, 9);
		x.forEach((row, n) => {
			const found = probabilities(head, data.subarray(n * width, (n + 1) * width));
			sharesOf(row).forEach((share, c) => expect(found[c]).toBeCloseTo(share, 5));
		});
	});

	it('gives the same head each time', () => {
		const { features, labels } = clouds([20, 20], 30, 2);
		expect(fitHead(features, labels, 2)).toEqual(fitHead(features, labels, 2));
	});

	it('learns classes that are apart although there are fewer pictures than features', () => {
		const { features, labels } = clouds([3, 3, 3], 200, 3, 0.2);
		const { head, hasConverged } = fitHead(features, labels, 3);
		expect(hasConverged).toBe(true);
		labels.forEach((label, n) =>
			expect(maxIndex(probabilities(head, features.data.subarray(n * 200, (n + 1) * 200)))).toBe(label)
		);
	});

	it('leaves features alone that never change', () => {
		const { features, labels } = clouds([5, 5], 4, 4);
		const data = features.data.map((value, at) => (at % 4 === 2 ? 0.1 : value));
		const { kernel } = fitHead({ width: 4, data }, labels, 2).head;
		expect([...kernel.subarray(4, 6)]).toEqual([0, 0]);
		expect([...kernel.subarray(2, 4)]).not.toEqual([0, 0]);
	});

	it('gives shares of classes as frequent as they are where features say nothing', () => {
		const { head } = fitHead({ width: 2, data: new Float32Array(8) }, [0, 0, 0, 1], 2, { tolerance: 1e-9 });
		expect(probabilities(head, new Float32Array(2))[0]).toBeCloseTo(0.75, 6);
	});

	it('refuses features that are no numbers', () => {
		const data = Float32Array.from([1, 2, NaN, 4]);
		expect(() => fitHead({ width: 2, data }, [0, 1], 2)).toThrow(NotLearned);
	});
});

describe('drawExamination', () => {
	const of = (counts: readonly number[]) => counts.flatMap((n, label) => new Array<number>(n).fill(label));

	it('keeps a fifth of each class out where there are enough', () => {
		const labels = of([25, 40]);
		const { way, folds } = drawExamination(labels, 2, 1);
		expect(way).toBe('heldOut');
		expect(folds).toHaveLength(1);
		expect(folds[0]!.filter((i) => labels[i] === 0)).toHaveLength(5);
		expect(folds[0]!.filter((i) => labels[i] === 1)).toHaveLength(8);
	});

	it.each([
		[2, 2],
		[2, 29],
		[24, 24, 24],
		[2, 3, 100]
	])('keeps every picture of %i, %i, … out once, and leaves one of its class to learn from', (...counts) => {
		const labels = of(counts);
		const { way, folds } = drawExamination(labels, counts.length, 7);
		expect(way).toBe('folds');
		expect(folds.flat().sort((a, b) => a - b)).toEqual(labels.map((_, i) => i));
		for (const fold of folds)
			counts.forEach((count, label) =>
				expect(fold.filter((i) => labels[i] === label).length).toBeLessThan(count)
			);
	});

	it('follows the seed', () => {
		const labels = of([50, 50]);
		expect(drawExamination(labels, 2, 3)).toEqual(drawExamination(labels, 2, 3));
		expect(drawExamination(labels, 2, 3)).not.toEqual(drawExamination(labels, 2, 4));
	});
});

describe('examine', () => {
	it('never tells a head what it is asked', () => {
		// Labels by chance: who has seen them gets all right, who has not gets about half.
		const { features } = clouds([48], 80, 5);
		const random = randomNumbers('chance');
		const labels = Array.from({ length: 48 }, (_, i) => i % 2).sort(() => random() - 0.5);
		const { right, tested, confusion } = drain(examine(features, labels, 2, drawExamination(labels, 2, 1)));
		expect(tested).toBe(48);
		expect(right).toBeGreaterThan(12);
		expect(right).toBeLessThan(36);
		expect(confusion.flat().reduce((a, b) => a + b)).toBe(48);
		const rows = confusion.map((row) => row.reduce((a, b) => a + b));
		expect(rows).toEqual([0, 1].map((label) => labels.filter((of) => of === label).length));
	});

	it('says nothing of pictures that were learned from', () => {
		const { features, labels } = clouds([30, 30], 6, 6, 0.1);
		const { answers, right, tested } = drain(examine(features, labels, 2, drawExamination(labels, 2, 1)));
		expect(tested).toBe(12);
		expect(right).toBe(12);
		expect(answers.filter((answer) => answer === null)).toHaveLength(48);
	});
});

describe('accuracyInterval', () => {
	it.each([
		[8, 10],
		[1, 3],
		[96, 100]
	])('ends where %i of %i lies 1.96 deviations off', (right, tested) => {
		for (const share of accuracyInterval(right, tested)) {
			const deviation = Math.sqrt((share * (1 - share)) / tested);
			expect(Math.abs(right / tested - share) / deviation).toBeCloseTo(1.959964, 9);
		}
	});

	it('ends at all right where all were', () => {
		const [low, high] = accuracyInterval(10, 10);
		expect(high).toBeCloseTo(1, 12);
		expect(low).toBeGreaterThan(0.7);
		expect(low).toBeLessThan(0.75);
	});
});

describe('chooseBest', () => {
	const candidate = (id: string, right: number, { tested = 100, bytes = 1 } = {}) => ({
		...{ id, right, tested, bytes }
	});

	const sure = { isTooFew: false, isLittle: false };

	it('takes the most accurate where the others are clearly behind', () => {
		const found = chooseBest([candidate('a', 90), candidate('b', 97), candidate('c', 90)], 1 / 3);
		expect(found).toEqual({ best: ['b'], isEven: true, smallest: 'b', behind: ['a', 'c'], ...sure });
	});

	it('calls those a tie that chance does not tell apart, equal shares always', () => {
		const networks = [candidate('a', 97), candidate('b', 96, { bytes: 0.5 }), candidate('c', 80)];
		const found = chooseBest(networks, 1 / 3);
		expect(found).toEqual({ best: ['a', 'b'], isEven: false, smallest: 'b', behind: ['c'], ...sure });
		expect(chooseBest([candidate('a', 97), candidate('b', 97), candidate('c', 80)], 1 / 3)?.isEven).toBe(
			true
		);
		fc.assert(
			fc.property(fc.array(fc.nat(100), { minLength: 1, maxLength: 5 }), (rights) => {
				const { best } = chooseBest(
					rights.map((right, id) => ({ ...candidate('', right), id })),
					1 / 3
				)!;
				for (const of of best)
					rights.forEach((right, id) => expect(right < rights[of]! || best.includes(id)).toBe(true));
			})
		);
	});

	it('ties whoever is within the interval that is stated of the most accurate, and nobody else', () => {
		const of = (rights: readonly number[]) =>
			chooseBest(
				rights.map((right) => candidate(String(right), right, { tested: 45 })),
				1 / 3
			)!;
		const [low] = accuracyInterval(44, 45);
		expect([40 / 45 > low, 39 / 45 < low]).toEqual([true, true]);
		expect(of([44, 43, 42, 40, 39])).toMatchObject({ best: ['44', '43', '42', '40'], behind: ['39'] });
	});

	it('says where the best of all is wrong more often than right: better than who guesses among ten, and little', () => {
		const of = (right: number) => chooseBest([candidate('a', right, { tested: 30 })], 1 / 10)!;
		expect([of(9), of(15)].map(({ best, isLittle }) => [best, isLittle])).toEqual([
			[['a'], true],
			[['a'], false]
		]);
		expect(of(1)).toMatchObject({ best: [], isLittle: false });
	});

	it('ties nothing that is wrong half the time', () => {
		const tested = 10;
		const { best } = chooseBest([candidate('a', 9, { tested }), candidate('b', 5, { tested })], 1 / 2)!;
		expect(best).toEqual(['a']);
	});

	it('names none where so few pictures do not tell from guessing, and says whether more could', () => {
		const tested = 9;
		const found = chooseBest([candidate('a', 5, { tested }), candidate('b', 3, { tested })], 1 / 3);
		expect(found).toEqual({
			best: [],
			isEven: true,
			smallest: null,
			behind: [],
			isTooFew: true,
			isLittle: false
		});
		expect(chooseBest([candidate('a', 8, { tested })], 1 / 3)!.best).toEqual(['a']);
		// All right, of so few.
		expect(chooseBest([candidate('a', 5, { tested: 5 })], 3 / 5)!.isTooFew).toBe(true);
		expect(chooseBest([candidate('a', 40)], 1 / 2)!.isTooFew).toBe(false);
	});

	it('takes always naming the largest class for guessing', () => {
		const confusion = [
			[30, 0],
			[3, 0]
		];
		const candidates = [candidate('a', 30, { tested: 33 }), candidate('b', 29, { tested: 33 })];
		expect(guessedShare(confusion)).toBeCloseTo(30 / 33);
		expect(chooseBest(candidates, guessedShare(confusion))).toMatchObject({ best: [], isTooFew: false });
	});

	it('has nothing to say of nothing', () => {
		expect(chooseBest([], 1 / 2)).toBeNull();
	});
});
