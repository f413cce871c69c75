import { sizeOf, type GeometryOf, type Shape } from '../../ops';
import type { ResolvedGraph, ResolvedNode } from '../resolve';
import { graphCost, type GraphCost } from './cost';
import { layerKind, type LayerKind } from './layerKind';
import { receptiveFields, type ReceptiveField } from './receptiveField';

/** A node as a row of the network's table. */
export interface LayerRow extends GraphCost {
	readonly id: string;
	readonly op: string;
	readonly kind: LayerKind;
	/** What its file calls the operator, where there is none for it here. */
	readonly type: string | null;
	readonly block: string | null;
	/** Shape of its (first) output. */
	readonly output: Shape;
	/** Whether that is a guess, since nobody says what an operator before it gives. */
	readonly isGuess: boolean;
	/** Window `[height, width]` of a convolution or pool, and its stride; `null` for what has none. */
	readonly kernel: readonly [number, number] | null;
	readonly stride: readonly [number, number] | null;
	readonly groups: number | null;
	/** Bytes in float32 of what it gives, and of its parameters. */
	readonly activationBytes: number;
	readonly weightBytes: number;
	readonly field: ReceptiveField;
}

/** The table of a network, a row a node, in topological order. */
export function layerRows(resolved: ResolvedGraph): LayerRow[] {
	const costs = graphCost(resolved).nodes;
	const fields = receptiveFields(resolved);
	return resolved.nodes.map((node, i) => {
		const cost = costs[i]!;
		const output = node.outputs[0];
		return {
			id: node.id,
			op: node.op,
			kind: layerKind(node),
			type: node.op === 'opaque' ? (node.geometry as GeometryOf<'opaque'>).type : null,
			block: node.node.block ?? null,
			output: output.shape,
			isGuess: output.isGuess,
			...windowOf(node),
			...cost,
			activationBytes: 4 * node.outputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
			weightBytes: 4 * (cost.params.trainable + cost.params.bnStatistics),
			field: fields[output.index]!
		};
	});
}

function windowOf(node: ResolvedNode): Pick<LayerRow, 'kernel' | 'stride' | 'groups'> {
	const map = node.operator.spatial(node.geometry);
	const hasWindow = map.kind === 'window' || map.kind === 'transposed';
	const groups = 'groups' in node.geometry ? Number(node.geometry.groups) : null;
	return { kernel: hasWindow ? map.kernelSize : null, stride: hasWindow ? map.stride : null, groups };
}

/** What the nodes of one kind and kernel cost together. */
export interface KindCost {
	readonly kind: LayerKind;
	readonly kernel: readonly [number, number] | null;
	readonly nodes: number;
	readonly ids: readonly string[];
	readonly macs: number;
	/** Trainable parameters. */
	readonly params: number;
	/** Share of all MACs. */
	readonly macsShare: number;
	/** Share of all weights; biases and batch norm are left out, as in MobileNet's table 2. */
	readonly paramsShare: number;
}

/** Where the cost sits, by kind and kernel, the most MACs first; kinds without MACs and parameters are left out. */
export function costByKind(resolved: ResolvedGraph): KindCost[] {
	const { total, nodes } = graphCost(resolved);
	const groups = new Map<string, ResolvedNode[]>();
	for (const node of resolved.nodes) {
		const key = `${layerKind(node)} ${kernelOf(node)?.join('×') ?? ''}`;
		groups.set(key, [...(groups.get(key) ?? []), node]);
	}
	return [...groups.values()]
		.map((members): KindCost => {
			const sum = (of: (cost: GraphCost) => number) =>
				members.reduce((so, node) => so + of(nodes[node.index]!), 0);
			const macs = sum((cost) => cost.macs);
			return {
				kind: layerKind(members[0]!),
				kernel: kernelOf(members[0]!),
				nodes: members.length,
				ids: members.map(({ id }) => id),
				macs,
				params: sum((cost) => cost.params.trainable),
				macsShare: share(macs, total.macs),
				paramsShare: share(
					sum((cost) => cost.params.weights),
					total.params.weights
				)
			};
		})
		.filter(({ macs, params }) => macs > 0 || params > 0)
		.sort((a, b) => b.macs - a.macs || b.params - a.params);
}

/** Kernels tell convolutions apart; dense layers that are written as convolutions have none. */
function kernelOf(node: ResolvedNode): readonly [number, number] | null {
	return layerKind(node) === 'dense' ? null : windowOf(node).kernel;
}

function share(part: number, whole: number): number {
	return whole === 0 ? 0 : part / whole;
}
