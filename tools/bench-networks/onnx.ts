import { createRequire } from 'node:module';
import type { NetworkWeights } from '../../src/lib/formats/tensors';
import type { ResolvedGraph, ResolvedNode } from '../../src/lib/nets';
import {
	activationOf,
	isActivation,
	type ActivationKind,
	type AvgPoolGeometry,
	type BatchNormGeometry,
	type ChannelShuffleGeometry,
	type Conv2dGeometry,
	type DenseGeometry,
	type PoolGeometry
} from '../../src/lib/ops';
import type { onnx as Onnx } from '../../node_modules/onnxruntime-web/lib/onnxjs/ort-schema/protobuf/onnx';

/** ONNX's protobuf messages as onnxruntime itself generates them from its schema; the package does not list them among its entries. */
const { onnx } = createRequire(import.meta.url)(
	'../../node_modules/onnxruntime-web/lib/onnxjs/ort-schema/protobuf/onnx.js'
) as { onnx: typeof Onnx };

const { FLOAT, INT64 } = onnx.TensorProto.DataType;
const { INT, INTS, FLOAT: REAL } = onnx.AttributeProto.AttributeType;

/** The opset whose operators are written; the youngest, Gelu, is as old. */
const opset = 20;

type Attributes = Readonly<Record<string, number | readonly number[]>>;

/** Nodes and weights that have been written so far. */
class Writer {
	readonly nodes: Onnx.INodeProto[] = [];
	readonly initializers: Onnx.ITensorProto[] = [];

	node(opType: string, input: readonly string[], output: string, attributes: Attributes = {}): string {
		const attribute = Object.entries(attributes).map(([name, value]) =>
			typeof value === 'number' ? { name, type: INT, i: value } : { name, type: INTS, ints: [...value] }
		);
		this.nodes.push({ opType, name: output, input: [...input], output: [output], attribute });
		return output;
	}

	/** Gives the last node attributes that are real numbers. */
	reals(attributes: Readonly<Record<string, number>>): void {
		const written = Object.entries(attributes).map(([name, f]) => ({ name, type: REAL, f }));
		this.nodes.at(-1)!.attribute!.push(...written);
	}

	floats(name: string, dims: readonly number[], data: Float32Array): string {
		const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
		this.initializers.push({ name, dataType: FLOAT, dims: [...dims], rawData });
		return name;
	}

	integers(name: string, values: readonly number[]): string {
		this.initializers.push({ name, dataType: INT64, dims: [values.length], int64Data: [...values] });
		return name;
	}
}

/**
 * Writes a network as an ONNX model. Activations are `[1, channels, height, width]` there, so its input is the graph's with the
 * channels first; what comes out, one position of classes, is the same in either order.
 * @throws Error for an operator that none of the four networks has
 */
export function toOnnx(resolved: ResolvedGraph, weights: NetworkWeights): Uint8Array {
	const writer = new Writer();
	for (const node of resolved.nodes) write(writer, node, weights);
	const value = (name: string, [height, width, channels]: readonly number[]): Onnx.IValueInfoProto => ({
		name,
		type: {
			tensorType: {
				elemType: FLOAT,
				shape: { dim: [1, channels!, height!, width!].map((dimValue) => ({ dimValue })) }
			}
		}
	});
	const { graph, output } = resolved;
	return onnx.ModelProto.encode({
		irVersion: 7,
		opsetImport: [{ domain: '', version: opset }],
		producerName: 'lightnets',
		graph: {
			name: graph.name,
			node: writer.nodes,
			initializer: writer.initializers,
			input: graph.inputs.map(({ id, shape }) => value(id, shape)),
			output: [value(output.ref, output.shape)]
		}
	}).finish();
}

function write(writer: Writer, node: ResolvedNode, weights: NetworkWeights): void {
	const { id } = node;
	const inputs = node.inputs.map(({ ref }) => ref);
	const weight = (name: string) => weights[id]![name]!;
	if (isActivation(node.op) && writeActivation(writer, node.op, id, inputs, node.geometry)) return;
	const vector = (name: string) => writer.floats(`${id}.${name}`, weight(name).shape, weight(name).data);
	switch (node.op) {
		case 'conv2d': {
			const { kernelSize, stride, dilation, padding, groups, bias, ...g } = node.geometry as Conv2dGeometry;
			const dims = [g.outChannels, g.inChannelsPerGroup, ...kernelSize];
			const kernel = writer.floats(
				`${id}.kernel`,
				dims,
				outputsFirst(weight('kernel').data, [...kernelSize, g.inChannelsPerGroup], g.outChannels)
			);
			writer.node('Conv', [...inputs, kernel, ...(bias ? [vector('bias')] : [])], id, {
				...{ kernel_shape: kernelSize, strides: stride, dilations: dilation, group: groups },
				pads: [padding.top, padding.left, padding.bottom, padding.right]
			});
			break;
		}
		case 'batchNorm': {
			const { epsilon } = node.geometry as BatchNormGeometry;
			writer.node(
				'BatchNormalization',
				[...inputs, ...['gamma', 'beta', 'mean', 'variance'].map(vector)],
				id
			);
			writer.reals({ epsilon });
			break;
		}
		case 'relu6':
			writer.node(
				'Clip',
				[
					...inputs,
					writer.floats(`${id}.min`, [], new Float32Array([0])),
					writer.floats(`${id}.max`, [], new Float32Array([6]))
				],
				id
			);
			break;
		case 'maxPool':
			writer.node('MaxPool', inputs, id, poolAttributes(node.geometry as PoolGeometry));
			break;
		case 'avgPool': {
			const g = node.geometry as AvgPoolGeometry;
			writer.node('AveragePool', inputs, id, {
				...poolAttributes(g),
				count_include_pad: Number(g.countPadding)
			});
			break;
		}
		case 'globalAvgPool':
			writer.node('GlobalAveragePool', inputs, id);
			break;
		case 'add':
			writer.node('Add', inputs, id);
			break;
		case 'concat':
			writer.node('Concat', inputs, id, { axis: 1 });
			break;
		case 'channelShuffle': {
			const { groups, channelsPerGroup } = node.geometry as ChannelShuffleGeometry;
			const [height, width, channels] = node.outputs[0].shape;
			const apart = writer.integers(`${id}.apart`, [1, groups, channelsPerGroup, height, width]);
			const joined = writer.integers(`${id}.joined`, [1, channels, height, width]);
			writer.node('Reshape', [...inputs, apart], `${id}.groups`);
			writer.node('Transpose', [`${id}.groups`], `${id}.turned`, { perm: [0, 2, 1, 3, 4] });
			writer.node('Reshape', [`${id}.turned`, joined], id);
			break;
		}
		case 'dense': {
			// At one position of the input it is a pointwise convolution, and flattening needs no other order of the weights.
			const { taps, outChannels, inputs: shapes } = node.geometry as DenseGeometry;
			if (shapes[0]![0] !== 1 || shapes[0]![1] !== 1)
				throw new Error(`${id}: only dense layers on one position are written`);
			const kernel = writer.floats(
				`${id}.kernel`,
				[outChannels, taps, 1, 1],
				outputsFirst(weight('kernel').data, [1, 1, taps], outChannels)
			);
			writer.node('Conv', [...inputs, kernel, vector('bias')], id, { kernel_shape: [1, 1] });
			break;
		}
		case 'softmax':
			writer.node('Softmax', inputs, id, { axis: 1 });
			break;
		case 'dropout':
			writer.node('Identity', inputs, id);
			break;
		default:
			throw new Error(`${id}: no ${node.op} is written here`);
	}
}

/** Writes an activation that ONNX has an operator for. @returns whether it has */
function writeActivation(
	writer: Writer,
	kind: ActivationKind,
	id: string,
	inputs: readonly string[],
	geometry: object
): boolean {
	const call = activationOf(kind).onnx(geometry);
	if (!call) return false;
	const [type, attributes = {}] = call;
	writer.node(type, inputs, id);
	writer.reals(attributes);
	return true;
}

/** The pool's window, with as much padding behind as a last window that hangs over needs. */
function poolAttributes({ kernelSize, stride, padding, outputSize, inputs }: PoolGeometry): Attributes {
	const behind = (axis: 0 | 1, before: number) =>
		Math.max(0, (outputSize[axis] - 1) * stride[axis] + kernelSize[axis] - before - inputs[0]![axis]);
	return {
		kernel_shape: kernelSize,
		strides: stride,
		pads: [padding.top, padding.left, behind(0, padding.top), behind(1, padding.left)]
	};
}

/** `[height, width, inputs, outputs]` as `[outputs, inputs, height, width]`. */
function outputsFirst(
	kernel: Float32Array,
	[height, width, inputs]: readonly number[],
	outputs: number
): Float32Array {
	const turned = new Float32Array(kernel.length);
	const area = height! * width!;
	let from = 0;
	for (let at = 0; at < area; at++)
		for (let i = 0; i < inputs!; i++)
			for (let o = 0; o < outputs; o++) turned[(o * inputs! + i) * area + at] = kernel[from++]!;
	return turned;
}
