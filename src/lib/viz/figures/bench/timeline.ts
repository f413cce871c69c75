import type { Cell, Granularity, Step } from '$lib/ops/types';
import type { Resolved } from './resolve';
import { type Move, moves, type Stage } from './stage';

/** Where on the timeline a step is: the stage, and the step within it. */
export interface Position {
	readonly stage: number;
	readonly local: number;
}

type Stages = Pick<Resolved, 'stages'>;

/** What a step of the timeline is: one of arithmetic, or a move of a shuffle. */
export type CurrentStep =
	| { readonly kind: 'arithmetic'; readonly stage: number; readonly local: number; readonly step: Step }
	| { readonly kind: 'move'; readonly stage: number; readonly local: number; readonly move: Move };

/** What happens at step `n`. */
export function currentAt(bench: Stages, n: number, granularity: Granularity): CurrentStep {
	const { stage, local } = positionOf(bench, n, granularity);
	const { layer, step } = bench.stages[stage]!;
	return layer.kind === 'channelShuffle'
		? { kind: 'move', stage, local, move: moves[local]! }
		: { kind: 'arithmetic', stage, local, step: step(local, granularity) };
}

/** The output value that a step works on, with all that it reads; `null` while channels move. */
export function wholeOf({ stages }: Stages, current: CurrentStep): Step | null {
	if (current.kind === 'move') return null;
	const { step } = current;
	if (step.granularity === 'value') return step;
	const stage = stages[current.stage]!;
	return stage.step(stage.stepOf(step.output, 'value'), 'value');
}

/** Steps over all stages. */
export function stepCount({ stages }: Stages, granularity: Granularity): number {
	return stages.reduce((sum, stage) => sum + stage.stepCount(granularity), 0);
}

/** The stage and local step of step `n`; beyond the last, the last. */
export function positionOf({ stages }: Stages, n: number, granularity: Granularity): Position {
	let local = Math.max(0, n);
	for (const [index, stage] of stages.entries()) {
		const count = stage.stepCount(granularity);
		if (local < count) return { stage: index, local };
		local -= count;
	}
	const last = stages.length - 1;
	return { stage: last, local: (stages[last]?.stepCount(granularity) ?? 1) - 1 };
}

/** The step of a place; the inverse of {@link placeOf}. */
export function stepAt({ stages }: Stages, { stage, local }: Position, granularity: Granularity): number {
	return stages.slice(0, stage).reduce((sum, { stepCount }) => sum + stepCount(granularity), local);
}

/** The step that finishes an output value of a stage. */
export function stepFinishing(bench: Stages, stage: number, output: Cell, granularity: Granularity): number {
	return stepAt(bench, { stage, local: lastStepOf(bench.stages[stage]!, output, granularity) }, granularity);
}

/** The output value that a place works on; of a shuffle's moves, the first. */
export function outputOf(stage: Stage, local: number, granularity: Granularity): Cell {
	return stage.step(stage.layer.kind === 'channelShuffle' ? 0 : local, granularity).output;
}

/** The same moment at the other grain: the step of the same output value, its first at `multiply`. */
export function withGranularity(bench: Stages, n: number, from: Granularity, to: Granularity): number {
	if (from === to) return n;
	const position = positionOf(bench, n, from);
	const stage = bench.stages[position.stage]!;
	const local =
		stage.layer.kind === 'channelShuffle'
			? position.local
			: stage.stepOf(outputOf(stage, position.local, from), to);
	return stepAt(bench, { stage: position.stage, local }, to);
}

function lastStepOf(stage: Stage, output: Cell, granularity: Granularity): number {
	const first = stage.stepOf(output, granularity);
	return granularity === 'value' || stage.layer.kind === 'channelShuffle'
		? first
		: first + Math.max(1, stage.step(first, granularity).taps) - 1;
}
