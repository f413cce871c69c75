import type { Cell, Grain } from '$lib/ops/types';
import type { Resolved } from './resolve';
import type { Stage } from './stage';

/** Where on the timeline a step is: the stage, and the step within it. */
export interface Place {
	readonly stage: number;
	readonly local: number;
}

type Stages = Pick<Resolved, 'stages'>;

/** Steps over all stages. */
export function stepCount({ stages }: Stages, grain: Grain): number {
	return stages.reduce((sum, stage) => sum + stage.stepCount(grain), 0);
}

/** The stage and local step of step `n`; beyond the last, the last. */
export function placeOf({ stages }: Stages, n: number, grain: Grain): Place {
	let local = Math.max(0, n);
	for (const [index, stage] of stages.entries()) {
		const count = stage.stepCount(grain);
		if (local < count) return { stage: index, local };
		local -= count;
	}
	const last = stages.length - 1;
	return { stage: last, local: (stages[last]?.stepCount(grain) ?? 1) - 1 };
}

/** The step of a place; the inverse of {@link placeOf}. */
export function stepAt({ stages }: Stages, { stage, local }: Place, grain: Grain): number {
	return stages.slice(0, stage).reduce((sum, { stepCount }) => sum + stepCount(grain), local);
}

/** The step that finishes an output value of a stage. */
export function stepFinishing(bench: Stages, stage: number, output: Cell, grain: Grain): number {
	return stepAt(bench, { stage, local: lastStepOf(bench.stages[stage]!, output, grain) }, grain);
}

/** The output value that a place works on; of a shuffle's moves, the first. */
export function outputOf(stage: Stage, local: number, grain: Grain): Cell {
	return stage.step(stage.layer.kind === 'channelShuffle' ? 0 : local, grain).output;
}

/** The same moment at the other grain: the step of the same output value, its first at `multiply`. */
export function regrained(bench: Stages, n: number, from: Grain, to: Grain): number {
	if (from === to) return n;
	const place = placeOf(bench, n, from);
	const stage = bench.stages[place.stage]!;
	const local =
		stage.layer.kind === 'channelShuffle'
			? place.local
			: stage.stepOf(outputOf(stage, place.local, from), to);
	return stepAt(bench, { stage: place.stage, local }, to);
}

function lastStepOf(stage: Stage, output: Cell, grain: Grain): number {
	const first = stage.stepOf(output, grain);
	return grain === 'value' || stage.layer.kind === 'channelShuffle'
		? first
		: first + Math.max(1, stage.step(first, grain).taps) - 1;
}
