import type { ResolvedGraph, ResolvedNode } from '../nets';
import type {
	AvgPoolGeometry,
	BatchNormGeometry,
	ChannelShuffleGeometry,
	Conv2dGeometry,
	DenseGeometry,
	DropoutGeometry,
	Kind,
	OptionsOf,
	Placement,
	Shape,
	Sides
} from '../ops';
import { unsupported, type Preprocessing } from './format';
import { writeTensors } from './tfjs';
import type { NamedTensor, NetworkWeights } from './tensors';

/** What a layers model is written of, beside the network and its weights. */
export interface LayersModelOptions {
	/** How the network wants its pictures: that becomes the first layer, so that the model takes RGB from -1 to 1. */
	readonly preprocessing: Preprocessing;
	/** Names of the classes, in the order of the output. */
	readonly labels: readonly string[];
	/** When it was made, in ISO 8601. */
	readonly time: string;
}

/**
 * Writes a network as a layers model of TensorFlow.js, in the three files that Teachable Machine's image projects have: `model.json`,
 * `weights.bin` and, with the names of the classes, `metadata.json`. The model takes a picture's whole square as RGB from -1 to 1,
 * as theirs do, so that whatever opens those opens this.
 *
 * Layers of TensorFlow.js know no grouped convolution: each group is cut out, convolved, and joined again, so that weights and
 * multiply-adds stay as many as they are.
 * @throws {FormatError} `unsupported` for an operator that its layers cannot express
 */
export function writeLayersModel(
	resolved: ResolvedGraph,
	weights: NetworkWeights,
	{ preprocessing, labels, time }: LayersModelOptions
): ReadonlyMap<string, Uint8Array> {
	const writer = new Writer(resolved, weights, preprocessing);
	for (const node of resolved.nodes) writer.write(node);
	const { graph, outputs } = resolved;
	const { model, shards } = writeTensors(writer.tensors, { shardBytes: Infinity });
	const [shard] = [...shards.values()];
	const { weightsManifest } = JSON.parse(model) as { weightsManifest: { weights: unknown }[] };
	const topology = {
		format: 'layers-model',
		generatedBy: 'Lightnets',
		convertedBy: null,
		modelTopology: {
			class_name: 'Functional',
			config: {
				name: graph.name.replaceAll('/', '_'),
				layers: writer.layers,
				input_layers: graph.inputs.map(({ id }) => [layerName(id), 0, 0]),
				output_layers: outputs.map(({ ref }) => [writer.layerOf(ref), 0, 0])
			},
			keras_version: '2.15.0',
			backend: 'tensorflow'
		},
		weightsManifest: [{ paths: ['weights.bin'], weights: weightsManifest[0]!.weights }]
	};
	const [height, width] = graph.inputs[0]!.shape;
	const about = {
		packageName: '@teachablemachine/image',
		packageVersion: '0.8.4',
		tfjsVersion: '4.22.0',
		timeStamp: time,
		userMetadata: {},
		modelName: graph.name,
		labels,
		imageSize: Math.max(height, width)
	};
	return new Map([
		['model.json', textBytes(JSON.stringify(topology))],
		['weights.bin', shard!],
		['metadata.json', textBytes(JSON.stringify(about, null, '\t'))]
	]);
}

const textBytes = (text: string) => new TextEncoder().encode(text);

/** Slashes would be taken for the names of models around a layer. */
const layerName = (id: string): string => id.replaceAll(/[^\w.-]+/g, '_');

/** Layers of one input and no weights; `null` for another kind of operator. */
function plainLayer(op: Kind, geometry: object): readonly [type: string, config: object] | null {
	switch (op) {
		case 'relu':
			return ['ReLU', {}];
		case 'relu6':
			return ['ReLU', { max_value: 6 }];
		case 'sigmoid':
		case 'tanh':
		case 'selu':
		case 'swish':
			return ['Activation', { activation: op }];
		case 'elu':
			return ['ELU', { alpha: (geometry as OptionsOf<'elu'>).alpha ?? 1 }];
		case 'leakyRelu':
			return ['LeakyReLU', { alpha: (geometry as OptionsOf<'leakyRelu'>).alpha ?? 0.01 }];
		case 'softmax':
			return ['Softmax', { axis: -1 }];
		case 'dropout':
			return ['Dropout', { rate: (geometry as DropoutGeometry).rate }];
		case 'globalAvgPool':
			return ['GlobalAveragePooling2D', {}];
		case 'globalMaxPool':
			return ['GlobalMaxPooling2D', {}];
		default:
			return null;
	}
}

/** Operators that never give less than 0 where what they read is not less. */
const keepsSign: ReadonlySet<Kind> = new Set([
	'concat',
	'maxPool',
	'avgPool',
	'dropout',
	'channelShuffle',
	'add'
]);
const neverNegative: ReadonlySet<Kind> = new Set(['relu', 'relu6', 'sigmoid', 'softmax']);

function isNeverNegative({ op, inputs }: ResolvedNode): boolean {
	if (neverNegative.has(op)) return true;
	return keepsSign.has(op) && inputs.every(({ producer }) => producer !== null && isNeverNegative(producer));
}

class Writer {
	readonly layers: object[] = [];
	readonly tensors: NamedTensor[] = [];
	/** By reference: the layer that gives it, and whether it is a row without height and width. */
	readonly #made = new Map<string, { readonly layer: string; readonly isRow: boolean }>();
	readonly #names = new Set<string>();

	constructor(
		resolved: ResolvedGraph,
		readonly weights: NetworkWeights,
		preprocessing: Preprocessing
	) {
		for (const { id, shape } of resolved.graph.inputs) {
			const layer = this.#layer('InputLayer', layerName(id), [], {
				batch_input_shape: [null, shape[0], shape[1], 3],
				dtype: 'float32',
				sparse: false
			});
			this.#made.set(id, { layer: this.#prepare(layer, shape, preprocessing), isRow: false });
		}
	}

	layerOf(ref: string): string {
		return this.#made.get(ref)!.layer;
	}

	write(node: ResolvedNode): void {
		const { id, op, geometry, inputs, outputs } = node;
		const name = layerName(id);
		const isRow = op === 'dense' || op === 'globalAvgPool' || op === 'globalMaxPool';
		const readsRow = inputs.every(({ ref }) => this.#made.get(ref)!.isRow);
		const keepsRow = readsRow && op !== 'conv2d' && op !== 'maxPool' && op !== 'avgPool';
		const give = (layer: string) => this.#made.set(outputs[0].ref, { layer, isRow: isRow || keepsRow });
		const read = inputs.map((tensor) =>
			keepsRow ? this.layerOf(tensor.ref) : this.#map(tensor.ref, tensor.shape)
		);
		const [x] = read as [string];
		const plain = plainLayer(op, geometry);
		if (plain) {
			const [type, config] = plain;
			give(this.#layer(type, name, [x], config));
			return;
		}
		switch (op) {
			case 'conv2d':
				give(this.#convolution(node, name, x));
				return;
			case 'dense':
				give(this.#dense(node, name, x));
				return;
			case 'batchNorm':
				give(this.#batchNorm(node, name, x));
				return;
			case 'maxPool':
			case 'avgPool':
				give(this.#pool(node, name, x));
				return;
			case 'add':
			case 'multiply':
				give(this.#layer(op === 'add' ? 'Add' : 'Multiply', name, read, {}));
				return;
			case 'concat':
				give(this.#layer('Concatenate', name, read, { axis: -1 }));
				return;
			case 'channelShuffle': {
				const { groups, channelsPerGroup } = geometry as ChannelShuffleGeometry;
				const [height, width, channels] = outputs[0].shape;
				const parted = [height, width, groups, channelsPerGroup];
				const rows = this.#layer('Reshape', `${name}_parted`, [x], { target_shape: parted });
				const turned = this.#layer('Permute', `${name}_turned`, [rows], { dims: [1, 2, 4, 3] });
				give(this.#layer('Reshape', name, [turned], { target_shape: [height, width, channels] }));
				return;
			}
			default:
				throw unsupported('model.json', 'operator', { name: id, type: op });
		}
	}

	/** A tensor with height and width. */
	#map(ref: string, shape: Shape): string {
		const { layer, isRow } = this.#made.get(ref)!;
		return isRow ? this.#layer('Reshape', `${layer}_map`, [layer], { target_shape: [...shape] }) : layer;
	}

	/** From RGB between -1 and 1 to what the network wants: a pointwise convolution with bias, which padding does not come into. */
	#prepare(input: string, [, , channels]: Shape, { order, mean, deviation }: Preprocessing): string {
		const kernel = new Float32Array(3 * channels);
		// Source of the shares of grey: Rec. ITU-R BT.601, as the engine has them.
		const grey = [0.299, 0.587, 0.114];
		for (let from = 0; from < 3; from++)
			for (let to = 0; to < channels; to++) {
				const own = order === 'rgb' ? to : 2 - to;
				const share = channels === 1 ? grey[from]! : Number(own === from);
				kernel[from * channels + to] = (share * 127.5) / deviation[to]!;
			}
		const bias = Float32Array.from({ length: channels }, (_, to) => (127.5 - mean[to]!) / deviation[to]!);
		const isDone = channels === 3 && bias.every((b) => b === 0) && [0, 4, 8].every((i) => kernel[i] === 1);
		if (isDone) return input;
		const config = {
			filters: channels,
			kernel_size: [1, 1],
			strides: [1, 1],
			padding: 'valid',
			use_bias: true
		};
		const name = this.#layer('Conv2D', 'preprocessing', [input], config);
		this.#weight(name, 'kernel', [1, 1, 3, channels], kernel);
		this.#weight(name, 'bias', [channels], bias);
		return name;
	}

	#convolution(node: ResolvedNode, name: string, x: string): string {
		const g = node.geometry as Conv2dGeometry;
		const { kernel, bias } = this.weights[node.id]!;
		const { padding, from } = this.#padded(name, x, g, g.inputs[0]!);
		const { groups, inChannels, inChannelsPerGroup, outChannels, outChannelsPerGroup } = g;
		const shared = {
			kernel_size: [...g.kernelSize],
			strides: [...g.stride],
			dilation_rate: [...g.dilation],
			...{ padding, use_bias: g.bias }
		};
		const [kh, kw] = g.kernelSize;
		if (groups > 1 && inChannelsPerGroup === 1) {
			const made = this.#layer('DepthwiseConv2D', name, [from], {
				...shared,
				depth_multiplier: outChannelsPerGroup
			});
			this.#weight(made, 'depthwise_kernel', [kh, kw, inChannels, outChannelsPerGroup], kernel!.data);
			if (bias) this.#weight(made, 'bias', [outChannels], bias.data);
			return made;
		}
		if (groups === 1) {
			const made = this.#layer('Conv2D', name, [from], { ...shared, filters: outChannels });
			this.#weight(made, 'kernel', [kh, kw, inChannels, outChannels], kernel!.data);
			if (bias) this.#weight(made, 'bias', [outChannels], bias.data);
			return made;
		}
		const parts = Array.from({ length: groups }, (_, group) => {
			const start = group * inChannelsPerGroup;
			const end = inChannels - start - inChannelsPerGroup;
			// Named as if channels came first, it cuts the last axis.
			const part = this.#layer('Cropping2D', `${name}_part${group}`, [from], {
				cropping: [
					[0, 0],
					[start, end]
				],
				data_format: 'channels_first'
			});
			const made = this.#layer('Conv2D', `${name}_group${group}`, [part], {
				...shared,
				filters: outChannelsPerGroup
			});
			const first = group * outChannelsPerGroup;
			const own = new Float32Array(kh * kw * inChannelsPerGroup * outChannelsPerGroup).map(
				(_value, i) =>
					kernel!.data[Math.floor(i / outChannelsPerGroup) * outChannels + first + (i % outChannelsPerGroup)]!
			);
			this.#weight(made, 'kernel', [kh, kw, inChannelsPerGroup, outChannelsPerGroup], own);
			if (bias)
				this.#weight(
					made,
					'bias',
					[outChannelsPerGroup],
					bias.data.slice(first, first + outChannelsPerGroup)
				);
			return made;
		});
		return this.#layer('Concatenate', name, parts, { axis: -1 });
	}

	#dense(node: ResolvedNode, name: string, x: string): string {
		const { outChannels, bias: hasBias } = node.geometry as DenseGeometry;
		const { kernel, bias } = this.weights[node.id]!;
		const isRow = this.#made.get(node.inputs[0].ref)!.isRow;
		const flat = isRow ? this.layerOf(node.inputs[0].ref) : this.#layer('Flatten', `${name}_flat`, [x], {});
		const made = this.#layer('Dense', name, [flat], {
			units: outChannels,
			use_bias: hasBias,
			activation: 'linear'
		});
		this.#weight(made, 'kernel', kernel!.shape, kernel!.data);
		if (bias) this.#weight(made, 'bias', [outChannels], bias.data);
		return made;
	}

	#batchNorm(node: ResolvedNode, name: string, x: string): string {
		const { epsilon, scale, center } = node.geometry as BatchNormGeometry;
		const made = this.#layer('BatchNormalization', name, [x], { axis: -1, epsilon, scale, center });
		const { gamma, beta, mean, variance } = this.weights[node.id]!;
		const channels = [node.outputs[0].shape[2]];
		if (gamma) this.#weight(made, 'gamma', channels, gamma.data);
		if (beta) this.#weight(made, 'beta', channels, beta.data);
		this.#weight(made, 'moving_mean', channels, mean!.data);
		this.#weight(made, 'moving_variance', channels, variance!.data);
		return made;
	}

	#pool(node: ResolvedNode, name: string, x: string): string {
		const g = node.geometry as AvgPoolGeometry;
		const isMax = node.op === 'maxPool';
		const reach = reachOf(g, g.inputs[0]!);
		const isPadded = Math.max(...Object.values(reach)) > 0;
		const { producer } = node.inputs[0];
		// A maximum over what is never negative is not changed by zeros; an average has to count them.
		const takesZeros = isMax ? producer !== null && isNeverNegative(producer) : g.countPadding;
		const isOwn = isSame(g, g.inputs[0]!) && (isMax || !g.countPadding);
		if (Math.max(...g.dilation) > 1 || (isPadded && !isOwn && !takesZeros))
			throw unsupported('model.json', 'operator', { name: node.id, type: node.op });
		const padding = isPadded && isOwn ? 'same' : 'valid';
		const from = isPadded && !isOwn ? this.#zeros(name, x, reach) : x;
		return this.#layer(isMax ? 'MaxPooling2D' : 'AveragePooling2D', name, [from], {
			pool_size: [...g.kernelSize],
			strides: [...g.stride],
			padding
		});
	}

	/** What a window of these places reads: its own padding where Keras has it, zeros around otherwise. */
	#padded(name: string, x: string, g: Placement, input: Shape) {
		const reach = reachOf(g, input);
		if (Math.max(...Object.values(reach)) === 0) return { padding: 'valid', from: x };
		if (isSame(g, input)) return { padding: 'same', from: x };
		return { padding: 'valid', from: this.#zeros(name, x, reach) };
	}

	#zeros(name: string, x: string, { top, bottom, left, right }: Sides): string {
		const padding = [
			[top, bottom],
			[left, right]
		];
		return this.#layer('ZeroPadding2D', `${name}_padding`, [x], { padding });
	}

	#layer(type: string, wanted: string, inputs: readonly string[], config: object): string {
		let name = wanted;
		for (let n = 2; this.#names.has(name); n++) name = `${wanted}_${n}`;
		this.#names.add(name);
		this.layers.push({
			class_name: type,
			name,
			config: { name, trainable: true, ...config },
			inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input) => [input, 0, 0, {}])]
		});
		return name;
	}

	#weight(layer: string, role: string, shape: readonly number[], data: Float32Array): void {
		this.tensors.push({ name: `${layer}/${role}`, shape, data });
	}
}

/** Rows and columns beyond the picture that windows read; none of padding that no window comes to. */
function reachOf(
	{ padding, stride, effectiveKernelSize, outputSize }: Placement,
	[height, width]: Shape
): Sides {
	const beyond = (axis: 0 | 1, before: number, size: number) =>
		Math.max(0, (outputSize[axis] - 1) * stride[axis] + effectiveKernelSize[axis] - before - size);
	const { top, left } = padding;
	return { top, left, bottom: beyond(0, top, height), right: beyond(1, left, width) };
}

/** Whether TensorFlow's own padding of this size is what windows read: as many outputs as strides fit, the odd line below and to the right. */
function isSame(g: Placement, input: Shape): boolean {
	const { top, bottom, left, right } = reachOf(g, input);
	const isWhole = ([0, 1] as const).every(
		(axis) => g.outputSize[axis] === Math.ceil(input[axis] / g.stride[axis])
	);
	return isWhole && top === Math.floor((top + bottom) / 2) && left === Math.floor((left + right) / 2);
}
