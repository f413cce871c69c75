import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixesOf } from '$lib/viz/figures/bench/fixes';
import { planBench } from '$lib/viz/figures/bench/problems';
import { moveEdits, resolveBench } from '$lib/viz/figures/bench/resolve';
import { benchOps, type BenchSpec, defaults } from '$lib/viz/figures/bench/spec';
import {
	positionOf,
	withGranularity,
	stepAt,
	stepCount,
	stepFinishing
} from '$lib/viz/figures/bench/timeline';
import { specs } from './specs';

const shapesOf = (spec: BenchSpec) => {
	const resolution = resolveBench(spec);
	if (!resolution.ok) throw new Error(JSON.stringify(resolution.problems));
	const { input, stages } = resolution.bench;
	return [input.shape, ...stages.map(({ output }) => output.shape)];
};

describe('defaults', () => {
	test('standard: 5×5×2 through three 3×3 filters is 3×3×3', () => {
		expect(shapesOf(defaults('standard'))).toEqual([
			[5, 5, 2],
			[3, 3, 3]
		]);
	});
	test('separable: depthwise keeps the two channels, pointwise makes three', () => {
		expect(shapesOf(defaults('separable'))).toEqual([
			[5, 5, 2],
			[3, 3, 2],
			[3, 3, 3]
		]);
	});
	test('shuffle: two group convolutions with a shuffle between, and without', () => {
		expect(shapesOf(defaults('shuffle'))).toHaveLength(4);
		expect(shapesOf({ ...defaults('shuffle'), shuffle: false })).toHaveLength(3);
	});
	test.each(benchOps)('%s resolves', (op) => {
		expect(resolveBench(defaults(op)).ok).toBe(true);
	});
});

describe('planBench(spec)', () => {
	test('any spec resolves, or has problems whose every fix makes it resolve', () => {
		fc.assert(
			fc.property(specs, (spec) => {
				const plan = planBench(spec);
				if (plan.ok) return;
				expect(plan.problems.length).toBeGreaterThan(0);
				for (const problem of plan.problems) {
					const fixes = fixesOf(spec, problem);
					expect(fixes.length).toBeGreaterThan(0);
					for (const fix of fixes) expect(planBench({ ...spec, ...fix })).toMatchObject({ ok: true });
				}
			}),
			{ numRuns: 400 }
		);
	});
	test('3 groups of 4 channels: says which numbers divide, nearest first', () => {
		const plan = planBench({ ...defaults('group'), groups: 3 });
		expect(plan).toMatchObject({
			ok: false,
			problems: [{ field: 'groups', code: 'groups', params: { of: 'inChannels', total: 4 } }]
		});
		expect(
			plan.ok ? [] : fixesOf({ ...defaults('group'), groups: 3 }, plan.problems[0]!).slice(0, 2)
		).toEqual([{ groups: 2 }, { groups: 4 }]);
	});
	test.each([
		['height', NaN],
		['height', 0],
		['height', 13],
		['stride', 1.5]
	] as const)('%s = %d is out of range, and the nearest in range is offered', (field, value) => {
		const plan = planBench({ ...defaults('standard'), [field]: value });
		expect(plan).toMatchObject({ ok: false, problems: [{ field, code: 'range' }] });
	});
	test('a kernel larger than the input offers a smaller kernel first', () => {
		const spec = { ...defaults('standard'), kernelHeight: 7 };
		const plan = planBench(spec);
		expect(plan).toMatchObject({ ok: false, problems: [{ field: 'kernelHeight', code: 'kernelTooLarge' }] });
		expect(plan.ok ? null : fixesOf(spec, plan.problems[0]!)[0]).toEqual({ kernelHeight: 5 });
	});
});

describe('moveEdits(edits, from, to)', () => {
	test('a cell keeps its value where the shape grows, and loses it where the shape shrinks', () => {
		// Cell [1, 2] of channel 1 of 3×3×2, in 4×5×2 and in 2×2×2.
		expect(moveEdits({ 11: 7 }, [3, 3, 2], [4, 5, 2])).toEqual({ 15: 7 });
		expect(moveEdits({ 11: 7 }, [3, 3, 2], [2, 2, 2])).toEqual({});
	});
});

describe('the timeline', () => {
	const benches = specs
		.map((spec) => resolveBench(spec))
		.filter((resolution) => resolution.ok)
		.map(({ bench }) => bench);
	const granularities = fc.constantFrom('value' as const, 'multiply' as const);

	test('step and place are each other’s inverse over all stages', () => {
		fc.assert(
			fc.property(benches, granularities, fc.nat(), (bench, granularity, any) => {
				const n = any % stepCount(bench, granularity);
				const position = positionOf(bench, n, granularity);
				expect(position.local).toBeLessThan(bench.stages[position.stage]!.stepCount(granularity));
				expect(stepAt(bench, position, granularity)).toBe(n);
			})
		);
	});
	test('the step that finishes an output value writes it', () => {
		fc.assert(
			fc.property(benches, granularities, fc.nat(), (bench, granularity, any) => {
				const position = positionOf(bench, any % stepCount(bench, granularity), granularity);
				const stage = bench.stages[position.stage]!;
				if (stage.layer.kind === 'channelShuffle') return;
				const { output } = stage.step(position.local, granularity);
				const end = positionOf(bench, stepFinishing(bench, position.stage, output, granularity), granularity);
				const step = stage.step(end.local, granularity);
				expect(step.output).toEqual(output);
				const [, width, channels] = stage.output.shape;
				const value = stage.output.data[(output.y * width + output.x) * channels + output.channel]!;
				expect(step.writes).toBeCloseTo(value, 9);
			})
		);
	});
	test('the other grain stands at the same output value', () => {
		fc.assert(
			fc.property(benches, fc.nat(), (bench, any) => {
				const n = any % stepCount(bench, 'value');
				expect(
					withGranularity(bench, withGranularity(bench, n, 'value', 'multiply'), 'multiply', 'value')
				).toBe(n);
			})
		);
	});
});
