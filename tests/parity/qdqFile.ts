import { groupNodes, type Group } from '../../src/lib/nets/quantization/groups';
import type { FileIntegers } from '../../src/lib/nets/quantization/fileNetwork';
import type { StoredWeights } from '../../src/lib/nets/quantization/kernel';
import type { ResolvedGraph } from '../../src/lib/nets';
import type {
	AvgPoolGeometry,
	ChannelShuffleGeometry,
	Conv2dGeometry,
	DenseGeometry,
	Geometry,
	PoolGeometry,
	Shape,
	Window
} from '../../src/lib/ops';
import { permute } from '../../src/lib/formats/permute';
import { Message } from '../../src/lib/formats/wireWriter';

/** `TensorProto.DataType`. */
const [FLOAT, UINT8, INT8, INT32, INT64] = [1, 2, 3, 6, 7] as const;

/**
 * A network as an ONNX file that tools for quantisation would write: whatever is rounded is followed by QuantizeLinear and
 * DequantizeLinear, weights are integers before a DequantizeLinear.
 * @param isSigned activations from −128 to 127
 */
export function qdqFile(
	resolved: ResolvedGraph,
	weights: StoredWeights,
	integers: FileIntegers,
	isSigned: boolean
): Uint8Array {
	const file = new QdqFile(weights, integers, isSigned);
	const [input] = resolved.tensors;
	file.round(`${input.ref}.real`, input.ref);
	for (const group of groupNodes(resolved, ({ ref }) => Object.hasOwn(integers, ref))) file.write(group);
	const output = resolved.output;
	const softmax = output.producer?.op === 'softmax' ? output.producer : null;
	if (softmax) file.node('Softmax', [softmax.inputs[0].ref], output.ref, { axis: 1 });
	const graph = new Message()
		.text(2, 'case')
		.each(file.nodes, (message, node) => message.message(1, node))
		.each(file.initializers, (message, tensor) => message.message(5, tensor))
		.message(11, valueInfo(`${input.ref}.real`, planes(input.shape)))
		.message(12, valueInfo(output.ref, null));
	return new Message().int(1, 8).message(7, graph).message(8, new Message().text(1, '').int(2, 13)).finish();
}

const planes = ([height, width, channels]: Shape): readonly number[] => [1, channels, height, width];

function valueInfo(name: string, dims: readonly number[] | null): Message {
	const tensor = new Message().int(1, FLOAT);
	if (dims)
		tensor.message(
			2,
			new Message().each(dims, (message, n) => message.message(1, new Message().int(1, n)))
		);
	return new Message().text(1, name).message(2, new Message().message(1, tensor));
}

type Attributes = Readonly<Record<string, number | readonly number[]>>;

class QdqFile {
	readonly nodes: Message[] = [];
	readonly initializers: Message[] = [];

	constructor(
		readonly weights: StoredWeights,
		readonly integers: FileIntegers,
		readonly isSigned: boolean
	) {}

	node(type: string, inputs: readonly string[], output: string, attributes: Attributes = {}): void {
		const message = new Message()
			.each(inputs, (of, input) => of.text(1, input))
			.text(2, output)
			.text(3, `${output}/${type}`)
			.text(4, type)
			.each(Object.entries(attributes), (of, [name, value]) => {
				const attribute = new Message().text(1, name);
				if (typeof value === 'number') of.message(5, attribute.int(3, value).int(20, 2));
				else of.message(5, attribute.each(value, (list, n) => list.int(8, n)).int(20, 7));
			});
		this.nodes.push(message);
	}

	/** Rounds a tensor to the integers that the file has for it. */
	round(from: string, ref: string): void {
		const { scale, zeroPoint } = this.integers[ref]!;
		const zero = this.isSigned ? Int8Array.of(zeroPoint - 128) : Uint8Array.of(zeroPoint);
		const of = [
			this.#constant(`${ref}.scale`, FLOAT, [], Float32Array.of(scale)),
			this.#constant(`${ref}.zero`, this.isSigned ? INT8 : UINT8, [], zero)
		];
		this.node('QuantizeLinear', [from, ...of], `${ref}.integers`);
		this.node('DequantizeLinear', [`${ref}.integers`, ...of], ref);
	}

	write({ main, inputs, activation, output }: Group): void {
		const { ref } = output;
		const isRounded = Object.hasOwn(this.integers, ref);
		const last = isRounded ? `${ref}.real` : ref;
		const own = main.op === 'relu' || main.op === 'relu6' ? 'none' : activation;
		const made = own === 'none' ? last : `${ref}.sum`;
		this.#operator(
			main.op,
			main.id,
			inputs.map((of) => of.ref),
			made,
			main.geometry
		);
		if (own !== 'none') this.#operator(own, ref, [made], last, main.geometry);
		if (isRounded) this.round(last, ref);
	}

	#operator(op: string, id: string, inputs: readonly string[], output: string, geometry: Geometry): void {
		switch (op) {
			case 'conv2d': {
				const g = geometry as Conv2dGeometry;
				const [kh, kw] = g.kernelSize;
				const kernel = this.#weight(
					id,
					'kernel',
					[g.outChannels, g.inChannelsPerGroup, kh, kw],
					0,
					(values) => permute(values, [kh, kw, g.inChannelsPerGroup, g.outChannels], [3, 2, 0, 1])
				);
				const bias = g.bias ? [this.#weight(id, 'bias', [g.outChannels], 0)] : [];
				return this.node('Conv', [...inputs, kernel, ...bias], output, { ...windowOf(g), group: g.groups });
			}
			case 'dense': {
				const { taps, outChannels, bias, inputs: shapes } = geometry as DenseGeometry;
				const [height, width, channels] = shapes[0];
				this.node('Flatten', inputs, `${id}.flat`, { axis: 1 });
				const kernel = this.#weight(id, 'kernel', [taps, outChannels], 1, (values) =>
					permute(values, [height, width, channels, outChannels], [2, 0, 1, 3])
				);
				const read = [`${id}.flat`, kernel, ...(bias ? [this.#weight(id, 'bias', [outChannels], 0)] : [])];
				return this.node('Gemm', read, output);
			}
			case 'maxPool':
				return this.node('MaxPool', inputs, output, windowOf(geometry as PoolGeometry));
			case 'avgPool': {
				const g = geometry as AvgPoolGeometry;
				return this.node('AveragePool', inputs, output, {
					...windowOf(g),
					count_include_pad: g.countPadding ? 1 : 0
				});
			}
			case 'globalAvgPool':
				return this.node('GlobalAveragePool', inputs, output);
			case 'add':
				return this.node('Add', inputs, output);
			case 'concat':
				return this.node('Concat', inputs, output, { axis: 1 });
			case 'relu':
				return this.node('Relu', inputs, output);
			case 'relu6': {
				const ends = [0, 6].map((value) =>
					this.#constant(`${output}.${value}`, FLOAT, [], Float32Array.of(value))
				);
				return this.node('Clip', [...inputs, ...ends], output);
			}
			case 'channelShuffle': {
				const { groups, inputs: shapes } = geometry as ChannelShuffleGeometry;
				const [height, width, channels] = shapes[0];
				const shape = (name: string, dims: readonly number[]) =>
					this.#constant(`${id}.${name}`, INT64, [dims.length], BigInt64Array.from(dims, BigInt));
				this.node(
					'Reshape',
					[...inputs, shape('split', [1, groups, channels / groups, height, width])],
					`${id}.a`
				);
				this.node('Transpose', [`${id}.a`], `${id}.b`, { perm: [0, 2, 1, 3, 4] });
				return this.node('Reshape', [`${id}.b`, shape('joined', [1, channels, height, width])], output);
			}
			default:
				throw new Error(`${op} is not written`);
		}
	}

	/** Integers and, after a DequantizeLinear, what they stand for. */
	#weight(
		id: string,
		name: string,
		dims: readonly number[],
		axis: number,
		turn = (values: Int32Array): Int32Array => values
	): string {
		const { values, scales, zeroPoints } = this.weights[id]![name]!.quantized!;
		const turned = turn(Int32Array.from(values));
		const isKernel = name === 'kernel';
		const ref = `${id}.${name}`;
		const count = scales.length === 1 ? [] : [scales.length];
		const isUnsigned = isKernel && zeroPoints[0] !== 0;
		const [type, array] = isUnsigned
			? ([UINT8, Uint8Array] as const)
			: isKernel
				? ([INT8, Int8Array] as const)
				: ([INT32, Int32Array] as const);
		this.node(
			'DequantizeLinear',
			[
				this.#constant(`${ref}.integers`, type, dims, array.from(turned)),
				this.#constant(`${ref}.scales`, FLOAT, count, Float32Array.from(scales)),
				this.#constant(`${ref}.zeros`, type, count, array.from(zeroPoints))
			],
			ref,
			{ axis }
		);
		return ref;
	}

	#constant(name: string, type: number, dims: readonly number[], data: ArrayBufferView): string {
		this.initializers.push(
			new Message()
				.each(dims, (message, n) => message.int(1, n))
				.int(2, type)
				.text(8, name)
				.bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
		);
		return name;
	}
}

/** Without `ceil_mode`: padding below and to the right says it. */
const windowOf = ({
	kernelSize,
	stride,
	dilation,
	padding,
	outputSize,
	inputs: [[height, width]]
}: Window & Geometry): Attributes => {
	const after = (axis: 0 | 1, before: number, size: number) =>
		Math.max(
			0,
			(outputSize[axis] - 1) * stride[axis] + (kernelSize[axis] - 1) * dilation[axis] + 1 - before - size
		);
	return {
		kernel_shape: kernelSize,
		strides: stride,
		...(Math.max(...dilation) > 1 && { dilations: dilation }),
		pads: [padding.top, padding.left, after(0, padding.top, height), after(1, padding.left, width)]
	};
};
