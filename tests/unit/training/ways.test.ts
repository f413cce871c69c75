import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveGraph } from '$lib/nets';
import { presets, readBlock, type BlockSpec } from '$lib/nets/blocks';
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

	it('knows in which layer all that is asked for is first read at once, by something that is not linear', () => {
		const layerOf = (way: Way) => verdictOf(netOf(way), together).layer;
		expect(ways.map(layerOf)).toEqual([1, null, null, 1, 1, null, 2]);
		// The depthwise step comes after the ReLU: what it adds up, the average adds up anyway, until a layer reads it.
		const verdict = (depth: number) =>
			verdictOf(resolveGraph(trainingGraph(readBlock('1.pw.relu.dw3'), { ...backbone, depth })), together);
		expect(verdict(1)).toMatchObject({ meet: true, seesSpace: false, layer: null, can: false });
		expect(verdict(2)).toMatchObject({ meet: true, seesSpace: true, layer: 2, can: true });
	});

	it('tells what has no ReLU, and what comes together behind the last, from what is never brought together', () => {
		const toldOf = (own: string, id: Task['id'], depth = 3) => {
			const { isLinear, isLate, can } = verdictOf(
				resolveGraph(trainingGraph(readBlock(own), { ...backbone, depth })),
				{ ...together, id }
			);
			return { isLinear, isLate, can };
		};
		for (const id of tasks) {
			expect(toldOf('1.dw3.bn', id)).toMatchObject({ isLinear: true, can: false });
			expect(toldOf('1.dw3.bn.relu.pw.bn.relu', id)).toEqual({ isLinear: false, isLate: false, can: true });
			for (const way of ways)
				expect(verdictOf(netOf(way), { ...together, id })).toMatchObject({ isLinear: false, isLate: false });
		}
		const late = { isLinear: false, isLate: true, can: false };
		expect(toldOf('1.pw.relu.dw3', 'together', 1)).toEqual(late);
		expect(toldOf('1.pw.relu.dw3', 'space', 1)).toEqual(late);
		expect(toldOf('1.dw3.relu.pw', 'colour', 1)).toEqual(late);
		// Pixel by pixel and apart to the end: the sum at the end brings nothing together.
		expect(toldOf('1.gc1g4.relu', 'colour')).toEqual({ isLinear: false, isLate: false, can: false });
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
	function stepsTo99(trainer: Trainer, most: number): number | null {
		const accuracies: number[] = [];
		while (trainer.step < most) {
			accuracies.push(trainer.train().accuracy);
			if (accuracies.length >= 10 && mean(accuracies.slice(-10)) >= 0.99) return trainer.step;
		}
		return null;
	}

	/** Whether a network stays where it can only guess, on fresh pictures: of 3,200, by four deviations of what a picture adds. */
	function guesses(trainer: Trainer): boolean {
		const judged = Array.from({ length: 50 }, () => trainer.train());
		return (
			mean(judged.map(({ loss }) => loss)) > Math.LN2 - 0.015 &&
			mean(judged.map(({ accuracy }) => accuracy)) < 0.75
		);
	}

	describe.each(tasks)('of %s', (id) => {
		it.each(ways)('comes out for %s as was said before a step was taken', (way) => {
			const task = { ...together, id };
			const trainer = new Trainer(trainingGraph(way, backbone), task, recipe);
			if (verdictOf(netOf(way), task).can) expect(stepsTo99(trainer, 250)).not.toBeNull();
			else expect(guesses(trainer)).toBe(true);
		});
	});

	it('learns nothing by a depthwise step that nothing reads but the average', () => {
		const block: BlockSpec = readBlock('1.pw.relu.dw3');
		const graph = trainingGraph(block, { ...backbone, depth: 1 });
		expect(guesses(new Trainer(graph, together, recipe))).toBe(true);
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
