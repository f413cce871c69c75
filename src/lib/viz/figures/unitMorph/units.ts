import { channelFlow, channelDependency } from '$lib/nets/analyses/channelFlow';
import { graphCost } from '$lib/nets/analyses/cost';
import { GraphBuilder } from '$lib/nets/builder';
import { shuffleUnit } from '$lib/nets/networks/shufflenet';
import { resolveGraph, type GraphTensor, type ResolvedGraph } from '$lib/nets/resolve';
import type { Graph } from '$lib/nets/types';
import type { Shape } from '$lib/ops/types';
import type { UnitStage } from './knobs';

/** What all three units read: few enough channels to draw each, enough for every number of groups to divide a quarter of them. */
export const unitInput: Shape = [28, 28, 48];

/** The unit as a graph. The one with stride 2 doubles the channels, as the first unit of a stage does. */
export function unitGraph(stage: UnitStage, groups: number): Graph {
	const net = new GraphBuilder(stage, unitInput);
	const own = stage === 'bottleneck' ? 1 : groups;
	const isStrided = stage === 'strided';
	return net.build(
		shuffleUnit(net, 'unit', net.input, {
			outChannels: isStrided ? 2 * unitInput[2] : unitInput[2],
			groups: own,
			firstGroups: own,
			shuffleGroups: own,
			stride: isStrided ? 2 : 1
		})
	);
}

/** The rows of channels that are drawn, in the order in which they are computed. */
export const unitRows = [
	'input',
	'squeezed',
	'shuffled',
	'depthwise',
	'branch',
	'shortcut',
	'output'
] as const;
export type UnitRow = (typeof unitRows)[number];

/** A row: the tensor's shape, and for each channel, which groups of the input's channels it has seen. */
export interface UnitTensor {
	readonly shape: Shape;
	readonly seen: readonly (readonly boolean[])[];
}

/** Trainable parameters and MACs of the three convolutions with the norms after them, and of all. */
export interface UnitCost {
	readonly params: UnitParts;
	readonly macs: UnitParts;
}
export interface UnitParts {
	readonly first: number;
	readonly depthwise: number;
	readonly second: number;
	readonly total: number;
}

/** What is drawn of a unit, its groups of channels being those that the reader chose. */
export function unitTensors(stage: UnitStage, groups: number): Readonly<Record<UnitRow, UnitTensor>> {
	const net = resolveGraph(unitGraph(stage, groups));
	const flow = channelFlow(net);
	const perGroup = unitInput[2] / groups;
	const row = (tensor: GraphTensor): UnitTensor => ({
		shape: tensor.shape,
		seen: Array.from({ length: tensor.shape[2] }, (_, channel) => {
			const known = new Set(channelDependency(flow, tensor, channel).map((c) => Math.floor(c / perGroup)));
			return Array.from({ length: groups }, (_, group) => known.has(group));
		})
	});
	const of = (part: string) => row(net.byRef.get(`unit/${part}`)!);
	const join = net.byId.get(stage === 'strided' ? 'unit/concat' : 'unit/add')!;
	return {
		input: row(net.tensors[0]!),
		squeezed: of('gconv1'),
		shuffled: of(net.byId.has('unit/shuffle') ? 'shuffle' : 'gconv1'),
		depthwise: of('dwconv'),
		branch: of('gconv2'),
		shortcut: row(join.inputs.find(({ ref }) => !ref.includes('gconv2'))!),
		output: row(net.output)
	};
}

/** Counts a unit. */
export function unitCost(stage: UnitStage, groups: number): UnitCost {
	const net = resolveGraph(unitGraph(stage, groups));
	const of = (measure: 'params' | 'macs'): UnitParts => {
		const first = countOf(net, 'gconv1', measure);
		const depthwise = countOf(net, 'dwconv', measure);
		const second = countOf(net, 'gconv2', measure);
		return { first, depthwise, second, total: first + depthwise + second };
	};
	return { params: of('params'), macs: of('macs') };
}

/** A convolution and its norm. */
function countOf(net: ResolvedGraph, part: string, measure: 'params' | 'macs'): number {
	const { nodes } = graphCost(net);
	return [`unit/${part}`, `unit/${part}_bn`].reduce((sum, id) => {
		const { params, macs } = nodes[net.byId.get(id)!.index]!;
		return sum + (measure === 'macs' ? macs : params.trainable);
	}, 0);
}
