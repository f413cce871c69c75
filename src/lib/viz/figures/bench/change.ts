import type { Bench } from './bench.svelte';
import { planBench } from './problems';
import { moveEdits, weightShapes } from './resolve';
import { type BenchSpec, type Edits, type Field, type StageId, valueLimits } from './spec';
import type { Target } from './targets';

/** Changes fields of the spec that a bench is asked for. */
export function changeBench(bench: Bench, patch: Partial<Pick<BenchSpec, Field>>): void {
	bench.update(changed(bench.wanted, patch), Object.keys(patch).join());
}

/** Types a value into a cell of the input, a weight or a bias. Values beyond the limits are ignored. */
export function typeValue(bench: Bench, target: Target, value: number): void {
	if (!(value >= valueLimits.min && value <= valueLimits.max)) return;
	bench.update(edited(bench, target, value), `value ${JSON.stringify(target)}`);
}

/**
 * The spec with fields changed. Values that the reader typed stay in their cells where these still exist; choosing a preset
 * (or another seed of a random one) lets go of what was typed over the former.
 */
function changed(spec: BenchSpec, patch: Partial<BenchSpec>): BenchSpec {
	const next: BenchSpec = { ...spec, ...patch };
	const anew = (preset: 'inputPreset' | 'weightPreset') =>
		next[preset] !== spec[preset] || (next.seed !== spec.seed && next[preset] === 'random');
	const newWeights = anew('weightPreset');
	const moved = newWeights ? null : weightEditsMoved(spec, next);
	return {
		...next,
		inputEdits:
			patch.inputEdits ??
			(anew('inputPreset') ? {} : moveEdits(spec.inputEdits, inputShape(spec), inputShape(next))),
		weightEdits: patch.weightEdits ?? moved?.weightEdits ?? {},
		biasEdits: patch.biasEdits ?? moved?.biasEdits ?? {}
	};
}

const inputShape = (spec: BenchSpec) => [spec.height, spec.width, spec.channels];

function weightEditsMoved(from: BenchSpec, to: BenchSpec): Pick<BenchSpec, 'weightEdits' | 'biasEdits'> {
	const before = planBench(from);
	const after = planBench(to);
	if (!before.ok || !after.ok) return from;
	const weightEdits: Partial<Record<StageId, Edits>> = {};
	const biasEdits: Partial<Record<StageId, Edits>> = {};
	for (const stage of after.stages) {
		const old = before.stages.find(({ id }) => id === stage.id);
		const shapes = weightShapes(stage);
		const oldShapes = old && weightShapes(old);
		if (!shapes || !oldShapes) continue;
		const weights = moveEdits(from.weightEdits[stage.id] ?? {}, oldShapes.kernel, shapes.kernel);
		const bias = moveEdits(from.biasEdits[stage.id] ?? {}, [oldShapes.bias], [shapes.bias]);
		if (Object.keys(weights).length > 0) weightEdits[stage.id] = weights;
		if (Object.keys(bias).length > 0) biasEdits[stage.id] = bias;
	}
	return { weightEdits, biasEdits };
}

/** The spec that is drawn, with one value of its input, of a kernel or of a bias typed in. */
function edited({ spec, resolved, stages }: Bench, target: Target, value: number): BenchSpec {
	if (target.kind === 'cell') {
		const [, width, channels] = resolved.input.shape;
		const index = (target.y * width + target.x) * channels + target.channel;
		return { ...spec, inputEdits: { ...spec.inputEdits, [index]: value } };
	}
	const { id } = stages[target.stage]!;
	const field = target.kind === 'weight' ? 'weightEdits' : 'biasEdits';
	return { ...spec, [field]: { ...spec[field], [id]: { ...spec[field][id], [target.index]: value } } };
}
