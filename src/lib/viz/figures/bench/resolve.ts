import { cellIndex, sizeOf } from '$lib/ops/tensor';
import type { Shape, Tensor, Weights } from '$lib/ops/types';
import { presetBias, presetInput, presetKernel } from '../../tensor/presets';
import { planBench, type Problem } from './problems';
import type { BenchSpec, Edits } from './spec';
import type { PlannedStage, Stage } from './stage';

/** A spec with all its values computed: the input, and the stages that it goes through. */
export interface Resolved {
	readonly input: Tensor;
	readonly stages: readonly Stage[];
}

export type Resolution =
	| { readonly ok: true; readonly bench: Resolved }
	| { readonly ok: false; readonly problems: readonly Problem[] };

/** The tensors of a bench: the input and the output of each stage. */
export function tensorsOf({ input, stages }: Resolved): readonly Tensor[] {
	return [input, ...stages.map(({ output }) => output)];
}

/** Computes all values of a spec, or says what is wrong with it and what would be right. */
export function resolveBench(spec: BenchSpec): Resolution {
	const plan = planBench(spec);
	if (!plan.ok) return plan;
	const shape: Shape = [spec.height, spec.width, spec.channels];
	const input: Tensor = {
		shape,
		data: edited(presetInput(spec.inputPreset, shape, spec.seed), spec.inputEdits)
	};
	const stages: Stage[] = [];
	for (const planned of plan.stages) {
		const from = stages.at(-1)?.output ?? input;
		stages.push(planned.compute(from, weightsOf(planned, spec, stages.length)));
	}
	return { ok: true, bench: { input, stages } };
}

/** The shapes of a stage's kernel and bias; `null` for a stage without weights. */
export function weightShapes({
	layer
}: Pick<PlannedStage, 'layer'>): { kernel: readonly [number, number, number, number]; bias: number } | null {
	if (layer.kind !== 'conv2d' && layer.kind !== 'transposedConv2d') return null;
	const { kernelSize, inChannelsPerGroup, outChannels, bias } = layer.geometry;
	return { kernel: [...kernelSize, inChannelsPerGroup, outChannels], bias: bias ? outChannels : 0 };
}

function weightsOf(planned: PlannedStage, spec: BenchSpec, index: number): Weights {
	const shapes = weightShapes(planned);
	if (!shapes || !('groups' in planned.layer.geometry)) return {};
	const form = { shape: shapes.kernel, groups: planned.layer.geometry.groups };
	const kernel = presetKernel(spec.weightPreset, form, spec.seed, index);
	const weights: Record<string, Tensor<readonly number[]>> = {
		kernel: { shape: shapes.kernel, data: edited(kernel, spec.weightEdits[planned.id]) }
	};
	if (shapes.bias > 0) {
		const bias = presetBias(spec.weightPreset, shapes.bias, spec.seed, index);
		weights.bias = { shape: [shapes.bias], data: edited(bias, spec.biasEdits[planned.id]) };
	}
	return weights;
}

/** The values with the edits in their places; edits beyond the end are left out. */
function edited(values: Float64Array, edits: Edits = {}): Float64Array {
	for (const [index, value] of Object.entries(edits)) {
		if (Number(index) < values.length) values[Number(index)] = value;
	}
	return values;
}

/**
 * The edits of a tensor moved to where the same places are in another shape; those that it has no place for are left out.
 * Both shapes have as many dimensions.
 */
export function moveEdits(edits: Edits, from: readonly number[], to: readonly number[]): Edits {
	const moved: Record<number, number> = {};
	for (const [key, value] of Object.entries(edits)) {
		let rest = Number(key);
		if (rest >= sizeOf(from)) continue;
		let index = 0;
		let scale = 1;
		let inside = true;
		for (let axis = from.length - 1; axis >= 0; axis--) {
			const position = rest % from[axis]!;
			rest = Math.floor(rest / from[axis]!);
			inside &&= position < to[axis]!;
			index += position * scale;
			scale *= to[axis]!;
		}
		if (inside) moved[index] = value;
	}
	return moved;
}

/** Value of a cell of an activation. */
export function valueAt(tensor: Tensor, position: { y: number; x: number; channel: number }): number {
	return tensor.data[cellIndex(tensor.shape, { tensor: 0, ...position })] ?? 0;
}
