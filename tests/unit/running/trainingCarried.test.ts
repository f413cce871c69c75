import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { packed, taken } from '$lib/running/training/carried';
import { putDown } from '$lib/stored/carried';
import { emptyCurve, extendCurve } from '$lib/viz/figures/training/curves';
import { stubCaches } from '../caches';
import { stubStorage } from '../storage';

beforeEach(() => void stubStorage('sessionStorage'));
afterEach(() => void vi.unstubAllGlobals());

const steps = [
	{ loss: 0.1 + 0.2, accuracy: 1 / 3 },
	{ loss: Math.LN2, accuracy: 0.5, isSame: true }
];
const come = {
	plan: '{}',
	step: 2,
	curves: [extendCurve(emptyCurve, steps), extendCurve(emptyCurve, [steps[0]!, null])],
	pulls: [[{ way: 0.3, gradient: 1e-9 }], [{ way: NaN, gradient: Infinity }]],
	standing: {
		step: 2,
		lanes: [
			{ values: Float64Array.of(1 / 3, -0), hasFailed: false },
			{ values: Float64Array.of(NaN), hasFailed: true }
		]
	},
	guesses: { group: 'fails' },
	looking: { lane: 'group', picture: 3 }
} as const;

it('packs trainings, and takes them up as they were, on the way back as well', async () => {
	stubCaches();
	await putDown('training', packed([come, { ...come, standing: null, looking: null }]));
	const [first, second] = await taken();
	expect(first).toEqual({
		...come,
		pulls: [come.pulls[0], [{ way: NaN, gradient: NaN }]]
	});
	expect([second!.standing, second!.looking, second!.curves]).toEqual([null, null, come.curves]);
	expect(await taken()).toHaveLength(2);
});

it('takes up nothing that it cannot read', async () => {
	stubCaches();
	const [{ files, about }] = packed([come]) as [ReturnType<typeof packed>[number]];
	await putDown('training', [
		{ files, about: { plan: 1 } },
		{ files: [files[0]!.slice(8)], about },
		{ files: [], about }
	]);
	expect(await taken()).toEqual([]);
});
