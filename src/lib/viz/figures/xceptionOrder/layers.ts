import { channelFlow, dependencyCount } from '$lib/nets/analyses/channelFlow';
import { graphCost } from '$lib/nets/analyses/cost';
import { receptiveFields } from '$lib/nets/analyses/receptiveField';
import { GraphBuilder } from '$lib/nets/builder';
import { resolveGraph } from '$lib/nets/resolve';
import { runGraph } from '$lib/nets/run';
import type { Graph } from '$lib/nets/types';
import type { Shape } from '$lib/ops';
import { smallValues } from '../../stepper/stages';
import type { Order } from './knobs';

/** Two layers in one order or the other. */
export interface Layers {
	readonly order: Order;
	readonly relu: boolean;
	/** Channels after the pointwise step. */
	readonly filters: number;
}

/** Small enough that its numbers can be read. */
const input: Shape = [4, 4, 2];
const seed = 155;

/** Pointwise and depthwise 3×3 one after the other, without biases; both keep height and width. */
export function orderGraph({ order, relu, filters }: Layers): Graph {
	const net = new GraphBuilder(order, input);
	const pointwise = (x: string) =>
		net.conv2d('pointwise', x, { outChannels: filters, kernelSize: 1, bias: false });
	const depthwise = (x: string) =>
		net.depthwiseConv2d('depthwise', x, { kernelSize: 3, padding: 'same', bias: false });
	const between = (x: string) => (relu ? net.relu('relu', x) : x);
	return net.build(
		order === 'pointwiseFirst'
			? depthwise(between(pointwise(net.input)))
			: pointwise(between(depthwise(net.input)))
	);
}

/** The input and the weights, the same whether there is a ReLU or not. */
export function orderValues(layers: Layers) {
	return smallValues(orderGraph(layers), seed);
}

export interface OrderFacts {
	readonly order: Order;
	readonly params: number;
	readonly macs: number;
	/** Of the tensor between the two: channels, and of the input what one of its values has seen. */
	readonly channels: number;
	readonly channelDependency: number;
	readonly dependencySide: number;
}

/** What an order costs, and what the values between the two layers have seen of the input. */
export function factsOf(layers: Layers): OrderFacts {
	const resolved = resolveGraph(orderGraph(layers));
	const { total } = graphCost(resolved);
	const between = resolved.nodes[0]!.outputs[0]!;
	return {
		order: layers.order,
		params: total.params.trainable,
		macs: total.macs,
		channels: between.shape[2],
		channelDependency: dependencyCount(channelFlow(resolved), between, 0),
		dependencySide: receptiveFields(resolved)[between.index]!.y.size
	};
}

/** What the ReLU between the two does: values that it sets to zero, and outputs that are other ones for it. */
export function effectOfRelu(layers: Layers): {
	readonly cut: number;
	readonly between: number;
	readonly changed: number;
	readonly outputs: number;
} {
	const linear = resolveGraph(orderGraph({ ...layers, relu: false }));
	const bent = resolveGraph(orderGraph({ ...layers, relu: true }));
	const values = orderValues(layers);
	const without = runGraph(linear, [values.input], values.weights);
	const withRelu = runGraph(bent, [values.input], values.weights);
	const between = without[linear.nodes[0]!.outputs[0]!.index]!.data;
	const [a, b] = [without[linear.output.index]!.data, withRelu[bent.output.index]!.data];
	return {
		cut: between.filter((value) => value < 0).length,
		between: between.length,
		changed: a.filter((value, i) => value !== b[i]).length,
		outputs: a.length
	};
}
