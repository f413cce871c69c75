import {
	channelDependency,
	channelFlow,
	receptiveFields,
	type GraphTensor,
	type ResolvedGraph
} from '../nets';
import { sizeOf } from '../ops';
import type { Program } from './program';

/** Channels of a tensor that have seen the same channels of the picture: what is drawn as one thread. */
export interface Strand {
	/** Column it stands in: 0 for the picture, then the layers, then the answer. */
	readonly column: number;
	readonly channels: readonly number[];
	/** Channels of the picture, ascending. */
	readonly seen: readonly number[];
}

/** What leads from a strand to one of the next column, as indices of {@link Strands.strands}. */
export interface StrandLink {
	readonly from: number;
	readonly to: number;
}

export interface Strands {
	readonly columns: number;
	/** Of each column, whether it has read more than one pixel at a time; the answer, which adds them up, reads none. */
	readonly hasSpace: readonly boolean[];
	readonly strands: readonly Strand[];
	readonly links: readonly StrandLink[];
}

/** The tensors that columns stand for: the picture, the output of each layer, the answer. */
export function columnsOf(net: ResolvedGraph): readonly GraphTensor[] {
	const layers = new Map<string, GraphTensor>();
	for (const { node, outputs } of net.nodes) {
		const [layer] = node.block?.split('/') ?? [];
		if (layer !== undefined) layers.set(layer, outputs[0]);
	}
	return [net.tensors[0], ...layers.values(), net.output];
}

/** The last node of each layer. */
export const layersOf = (net: ResolvedGraph): readonly number[] =>
	columnsOf(net)
		.slice(1, -1)
		.map((tensor) => net.nodes.find(({ outputs }) => outputs[0] === tensor)!.index);

/** How the channels of the picture come together, from the graph's own channel dependency. */
export function strandsOf(net: ResolvedGraph): Strands {
	const tensors = columnsOf(net);
	const flow = channelFlow(net);
	const byColumn = tensors.map((tensor, column) => {
		const rows = new Map<number, number[]>();
		flow.rowOf[tensor.index]!.forEach((row, channel) => rows.set(row, [...(rows.get(row) ?? []), channel]));
		return [...rows.values()].map((channels): Strand => ({
			column,
			channels,
			seen: channelDependency(flow, tensor, channels[0]!)
		}));
	});
	const strands = byColumn.flat();
	const links: StrandLink[] = [];
	for (let column = 1; column < tensors.length; column++) {
		const near = channelFlow(net, tensors[column - 1]!.ref);
		for (const to of byColumn[column]!) {
			const read = new Set(
				to.channels.flatMap((channel) => channelDependency(near, tensors[column]!, channel))
			);
			for (const from of byColumn[column - 1]!) {
				if (!from.channels.some((channel) => read.has(channel))) continue;
				links.push({ from: strands.indexOf(from), to: strands.indexOf(to) });
			}
		}
	}
	const fields = receptiveFields(net);
	const hasSpace = tensors.map(({ index }) => !fields[index]!.global && fields[index]!.y.size > 1);
	return { columns: tensors.length, hasSpace, strands, links };
}

/** What pulls at the weights of a link. */
export interface Pull {
	/**
	 * How far they have come. Gradients that agree from batch to batch add up to a way; where one batch pulls one way and the next the
	 * other, as where there is nothing to learn, they come to little, however strong each is.
	 */
	readonly way: number;
	/** The gradient of the last batch's loss, however often the next one pulls back. */
	readonly gradient: number;
}

/**
 * What has pulled at the weights of each link since this was called, as root mean squares, and as shares of the size that He's
 * initialisation gives a layer's weights, so that layers compare.
 * @returns a function that reads the program as it is
 */
export function pullsOf(program: Program, { strands, links }: Strands): () => Pull[] {
	const { net } = program;
	const flow = channelFlow(net);
	const layerOf = new Map(columnsOf(net).map(({ index }, column) => [index, column]));
	/** The column that a node works for: that of the next tensor which ends one. */
	const columnOf = (at: number) => {
		const node = net.nodes.slice(at).find(({ outputs }) => layerOf.has(outputs[0].index));
		return node ? layerOf.get(node.outputs[0].index)! : -1;
	};
	const within = (inner: readonly number[], outer: readonly number[]) =>
		inner.every((of) => outer.includes(of));
	interface Picked {
		readonly values: Float64Array;
		readonly gradient: Float64Array;
		readonly from: Float64Array;
		/** Variance of He's initialisation. */
		readonly usual: number;
		readonly indices: readonly number[];
	}
	const picked = links.map(() => [] as Picked[]);
	for (const { node: id, spec, values, gradient } of program.parameters) {
		if (spec.role !== 'weight') continue;
		const start = values.slice();
		const usual = 2 / sizeOf(spec.shape.slice(0, -1));
		const node = net.byId.get(id)!;
		const column = columnOf(node.index);
		const [x, y] = [node.inputs[0], node.outputs[0]];
		const [depth, filters] = [spec.shape.at(-2)!, spec.shape.at(-1)!];
		const perGroup = filters / (x.shape[2] / depth);
		const inputs = Array.from({ length: x.shape[2] }, (_, c) => channelDependency(flow, x, c));
		const outputs = Array.from({ length: filters }, (_, c) => channelDependency(flow, y, c));
		links.forEach(({ from, to }, link) => {
			if (strands[to]!.column !== column) return;
			const indices: number[] = [];
			for (let i = 0; i < values.length; i++) {
				const output = i % filters;
				const input = Math.floor(output / perGroup) * depth + (Math.floor(i / filters) % depth);
				if (within(strands[from]!.seen, inputs[input]!) && within(outputs[output]!, strands[to]!.seen)) {
					indices.push(i);
				}
			}
			if (indices.length > 0) picked[link]!.push({ values, gradient, from: start, usual, indices });
		});
	}
	return () =>
		picked.map((parts) => {
			let [way, pull, count] = [0, 0, 0];
			for (const { values, gradient, from, usual, indices } of parts) {
				for (const i of indices) {
					way += (values[i]! - from[i]!) ** 2 / usual;
					pull += gradient[i]! ** 2 / usual;
				}
				count += indices.length;
			}
			return count === 0
				? { way: 0, gradient: 0 }
				: { way: Math.sqrt(way / count), gradient: Math.sqrt(pull / count) };
		});
}
