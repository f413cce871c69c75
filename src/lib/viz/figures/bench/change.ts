import { planBench } from './problems';
import { moveEdits, weightShapes } from './resolve';
import type { BenchSpec, Edits, StageId } from './spec';

/**
 * The spec with fields changed. Values that the reader typed stay in their cells where these still exist; choosing a preset
 * (or another seed of a random one) lets go of what was typed over the former.
 */
export function changed(spec: BenchSpec, patch: Partial<BenchSpec>): BenchSpec {
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

/** The spec with one value of its input, of a kernel or of a bias typed in. */
export function edited(
	spec: BenchSpec,
	place: {
		readonly of: 'input' | 'weights' | 'bias';
		readonly stage?: StageId | undefined;
		readonly index: number;
	},
	value: number
): BenchSpec {
	const { of, stage, index } = place;
	if (of === 'input') return { ...spec, inputEdits: { ...spec.inputEdits, [index]: value } };
	if (!stage) return spec;
	const field = of === 'weights' ? 'weightEdits' : 'biasEdits';
	return { ...spec, [field]: { ...spec[field], [stage]: { ...spec[field][stage], [index]: value } } };
}
