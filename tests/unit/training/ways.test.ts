import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveGraph } from '$lib/nets';
import { presets } from '$lib/nets/blocks';
import { Program } from '$lib/training/program';
import { drawPictures, pictureSize, tasks, type Task } from '$lib/training/task';
import { Trainer, type Recipe } from '$lib/training/trainer';
import { verdictOf } from '$lib/training/verdict';
import { trainingGraph, ways, type Backbone, type Way } from '$lib/training/ways';

const backbone: Backbone = { channels: 4, width: 8, depth: 3, groups: 2, norm: true };
const recipe: Recipe = { rate: 0.1, momentum: 0.9, batch: 64, init: 'he', seed: 1 };
const together: Task = { id: 'together', channels: 4, a: 0, b: 2, noise: 0.3 };
const netOf = (way: Way, of: Partial<Backbone> = {}) =>
	resolveGraph(trainingGraph(way, { ...backbone, ...of }));
const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;

describe('verdictOf(net, task)', () => {
	it('knows who can learn what before a step is taken', () => {
		const able = (id: Task['id'], b = 2) => ways.filter((way) => verdictOf(netOf(way), { id, a: 0, b }).can);
		expect(able('together')).toEqual(['standard', 'separable', 'pointwiseFirst', 'groupShuffle']);
		expect(able('together', 1)).toEqual(['standard', 'separable', 'pointwiseFirst', 'group', 'groupShuffle']);
		expect(able('space')).toEqual(ways.filter((way) => way !== 'pointwise'));
		expect(able('colour')).toEqual(['standard', 'pointwise', 'separable', 'pointwiseFirst', 'groupShuffle']);
	});

	it('needs two layers for a shuffle to bring channels together', () => {
		expect(verdictOf(netOf('groupShuffle', { depth: 1 }), together).meet).toBe(false);
		expect(verdictOf(netOf('groupShuffle', { depth: 2 }), together).meet).toBe(true);
	});
});

describe('trainingGraph(way, backbone)', () => {
	it('gives every way a network whose output is a part of a plus a part of b exactly where they never meet', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...ways),
				fc.integer({ min: 1, max: 3 }),
				fc.integer(),
				(way, depth, seed) => {
					const net = netOf(way, { depth });
					const { program } = new Trainer(net.graph, together, { ...recipe, batch: 4, seed });
					// The four pictures of two values of a and two of b.
					const { values } = drawPictures(together, `${seed}`, 2);
					const plane = pictureSize * pictureSize;
					const pictures = new Float64Array(4 * plane * 4);
					for (let n = 0; n < 4; n++) {
						for (let i = 0; i < plane * 4; i++) {
							const from = i % 4 === 0 ? n >> 1 : i % 4 === 2 ? n & 1 : 0;
							pictures[n * plane * 4 + i] = values[from * plane * 4 + i]!;
						}
					}
					const [f00, f01, f10, f11] = program.forward(pictures, { isTraining: false });
					const rest = Math.abs(f00! - f01! - f10! + f11!);
					if (verdictOf(net, together).meet) expect(rest).toBeGreaterThan(1e-9);
					else expect(rest).toBeLessThan(1e-12 * (1 + Math.abs(f00!)));
				}
			)
		);
	});

	it('trains blocks of the editor', () => {
		for (const { spec } of Object.values(presets)) {
			const graph = trainingGraph(spec, { ...backbone, channels: 24, width: 24, depth: 2 });
			expect(() => new Program(resolveGraph(graph), 1)).not.toThrow();
		}
	});
});

describe('trainer.train()', () => {
	/** Steps until the mean accuracy of ten has reached 99 %; `null` where it does not within `most`. */
	function stepsTo99(way: Way, task: Task, most: number): number | null {
		const trainer = new Trainer(trainingGraph(way, backbone), task, recipe);
		const accuracies: number[] = [];
		while (trainer.step < most) {
			accuracies.push(trainer.train().accuracy);
			if (accuracies.length >= 10 && mean(accuracies.slice(-10)) >= 0.99) return trainer.step;
		}
		return null;
	}

	it('has the ways in which a and b meet reach 99 %', () => {
		expect(stepsTo99('standard', together, 100)).not.toBeNull();
		expect(stepsTo99('groupShuffle', together, 150)).not.toBeNull();
		expect(stepsTo99('pointwiseFirst', together, 150)).not.toBeNull();
		expect(stepsTo99('separable', together, 250)).not.toBeNull();
	});

	it('leaves those in which they do not, or that see no space, at the loss of a coin, on fresh pictures', () => {
		for (const way of ['depthwise', 'group', 'pointwise'] as const) {
			const trainer = new Trainer(trainingGraph(way, backbone), together, recipe);
			const judged = Array.from({ length: 100 }, () => trainer.train());
			// Of 6,400 pictures, by four deviations of what a picture adds.
			expect(mean(judged.map(({ loss }) => loss))).toBeGreaterThan(Math.LN2 - 0.01);
			expect(mean(judged.map(({ accuracy }) => accuracy))).toBeLessThan(0.75);
		}
	});

	it('has depthwise learn what lies in space, and pointwise what lies in colour', () => {
		expect(stepsTo99('depthwise', { ...together, id: 'space' }, 60)).not.toBeNull();
		expect(stepsTo99('pointwise', { ...together, id: 'colour' }, 100)).not.toBeNull();
	});

	it('gives the same curve for the same seed', () => {
		const curve = (seed: number) => {
			const trainer = new Trainer(trainingGraph('separable', backbone), together, { ...recipe, seed });
			return Array.from({ length: 5 }, () => trainer.train().loss);
		};
		expect(curve(3)).toEqual(curve(3));
		expect(curve(3)).not.toEqual(curve(4));
	});

	it('learns nothing from weights that are all zero, in any task', () => {
		for (const id of tasks) {
			const trainer = new Trainer(
				trainingGraph('standard', backbone),
				{ ...together, id },
				{ ...recipe, init: 'zero' }
			);
			for (let i = 0; i < 5; i++) trainer.train();
			expect(trainer.program.parameter('layer1/conv', 'kernel').values.every((value) => value === 0)).toBe(
				true
			);
		}
	});
});
