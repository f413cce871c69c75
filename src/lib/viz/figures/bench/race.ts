import type { Shape } from '$lib/ops';
import { planBench } from './problems';
import type { BenchSpec, StageId } from './spec';

/** A layer that a runner goes through: its output fills up a value every `taps` multiplications. */
export interface Leg {
	readonly id: StageId;
	readonly output: Shape;
	readonly taps: number;
	readonly macs: number;
}

/** One way from the input to the output. */
export interface Runner {
	readonly id: 'standard' | 'separable';
	readonly legs: readonly Leg[];
	readonly macs: number;
}

/** A standard and a depthwise separable convolution from the same input to the same output, one multiplication a tick. */
export interface Race {
	readonly runners: readonly [Runner, Runner];
	/** Multiplications of the slower one. */
	readonly ticks: number;
	/** Who has fewer multiplications to do; `null` where both have as many. */
	readonly first: Runner['id'] | null;
}

/** Where a runner is after some ticks. */
export interface Standing {
	readonly macs: number;
	/** Finished output values of each leg. */
	readonly finished: readonly number[];
	/** The leg that is being run; the last, when all is done. */
	readonly leg: number;
	readonly isDone: boolean;
}

/** The race between the two convolutions of these shapes; groups, which neither has, are left out. `null` where the spec has problems. */
export function raceOf(spec: BenchSpec): Race | null {
	const standard = runner('standard', spec);
	const separable = runner('separable', spec);
	if (!standard || !separable) return null;
	const first =
		standard.macs === separable.macs ? null : standard.macs < separable.macs ? 'standard' : 'separable';
	return { runners: [standard, separable], ticks: Math.max(standard.macs, separable.macs), first };
}

function runner(id: Runner['id'], spec: BenchSpec): Runner | null {
	const plan = planBench({ ...spec, op: id, groups: 1 });
	if (!plan.ok) return null;
	const legs = plan.stages.flatMap(({ id, layer, outputShape }): Leg[] => {
		if (layer.kind !== 'conv2d') return [];
		const { taps } = layer.geometry;
		return [{ id, output: outputShape, taps, macs: outputShape[0] * outputShape[1] * outputShape[2] * taps }];
	});
	return { id, legs, macs: legs.reduce((sum, { macs }) => sum + macs, 0) };
}

/** Where a runner is after `ticks` multiplications. */
export function standingAt(runner: Runner, ticks: number): Standing {
	const macs = Math.min(ticks, runner.macs);
	let rest = macs;
	let leg = 0;
	const finished = runner.legs.map(({ taps, macs }, n) => {
		const done = Math.min(rest, macs);
		rest -= done;
		if (done > 0) leg = n;
		return Math.floor(done / taps);
	});
	return { macs, finished, leg, isDone: macs === runner.macs };
}
