import * as tfl from '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import type { NetworkWeights } from '../../../src/lib/formats/tensors';
import type { ResolvedGraph, ResolvedNode } from '../../../src/lib/nets';
import type {
	AvgPoolGeometry,
	BatchNormGeometry,
	ChannelShuffleGeometry,
	Conv2dGeometry,
	DenseGeometry,
	PoolGeometry
} from '../../../src/lib/ops';

type Symbolic = tfl.SymbolicTensor;

/** Some channels of its input, which TensorFlow.js has no layer for. */
class Channels extends tfl.layers.Layer {
	static readonly className = 'Channels';

	constructor(
		readonly start: number,
		readonly count: number
	) {
		super({});
	}

	override computeOutputShape(shape: tfl.Shape): tfl.Shape {
		return [...shape.slice(0, 3), this.count];
	}

	override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
		const x = Array.isArray(inputs) ? inputs[0]! : inputs;
		return tf.slice(x, [0, 0, 0, this.start], [-1, -1, -1, this.count]);
	}
}

/**
 * A network of TensorFlow.js's layers, written without the engine: layer by layer, nothing folded, padding as layers of its
 * own, groups as slices. Its output is the tensor before softmax, as `ref` names it.
 */
export function layersModel(resolved: ResolvedGraph, weights: NetworkWeights, ref: string): tfl.LayersModel {
	const tensors = new Map<string, Symbolic>();
	for (const { id, shape } of resolved.graph.inputs) tensors.set(id, tfl.input({ shape: [...shape] }));
	const pending: (() => void)[] = [];
	for (const node of resolved.nodes) {
		const inputs = node.inputs.map((tensor) => tensors.get(tensor.ref)!);
		tensors.set(node.id, apply(node, inputs, weights, pending));
		if (node.id === ref) break;
	}
	const model = tfl.model({
		inputs: resolved.graph.inputs.map(({ id }) => tensors.get(id)!),
		outputs: tensors.get(ref)!
	});
	for (const set of pending) set();
	return model;
}

function apply(
	node: ResolvedNode,
	inputs: Symbolic[],
	weights: NetworkWeights,
	pending: (() => void)[]
): Symbolic {
	const x = inputs[0]!;
	/** Applies a layer; its weights are set once all are built. */
	const use = (layer: tfl.layers.Layer, from: Symbolic, values: () => tf.Tensor[]) => {
		pending.push(() => tf.tidy(() => layer.setWeights(values())));
		return layer.apply(from) as Symbolic;
	};
	const weight = (name: string) => weights[node.id]![name]!;
	switch (node.op) {
		case 'conv2d': {
			const g = node.geometry as Conv2dGeometry;
			const { kernelSize, stride, groups, outChannelsPerGroup: outputs, inChannelsPerGroup: channels } = g;
			const padded = pad(x, g.padding);
			const common = {
				...{ kernelSize: [...kernelSize] as [number, number], strides: [...stride] as [number, number] },
				...{ padding: 'valid' as const, useBias: g.bias }
			};
			const bias = () => (g.bias ? [tf.tensor1d(weight('bias').data)] : []);
			if (groups > 1 && channels === 1)
				return use(tfl.layers.depthwiseConv2d({ ...common, depthMultiplier: outputs }), padded, () => [
					tf.tensor4d(weight('kernel').data, [...kernelSize, groups, outputs]),
					...bias()
				]);
			const kernel = () => tf.tensor4d(weight('kernel').data, [...kernelSize, channels, g.outChannels]);
			const parts = Array.from({ length: groups }, (_, group) => {
				const from =
					groups === 1 ? padded : (new Channels(group * channels, channels).apply(padded) as Symbolic);
				return use(tfl.layers.conv2d({ ...common, filters: outputs }), from, () => [
					tf.slice(kernel(), [0, 0, 0, group * outputs], [-1, -1, -1, outputs]),
					...bias().map((of) => tf.slice(of, [group * outputs], [outputs]))
				]);
			});
			return parts.length === 1 ? parts[0]! : (tfl.layers.concatenate().apply(parts) as Symbolic);
		}
		case 'batchNorm': {
			const { epsilon } = node.geometry as BatchNormGeometry;
			return use(tfl.layers.batchNormalization({ epsilon }), x, () =>
				['gamma', 'beta', 'mean', 'variance'].map((name) => tf.tensor1d(weight(name).data))
			);
		}
		case 'dense': {
			const g = node.geometry as DenseGeometry;
			const flat = tfl.layers.flatten().apply(x) as Symbolic;
			return use(tfl.layers.dense({ units: g.outChannels }), flat, () => [
				tf.tensor2d(weight('kernel').data, [g.taps, g.outChannels]),
				tf.tensor1d(weight('bias').data)
			]);
		}
		case 'relu':
			return tfl.layers.reLU().apply(x) as Symbolic;
		case 'relu6':
			return tfl.layers.reLU({ maxValue: 6 }).apply(x) as Symbolic;
		case 'maxPool':
			return maxPoolOf(node, x);
		case 'avgPool': {
			const g = node.geometry as AvgPoolGeometry;
			if (!g.countPadding) throw new Error(`${node.id}: only averages that count padding are built here`);
			return poolOf(g, x, tfl.layers.averagePooling2d);
		}
		case 'globalAvgPool':
			return tfl.layers
				.reshape({ targetShape: [1, 1, node.outputs[0]!.shape[2]] })
				.apply(tfl.layers.globalAveragePooling2d({}).apply(x)) as Symbolic;
		case 'add':
			return tfl.layers.add().apply(inputs) as Symbolic;
		case 'concat':
			return tfl.layers.concatenate().apply(inputs) as Symbolic;
		case 'channelShuffle': {
			const { groups, channelsPerGroup } = node.geometry as ChannelShuffleGeometry;
			const shape = node.outputs[0]!.shape;
			const rows = tfl.layers
				.reshape({ targetShape: [shape[0], shape[1], groups, channelsPerGroup] })
				.apply(x) as Symbolic;
			const columns = tfl.layers.permute({ dims: [1, 2, 4, 3] }).apply(rows) as Symbolic;
			return tfl.layers.reshape({ targetShape: [...shape] }).apply(columns) as Symbolic;
		}
		case 'dropout':
			return x;
		default:
			throw new Error(`${node.id}: no ${node.op} is built here`);
	}
}

/** Zeros as padding are right after a ReLU only; `'same'`, which Xception has, is the layer's own. */
function maxPoolOf(node: ResolvedNode, x: Symbolic): Symbolic {
	const g = node.geometry as PoolGeometry;
	const { padding } = node.node.options as { padding?: unknown };
	if (padding !== 'same') return poolOf(g, x, tfl.layers.maxPooling2d);
	const { kernelSize, stride } = g;
	return tfl.layers
		.maxPooling2d({ poolSize: [...kernelSize], strides: [...stride], padding })
		.apply(x) as Symbolic;
}

function poolOf(
	g: PoolGeometry,
	x: Symbolic,
	make: (args: Parameters<typeof tfl.layers.maxPooling2d>[0]) => tfl.layers.Layer
): Symbolic {
	const { stride, kernelSize, padding, outputSize, inputs } = g;
	const beyond = (axis: 0 | 1, before: number) =>
		Math.max(0, (outputSize[axis] - 1) * stride[axis] + kernelSize[axis] - before - inputs[0]![axis]);
	const sides = { ...padding, bottom: beyond(0, padding.top), right: beyond(1, padding.left) };
	const layer = make({ poolSize: [...kernelSize], strides: [...stride], padding: 'valid' });
	return layer.apply(pad(x, sides)) as Symbolic;
}

function pad(
	x: Symbolic,
	{ top, bottom, left, right }: { top: number; bottom: number; left: number; right: number }
): Symbolic {
	if (top + bottom + left + right === 0) return x;
	const padding: [[number, number], [number, number]] = [
		[top, bottom],
		[left, right]
	];
	return tfl.layers.zeroPadding2d({ padding }).apply(x) as Symbolic;
}
