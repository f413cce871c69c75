import type { BlockSpec, Branches, Step, StepPath } from './spec';

/** The step at a path; `null` where there is none. */
export function stepAt(spec: BlockSpec, path: StepPath): Step | null {
	const [first, lane, ...rest] = path;
	const step = spec[first ?? -1];
	if (!step) return null;
	if (lane === undefined) return step;
	const inner = step.op === 'branches' ? step.lanes[lane] : undefined;
	return inner ? stepAt(inner, rest) : null;
}

/** The steps among which a path's step stands. */
export function stepsAround(spec: BlockSpec, path: StepPath): BlockSpec {
	if (path.length <= 1) return spec;
	const step = spec[path[0]!];
	return step?.op === 'branches' ? stepsAround(step.lanes[path[1]!] ?? [], path.slice(2)) : [];
}

/** The block with a step put in at a path: what stood there comes after it. */
export function insertStep(spec: BlockSpec, path: StepPath, step: Step): BlockSpec {
	return around(spec, path, (steps, at) => steps.toSpliced(at, 0, step));
}

export function removeStep(spec: BlockSpec, path: StepPath): BlockSpec {
	return around(spec, path, (steps, at) => steps.toSpliced(at, 1));
}

export function replaceStep(spec: BlockSpec, path: StepPath, step: Step): BlockSpec {
	return around(spec, path, (steps, at) => steps.with(at, step));
}

/** A block after a step has been moved, and where that step is now. */
export interface Moved {
	readonly spec: BlockSpec;
	readonly path: StepPath;
}

/** Takes a step from one place to before what stands at another; `null` where that is inside of itself, or changes nothing. */
export function moveStep(spec: BlockSpec, from: StepPath, to: StepPath): Moved | null {
	const step = stepAt(spec, from);
	const isInside = from.every((part, i) => to[i] === part) && to.length > from.length;
	if (!step || isInside) return null;
	const depth = from.length - 1;
	const at = from[depth]!;
	const sameSteps = to.length > depth && from.slice(0, depth).every((part, i) => to[i] === part);
	// What follows moves up by one when the step is taken out.
	const path = sameSteps && to[depth]! > at ? to.with(depth, to[depth]! - 1) : to;
	if (path.length === from.length && path.every((part, i) => part === from[i])) return null;
	return { spec: insertStep(removeStep(spec, from), path, step), path };
}

export type Direction = 'up' | 'down' | 'left' | 'right';

/**
 * Where a step goes by an arrow: up and down among its neighbours, and at their end out of its lane; left and right to the
 * lane beside, or into the branches that stand before or after it. `null` where there is nothing.
 */
export function moveTarget(spec: BlockSpec, path: StepPath, direction: Direction): StepPath | null {
	const steps = stepsAround(spec, path);
	const outer = path.slice(0, -1);
	const at = path.at(-1)!;
	const isInLane = outer.length > 0;
	if (direction === 'up') {
		if (at > 0) return [...outer, at - 1];
		return isInLane ? outer.slice(0, -1) : null;
	}
	if (direction === 'down') {
		// Before the one after the next, which is after the next.
		if (at < steps.length - 1) return [...outer, at + 2];
		return isInLane ? outer.slice(0, -1).with(-1, outer.at(-2)! + 1) : null;
	}
	const by = direction === 'right' ? 1 : -1;
	if (isInLane) {
		const lane = outer.at(-1)! + by;
		const lanes = (stepAt(spec, outer.slice(0, -1)) as Branches).lanes;
		const beside = lanes[lane];
		if (beside) return [...outer.with(-1, lane), Math.min(at, beside.length)];
	}
	const next = steps[at + by];
	if (next?.op !== 'branches') return null;
	return direction === 'right'
		? [...outer, at + 1, 0, 0]
		: [...outer, at - 1, next.lanes.length - 1, next.lanes.at(-1)!.length];
}

function around(
	spec: BlockSpec,
	path: StepPath,
	change: (steps: readonly Step[], at: number) => readonly Step[]
): BlockSpec {
	const [at = 0, lane, ...rest] = path;
	if (lane === undefined) return change(spec, at);
	const step = spec[at];
	if (step?.op !== 'branches') return spec;
	const lanes = step.lanes.map((steps, k) => (k === lane ? around(steps, rest, change) : steps));
	return spec.with(at, { ...step, lanes });
}
