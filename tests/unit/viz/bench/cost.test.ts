import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Granularity } from '$lib/ops';
import { costBench, macCounter } from '$lib/viz/figures/bench/cost';
import { resolveBench } from '$lib/viz/figures/bench/resolve';
import { benchOps, type BenchSpec, defaults } from '$lib/viz/figures/bench/spec';
import { fittingSpecs } from './fitting';

function stagesOf(spec: BenchSpec) {
	const resolved = resolveBench(spec);
	if (!resolved.ok) throw new Error('the test asks for a bench that does not resolve');
	return resolved.bench.stages;
}

describe('costBench(stages)', () => {
	it('separable, 5×5×2 to 3×3×3: 4/9 of the standard convolution', () => {
		expect(costBench(stagesOf(defaults('separable')))).toEqual({
			layers: [
				{
					id: 'depthwise',
					params: 18 + 2,
					macs: 162,
					factors: { places: 'output', positions: [3, 3], kernelSize: [3, 3], channelsRead: 1, filters: 2 },
					cropped: 0
				},
				{
					id: 'pointwise',
					params: 6 + 3,
					macs: 54,
					factors: { places: 'output', positions: [3, 3], kernelSize: [1, 1], channelsRead: 2, filters: 3 },
					cropped: 0
				}
			],
			weights: 24,
			biases: 5,
			macs: 216,
			otherOps: 18 + 27,
			standard: {
				macs: 486,
				ratio: { numerator: 4, denominator: 9 },
				saving: { kind: 'separable', outChannels: 3, kernelSize: [3, 3] }
			}
		});
	});

	it('standard: all of itself', () => {
		const { macs, standard } = costBench(stagesOf(defaults('standard')));
		expect(macs).toBe(486);
		expect(standard).toMatchObject({ macs: 486, ratio: { numerator: 1, denominator: 1 } });
	});

	it('depthwise: one of as many groups as channels', () => {
		expect(costBench(stagesOf(defaults('depthwise'))).standard).toMatchObject({
			ratio: { numerator: 1, denominator: 3 },
			saving: { kind: 'groups', groups: 3 }
		});
	});

	it('shuffle: costs nothing, and each of the two convolutions a part', () => {
		const { layers, macs, standard } = costBench(stagesOf(defaults('shuffle')));
		expect(layers.map(({ id }) => id)).toEqual(['first', 'second']);
		expect(macs).toBe(2 * 4 * 3 * 6);
		expect(standard).toMatchObject({ macs: 2 * 4 * 6 * 6, saving: { kind: 'groups', groups: 2 } });
	});

	it('pooling: no MACs, and nothing to compare with', () => {
		const cost = costBench(stagesOf(defaults('pooling')));
		expect(cost).toMatchObject({ layers: [], macs: 0, weights: 0, biases: 0, standard: null });
		expect(cost.otherOps).toBeGreaterThan(0);
	});

	it('the factors of each layer give its MACs', () => {
		fc.assert(
			fc.property(fittingSpecs(), (spec) => {
				for (const { macs, factors, cropped } of costBench(stagesOf(spec)).layers) {
					if (!factors) continue;
					const { positions, kernelSize, channelsRead, filters } = factors;
					const product = [...positions, ...kernelSize, channelsRead, filters].reduce((a, b) => a * b);
					expect(product - cropped).toBe(macs);
				}
			})
		);
	});

	it('the ratio is 1/N + 1/k² or 1/g, for whatever shapes', () => {
		fc.assert(
			fc.property(
				fittingSpecs(['standard', 'group', 'depthwise', 'separable', 'transposed', 'shuffle']),
				(spec) => {
					const { standard } = costBench(stagesOf(spec));
					// A transposed convolution can be cropped down to where no product lands.
					if (!standard) return;
					const { ratio, saving } = standard;
					const expected =
						saving.kind === 'groups'
							? 1 / saving.groups
							: 1 / saving.outChannels + 1 / (saving.kernelSize[0] * saving.kernelSize[1]);
					expect(ratio.numerator / ratio.denominator).toBeCloseTo(expected, 12);
				}
			)
		);
	});

	it('standard: as much as the bench with one group really costs', () => {
		fc.assert(
			fc.property(fittingSpecs(['group', 'transposed']), (spec) => {
				const { standard } = costBench(stagesOf(spec));
				expect(standard?.macs ?? 0).toBe(costBench(stagesOf({ ...spec, groups: 1 })).macs);
			})
		);
		fc.assert(
			fc.property(fittingSpecs(['separable']), (spec) => {
				const { standard } = costBench(stagesOf(spec));
				expect(standard!.macs).toBe(costBench(stagesOf({ ...spec, op: 'standard' })).macs);
			})
		);
	});
});

describe('macCounter(stages)(place, grain)', () => {
	it.each(benchOps.flatMap((op) => [[op, 'value'] as const, [op, 'multiply'] as const]))(
		'%s at grain %s: counts each product once, and all of them at the end',
		(op, granularity: Granularity) => {
			fc.assert(
				fc.property(fittingSpecs([op], 5), (spec) => {
					const stages = stagesOf(spec);
					const count = macCounter(stages);
					let done = 0;
					stages.forEach((stage, index) => {
						const countsMacs = stage.cost.macs > 0;
						for (let local = 0; local < stage.stepCount(granularity); local++) {
							if (countsMacs) done += stage.step(local, granularity).terms.length;
							expect(count({ stage: index, local }, granularity)).toBe(done);
						}
					});
					expect(done).toBe(costBench(stages).macs);
				}),
				{ numRuns: 40 }
			);
		}
	);
});
