import type { GraphTensor, ResolvedGraph, ResolvedNode } from '../../nets';
import { shuffled, type ChannelShuffleGeometry, type Conv2dGeometry } from '../../ops';
import type { Activation } from '../kernels';
import { beforeDropout, fuse, type Group } from './fuse';
import { methodOf, type Method } from './method';

/** Where in storage each channel lies; `null` where storage is in the tensor's own order. */
export type ChannelOrder = readonly number[] | null;

/** A stored tensor by number: the graph's inputs first. */
export type Slot = number;

/** A convolution or dense layer with what is folded into it. */
export interface Layer {
	readonly weighted: ResolvedNode;
	readonly batchNorm: ResolvedNode | null;
	readonly activation: Activation;
	readonly method: Method;
	readonly input: Slot;
	/** Order of the input's channels, which the weights are arranged for. */
	readonly order: ChannelOrder;
}

/** One piece of a concatenation: a layer that writes it in place, or a tensor that is copied. */
export type ConcatPart = Layer | { readonly input: Slot; readonly activation: Activation };

/** What runs in one go. */
export type Unit = {
	/** The nodes that it computes; none where it only puts channels in order. */
	readonly nodes: readonly ResolvedNode[];
	readonly inputs: readonly Slot[];
	readonly outputs: readonly Slot[];
} & (
	| { readonly kind: 'layer'; readonly layer: Layer; readonly residual: Slot | null }
	| { readonly kind: 'concat'; readonly parts: readonly ConcatPart[] }
	| { readonly kind: 'node'; readonly node: ResolvedNode; readonly order: ChannelOrder }
	| { readonly kind: 'arrange'; readonly order: readonly number[] }
);

/** A tensor that is handed out, and where its values are. */
export interface Stored {
	readonly tensor: GraphTensor;
	readonly slot: Slot;
	readonly order: ChannelOrder;
}

/** What is run, in order, and what is handed out. */
export interface Plan {
	readonly units: readonly Unit[];
	/** In the order in which they were asked for. */
	readonly stored: readonly Stored[];
}

/**
 * Decides what is run for these tensors of the graph, and how. A batch norm after a convolution or dense layer is folded
 * into its weights; ReLU and ReLU6 are fused, with our kernels also an addition after a convolution, and convolutions that
 * are concatenated write in place. Dropout vanishes. A channel shuffle becomes an order of channels that the weights of what
 * comes next follow. What is handed out is always exactly the tensor of the graph: nothing is folded across it, so that asking
 * for a convolution whose batch norm would be folded runs the two one after the other.
 */
export function planGraph(resolved: ResolvedGraph, stored: readonly GraphTensor[], kernels: boolean): Plan {
	const units: Unit[] = [];
	const places = new Map<GraphTensor, Place>();
	let slots = 0;
	const store = (tensor: GraphTensor, order: ChannelOrder = null): Slot => {
		const slot = slots++;
		places.set(tensor, { slot, order });
		return slot;
	};
	const find = (tensor: GraphTensor): Place => places.get(beforeDropout(tensor))!;
	/** Where a tensor lies in its own order; it is put in order first, where it is not. */
	const inOrder = (tensor: GraphTensor): Slot => {
		const { slot, order } = find(tensor);
		if (!order) return slot;
		const output = store(beforeDropout(tensor));
		units.push({ kind: 'arrange', nodes: [], inputs: [slot], outputs: [output], order });
		return output;
	};
	const layerOf = ({ weighted, batchNorm, activation }: Group): Layer => {
		const method = methodOf(weighted!, kernels);
		const tensor = weighted!.inputs[0];
		const { slot, order } = followsOrder.has(method) ? find(tensor) : { slot: inOrder(tensor), order: null };
		return { weighted: weighted!, batchNorm, activation, method, input: slot, order };
	};

	for (const tensor of resolved.tensors) if (!tensor.producer) store(tensor);
	for (const group of fuse(resolved, stored, kernels)) {
		const { nodes, weighted, parts, activation } = group;
		const node = nodes.at(-1)!;
		if (weighted) {
			const layer = layerOf(group);
			const residual = group.residual && inOrder(group.residual);
			const inputs = residual === null ? [layer.input] : [layer.input, residual];
			const outputs = [store(node.outputs[0], orderAfter(layer))];
			units.push({ kind: 'layer', nodes, inputs, outputs, layer, residual });
		} else if (parts) {
			const pieces = parts.map((part): ConcatPart => {
				if (!('nodes' in part)) return { input: inOrder(part), activation };
				return layerOf({ ...part, activation: both(part.activation, activation) });
			});
			const inputs = pieces.map(({ input }) => input);
			units.push({ kind: 'concat', nodes, inputs, outputs: [store(node.outputs[0])], parts: pieces });
		} else if (node.op === 'channelShuffle') {
			const { slot, order } = find(node.inputs[0]);
			places.set(node.outputs[0], {
				slot,
				order: shuffleOrder(node.geometry as ChannelShuffleGeometry, order)
			});
		} else {
			const { slot, order } = keepsOrder(node) ? find(node.inputs[0]) : { slot: null, order: null };
			const inputs = slot === null ? node.inputs.map(inOrder) : [slot];
			const outputs = node.outputs.map((tensor) => store(tensor, order));
			units.push({ kind: 'node', nodes, inputs, outputs, node, order });
		}
	}
	return { units, stored: stored.map((tensor) => ({ tensor, ...find(tensor) })) };
}

interface Place {
	readonly slot: Slot;
	readonly order: ChannelOrder;
}

/** Layers whose weights can follow any order of the input's channels. */
const followsOrder: ReadonlySet<Method> = new Set<Method>([
	'convolution',
	'winograd',
	'depthwise',
	'dense',
	'libraryConvolution',
	'libraryDepthwise',
	'blockDiagonal'
]);

/** A depthwise convolution passes the order of its input on, each channel with all that come from it. */
function orderAfter({ weighted, method, order }: Layer): ChannelOrder {
	if (method !== 'depthwise' && method !== 'libraryDepthwise') return null;
	const { outChannelsPerGroup: multiplier } = weighted.geometry as Conv2dGeometry;
	return order?.flatMap((at) => Array.from({ length: multiplier }, (_, i) => at * multiplier + i)) ?? null;
}

/** Nodes that treat each channel by itself, and so pass on any order. */
function keepsOrder({ inputs, operator }: ResolvedNode): boolean {
	return inputs.length === 1 && operator.traits.channels === 'own';
}

/** Two activations, one after the other. */
function both(first: Activation, second: Activation): Activation {
	if (first === 'relu6' || second === 'relu6') return 'relu6';
	return second === 'none' ? first : second;
}

/** The order of a shuffled tensor: output channel `shuffled(i)` is input channel `i`, wherever that lies. */
function shuffleOrder({ groups, channelsPerGroup }: ChannelShuffleGeometry, order: ChannelOrder): number[] {
	const result: number[] = [];
	for (let i = 0; i < groups * channelsPerGroup; i++)
		result[shuffled(i, groups, channelsPerGroup)] = order?.[i] ?? i;
	return result;
}
