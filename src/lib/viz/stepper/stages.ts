import { resolveGraph, type ResolvedNode } from '$lib/nets/resolve';
import { type GraphWeights, runGraph, weightSpecs } from '$lib/nets/run';
import type { Graph } from '$lib/nets/types';
import type { Conv2dGeometry } from '$lib/ops';
import type { Granularity, Step, Tensor, Weights } from '$lib/ops/types';
import { presetInput } from '../tensor/presets';

/** A tensor that is drawn, with the channels of the graph's input that each of its channels is computed from. */
export interface StepTensor extends Tensor {
	readonly ref: string;
	readonly dependency: readonly (readonly number[])[];
}

interface StageBase {
	readonly id: string;
	/** Drawn tensors that it reads and the one that it writes, by index. */
	readonly inputs: readonly number[];
	readonly output: number;
}

/** A convolution, with the ReLU after it where there is one: a step computes an output value, or multiplies once. */
export interface ConvStage extends StageBase {
	readonly kind: 'conv';
	readonly node: ResolvedNode;
	readonly geometry: Conv2dGeometry;
	readonly weights: Weights;
	readonly relu: boolean;
}

/** A concat: a step puts one channel in its place. */
export interface ConcatStage extends StageBase {
	readonly kind: 'concat';
	readonly channels: readonly { readonly tensor: number; readonly channel: number }[];
}

export type StepStage = ConvStage | ConcatStage;

/** A small graph with all its values, as stages that can be stepped through. */
export interface StepGraph {
	readonly tensors: readonly StepTensor[];
	readonly stages: readonly StepStage[];
}

/** What the timeline stands at. */
export type CurrentStep =
	| { readonly kind: 'arithmetic'; readonly stage: ConvStage; readonly step: Step; readonly whole: Step }
	| { readonly kind: 'copy'; readonly stage: ConcatStage; readonly channel: number };

/** Small values by which a graph of a few channels can be followed: an input of 0 to 4, weights and biases of −1, 0 and 1. */
export function smallValues(graph: Graph, seed: number): { input: Tensor; weights: GraphWeights } {
	const resolved = resolveGraph(graph);
	const { shape } = resolved.tensors[0]!;
	const weights = weightSpecs(resolved).map(({ id, specs }, i) => [
		id,
		Object.fromEntries(
			specs.map((spec, j) => {
				const size = spec.shape.reduce((product, n) => product * n, 1);
				const values = presetInput('random', [1, 1, size], seed + 100 * (i + 1) + 10 * j);
				return [spec.name, { shape: spec.shape, data: values.map((value) => Math.sign(value - 2)) }];
			})
		)
	]);
	return {
		input: { shape, data: presetInput('random', shape, seed) },
		weights: Object.fromEntries(weights) as GraphWeights
	};
}

/**
 * Runs a graph of convolutions, ReLUs and concats and makes stages of it; a ReLU goes with the convolution before it.
 * @throws {RangeError} for any other operator.
 */
export function stepGraph(graph: Graph, input: Tensor, weights: GraphWeights): StepGraph {
	const resolved = resolveGraph(graph);
	const values = runGraph(resolved, [input], weights);
	const tensors: StepTensor[] = [];
	const drawn = new Map<number, number>();
	const draw = (index: number, dependency: readonly (readonly number[])[]) => {
		drawn.set(index, tensors.length);
		return tensors.push({ ...values[index]!, ref: resolved.tensors[index]!.ref, dependency }) - 1;
	};
	draw(
		0,
		Array.from({ length: input.shape[2] }, (_, channel) => [channel])
	);
	const stages: StepStage[] = [];
	for (const node of resolved.nodes) {
		if (node.op === 'relu') continue;
		const inputs = node.inputs.map(({ index }) => drawn.get(index)!);
		const own = node.outputs[0]!;
		const next = own.consumers.length === 1 ? own.consumers[0]! : null;
		const relu = next?.op === 'relu';
		const dependency = Array.from({ length: own.shape[2] }, (_, channel) => {
			const read = node.operator
				.channelsRead(node.geometry, { tensor: 0, channel })
				.flatMap(({ tensor, start, count }) =>
					tensors[inputs[tensor]!]!.dependency.slice(start, start + count).flat()
				);
			return [...new Set(read)].sort((a, b) => a - b);
		});
		const output = draw(relu ? next.outputs[0]!.index : own.index, dependency);
		const base = { id: node.id, inputs, output };
		if (node.op === 'conv2d') {
			const geometry = node.geometry as Conv2dGeometry;
			stages.push({ ...base, kind: 'conv', node, geometry, weights: weights[node.id] ?? {}, relu });
		} else if (node.op === 'concat') {
			const channels = inputs.flatMap((tensor) =>
				Array.from({ length: tensors[tensor]!.shape[2] }, (_, channel) => ({ tensor, channel }))
			);
			stages.push({ ...base, kind: 'concat', channels });
		} else throw new RangeError(`${node.id} is a ${node.op}; only conv2d, relu and concat have steps here`);
	}
	return { tensors, stages };
}

/** Steps of a stage. */
export function stageSteps(stage: StepStage, granularity: Granularity): number {
	return stage.kind === 'concat'
		? stage.channels.length
		: stage.node.operator.stepCount(stage.geometry, granularity);
}

/** Steps of all stages. */
export function countSteps({ stages }: StepGraph, granularity: Granularity): number {
	return stages.reduce((sum, stage) => sum + stageSteps(stage, granularity), 0);
}

/** The stage that a step belongs to, and the step within it. */
export function positionOfStep(
	{ stages }: StepGraph,
	n: number,
	granularity: Granularity
): { stage: number; local: number } {
	let local = Math.max(0, n);
	for (const [index, stage] of stages.entries()) {
		const count = stageSteps(stage, granularity);
		if (local < count || index === stages.length - 1)
			return { stage: index, local: Math.min(local, count - 1) };
		local -= count;
	}
	return { stage: 0, local: 0 };
}

/** The step of a place; the inverse of {@link placeOfStep}. */
export function stepAtPosition(
	{ stages }: StepGraph,
	stage: number,
	local: number,
	granularity: Granularity
): number {
	return stages.slice(0, stage).reduce((sum, before) => sum + stageSteps(before, granularity), local);
}

/** What happens at a step. */
export function currentStepAt(graph: StepGraph, n: number, granularity: Granularity): CurrentStep {
	const position = positionOfStep(graph, n, granularity);
	const stage = graph.stages[position.stage]!;
	if (stage.kind === 'concat') return { kind: 'copy', stage, channel: position.local };
	const step = stepOf(graph, stage, position.local, granularity);
	const { operator } = stage.node;
	const whole =
		granularity === 'value'
			? step
			: stepOf(graph, stage, operator.stepOf(step.output, 'value', stage.geometry), 'value');
	return { kind: 'arithmetic', stage, step, whole };
}

function stepOf({ tensors }: StepGraph, stage: ConvStage, local: number, granularity: Granularity): Step {
	const inputs = stage.inputs.map((tensor) => tensors[tensor]!);
	return stage.node.operator.step(local, granularity, inputs, stage.weights, stage.geometry);
}

/** Values of a drawn tensor that are finished before a step, in the order in which they come; the input's are all. */
export function doneBefore(graph: StepGraph, tensor: number, n: number, granularity: Granularity): number {
	const at = graph.stages.findIndex(({ output }) => output === tensor);
	if (at < 0) return Infinity;
	const { stage, local } = positionOfStep(graph, n, granularity);
	if (stage !== at) return stage > at ? Infinity : 0;
	const own = graph.stages[at]!;
	if (own.kind === 'concat') {
		const [height, width] = graph.tensors[tensor]!.shape;
		return (local + 1) * height * width;
	}
	if (granularity === 'value') return local;
	return own.node.operator.stepOf(stepOf(graph, own, local, granularity).output, 'value', own.geometry);
}

/** What a stage writes for the result of its sum. */
export function activated(stage: ConvStage, value: number): number {
	return stage.relu ? Math.max(0, value) : value;
}
