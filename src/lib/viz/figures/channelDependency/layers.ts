import { channelFlow, channelDependency } from '$lib/nets/analyses/channelFlow';
import { graphCost } from '$lib/nets/analyses/cost';
import { GraphBuilder } from '$lib/nets/builder';
import { resolveGraph } from '$lib/nets/resolve';
import type { Graph } from '$lib/nets/types';
import type { Shape } from '$lib/ops/types';
import type { DependencyLayer } from './knobs';

/** Input of the example, and of the group convolution, which has as many channels out as in. */
const example = { input: [5, 5, 2], outChannels: 3 } as const;
const grouped = { input: [5, 5, 6], outChannels: 6 } as const;
const kernelSize = 3;

/** The maps of one tensor, and what each has seen of the input. */
export interface DependencyMaps {
	readonly shape: Shape;
	/** By channel: the channels of the input, ascending. */
	readonly dependency: readonly (readonly number[])[];
	/** By channel: the channels of the tensor before that it is computed from; none for the input. */
	readonly reads: readonly (readonly number[])[];
}

/** A layer, or two, on the example. */
export interface DependencyCase {
	readonly tensors: readonly DependencyMaps[];
	/** Fewest input channels that a map of the output has seen. */
	readonly least: number;
	readonly inChannels: number;
	readonly macs: number;
	readonly weights: number;
}

/** The layer as a graph; without biases, so that weights are what the formulas say. */
export function dependencyGraph(layer: DependencyLayer, groups: number): Graph {
	const { input, outChannels } = layer === 'group' ? grouped : example;
	const net = new GraphBuilder(layer, input);
	if (layer === 'standard' || layer === 'group') {
		const options = { outChannels, kernelSize, groups: layer === 'group' ? groups : 1, bias: false };
		return net.build(net.conv2d(layer, net.input, options));
	}
	const depthwise = net.depthwiseConv2d('depthwise', net.input, { kernelSize, bias: false });
	if (layer === 'depthwise') return net.build(depthwise);
	return net.build(net.conv2d('pointwise', depthwise, { outChannels, kernelSize: 1, bias: false }));
}

/** What each map has seen, and what that costs. */
export function dependencyCase(layer: DependencyLayer, groups: number): DependencyCase {
	const net = resolveGraph(dependencyGraph(layer, groups));
	const flow = channelFlow(net);
	const tensors = net.tensors.map((tensor): DependencyMaps => {
		const channels = Array.from({ length: tensor.shape[2] }, (_, channel) => channel);
		const { producer } = tensor;
		return {
			shape: tensor.shape,
			dependency: channels.map((channel) => channelDependency(flow, tensor, channel)),
			reads: channels.map((channel) =>
				producer
					? producer.operator
							.channelsRead(producer.geometry, { tensor: 0, channel })
							.flatMap(({ start, count }) => Array.from({ length: count }, (_, i) => start + i))
					: []
			)
		};
	});
	const { params, macs } = graphCost(net).total;
	return {
		tensors,
		least: Math.min(...tensors.at(-1)!.dependency.map(({ length }) => length)),
		inChannels: flow.source.shape[2],
		macs,
		weights: params.weights
	};
}
