import type { ResolvedGraph, ResolvedNode } from '../../nets';
import { sharesWeights } from '../../nets/analyses/cost';
import { rowEnd } from '../../nets/analyses/rowEnd';
import {
	activationOf,
	isActivation,
	isValueByValue,
	sizeOf,
	type ActivationKind,
	type AvgPoolGeometry,
	type BatchNormGeometry,
	type BlockGeometry,
	type ChannelShuffleGeometry,
	type Conv2dGeometry,
	type DenseGeometry,
	type DropoutGeometry,
	type LayerNormGeometry,
	type LocalResponseNormGeometry,
	type OptionsOf,
	type PadGeometry,
	type PoolGeometry,
	type PreluGeometry,
	type ResizeGeometry,
	type ScaleGeometry,
	type Shape,
	type SplitGeometry,
	type TransposedConv2dGeometry
} from '../../ops';
import { unsupported, type FileOutput, type Preprocessing } from '../format';
import { permute } from '../permute';
import type { NetworkWeights } from '../tensors';
import { Message } from '../wireWriter';
import { fixedEnding, labelsKey, preparationKey, preparationText, producer } from './metadata';

/** The opset whose operators are written; the youngest, Gelu, is as old. */
const opset = 20;
/** `TensorProto.DataType`. */
const [FLOAT, INT64] = [1, 7];
/** What a weight is filled with where there are none, as in ONNX's own files of structures. */
const filler = 0.01;

/** A number is a whole one; those that need not be stand in an object. */
type Attribute = number | readonly number[] | string | { readonly real: number };
type Attributes = Readonly<Record<string, Attribute>>;

/** What an ONNX model is written of beside its network and weights: it stands in its metadata. */
export interface OnnxAbout {
	/** Names of the classes, in the order of the output. */
	readonly labels?: readonly string[] | null;
	/** How the network wants its pictures. */
	readonly preprocessing?: Preprocessing | null;
	/** Share of a picture's short side that it was trained on. */
	readonly share?: number;
	/** Whether the output is to be a row of numbers, without height and width. */
	readonly isRow?: boolean;
	/** The outputs of the file that it is from. */
	readonly fileOutputs?: readonly FileOutput[];
	/** Whether it is open how many pictures come at once. */
	readonly isBatchOpen?: boolean;
}

/**
 * Writes a network as an ONNX model, as PyTorch would: pictures are `[1, channels, height, width]`, and `[1, channels]` after a dense
 * layer. Weights that layers share are written once, and are read by all of them.
 * @param weights without them, the file says how to fill them in, and holds the structure alone
 * @throws {FormatError} `unsupported` for an operator that is not known here
 */
export function toOnnx(
	resolved: ResolvedGraph,
	weights: NetworkWeights | null,
	{ labels = null, preprocessing = null, share, isRow = false, isBatchOpen = false }: OnnxAbout = {}
): Uint8Array<ArrayBuffer> {
	const isOpen = isBatchOpen && !resolved.nodes.some(fixesBatch);
	const writer = new Writer(resolved, weights, { row: isRow ? rowEnd(resolved) : null, isOpen });
	for (const node of resolved.nodes) writer.write(node);
	const { graph, outputs } = resolved;
	const body = new Message()
		.text(2, graph.name)
		.each(writer.nodes, (message, node) => message.message(1, node))
		.each(writer.initializers, (message, tensor) => message.message(5, tensor))
		.each(graph.inputs, (message, { id, shape }) =>
			message.message(11, valueInfo(id, pictureDims(shape), isOpen))
		)
		.each(outputs, (message, { ref, shape }) =>
			message.message(12, valueInfo(ref, writer.dimsOf(ref, shape), isOpen))
		);
	const model = new Message()
		.int(1, 8)
		.text(2, producer)
		.message(7, body)
		.message(8, new Message().text(1, '').int(2, opset));
	const entries = [
		...(labels ? [[labelsKey, JSON.stringify(labels)]] : []),
		...(preprocessing ? [[preparationKey, preparationText(preprocessing, share)]] : [])
	] as const;
	return model
		.each(entries, (message, [key = '', value = '']) =>
			message.message(14, new Message().text(1, key).text(2, value))
		)
		.finish();
}

/**
 * Outputs that have another name or shape in the file that is written than in the one that the network is from.
 * @throws {FormatError} as {@link toOnnx}
 */
export function changedOutputs(
	resolved: ResolvedGraph,
	{ isRow = false, fileOutputs = [] }: OnnxAbout
): (readonly [from: FileOutput, to: FileOutput])[] {
	const { outputs } = resolved;
	if (fileOutputs.length !== outputs.length) return [];
	const writer = new Writer(resolved, null, { row: isRow ? rowEnd(resolved) : null, isOpen: false });
	for (const node of resolved.nodes) writer.write(node);
	return outputs.flatMap(({ ref, shape }, i) => {
		const [from, to] = [fileOutputs[i]!, { name: ref, dims: writer.dimsOf(ref, shape) }];
		return from.name === to.name && String(from.dims) === String(to.dims) ? [] : [[from, to] as const];
	});
}

/** Whether a network has only operators that ONNX files can be written of. */
export const isWritable = ({ nodes }: ResolvedGraph): boolean => nodes.every(({ op }) => op !== 'opaque');

const pictureDims = ([height, width, channels]: Shape): readonly number[] => [1, channels, height, width];

/** Whether a node is written with the whole shape of what it makes: resizing to a size, and not by factors. */
const fixesBatch = ({ op, node }: ResolvedNode): boolean =>
	op.startsWith('resize') && !(node.options as OptionsOf<'resizeNearest'>).factors;

/** @param isOpen whether how many pictures come at once has a name, and no number */
function valueInfo(name: string, dims: readonly number[], isOpen: boolean): Message {
	const shape = new Message();
	dims.forEach((n, axis) =>
		shape.message(1, isOpen && axis === 0 ? new Message().text(2, 'batch') : new Message().int(1, n))
	);
	const type = new Message().message(1, new Message().int(1, FLOAT).message(2, shape));
	return new Message().text(1, name).message(2, type);
}

function tensor(name: string, type: number, dims: readonly number[], data: ArrayBufferView): Message {
	return new Message()
		.each(dims, (message, n) => message.int(1, n))
		.int(2, type)
		.text(8, name)
		.bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function attributeOf(name: string, value: Attribute): Message {
	const message = new Message().text(1, name);
	// The last field is the type: 1 a real number, 2 a whole one, 3 a text, 7 whole numbers.
	if (typeof value === 'number') return message.int(3, value).int(20, 2);
	if (typeof value === 'string') return message.text(4, value).int(20, 3);
	if ('real' in value) return message.float(2, value.real).int(20, 1);
	return message.each(value, (of, n) => of.int(8, n)).int(20, 7);
}

class Writer {
	readonly nodes: Message[] = [];
	readonly initializers: Message[] = [];
	/** How many nodes were called so. */
	readonly #names = new Map<string, number>();
	/** Tensors that are `[1, channels]` in the file. */
	readonly #flat = new Set<string>();
	/** Those of them that were given their height and width back, by what they are called then. */
	readonly #restored = new Map<string, string>();
	/** Weights of layers that others share, as they stand in the file. */
	readonly #written = new Map<string, Written>();

	readonly #fixedNames = new Set<string>();
	/** For each layer that shares the weights of another, that one. */
	readonly #owners: ReadonlyMap<string, string>;
	/** Those others. */
	readonly #shared: ReadonlySet<string>;

	constructor(
		readonly resolved: ResolvedGraph,
		readonly weights: NetworkWeights | null,
		readonly about: {
			/** What gives the row that the output is to be. */
			readonly row: ResolvedNode | null;
			readonly isOpen: boolean;
		}
	) {
		this.#owners = new Map(
			resolved.nodes.flatMap((node) =>
				sharesWeights(resolved, node) ? [[node.id, node.node.sharesWith!] as const] : []
			)
		);
		this.#shared = new Set(this.#owners.values());
	}

	/** The shape that a tensor has in the file. */
	dimsOf(ref: string, shape: Shape): readonly number[] {
		return this.#flat.has(ref) ? [1, shape[2]] : pictureDims(shape);
	}

	write(node: ResolvedNode): void {
		if (node !== this.about.row) return this.#write(node);
		const [{ ref }] = node.outputs;
		this.#renamed = [ref, `${ref}.picture`];
		this.#write(node);
		this.#renamed = null;
		this.#node(node.id, 'Flatten', [`${ref}.picture`], [ref], { axis: 1 });
		this.#flat.add(ref);
	}

	/** What the node that is written gives, and what it is called in the file. */
	#renamed: readonly [ref: string, name: string] | null = null;
	/** How many pictures come at once, where a shape is written: as many as come in, where that is open. */
	get #batch(): number {
		return this.about.isOpen ? 0 : 1;
	}

	#write(node: ResolvedNode): void {
		const { id, op, geometry } = node;
		const refs = node.inputs.map(({ ref }) => ref);
		const out = node.outputs[0].ref;
		if (this.#staysFlat(node)) for (const { ref } of node.outputs) this.#flat.add(ref);
		const isFlat = this.#flat.has(out);
		const inputs = isFlat ? refs : refs.map((ref, i) => this.#picture(ref, node.inputs[i]!.shape));
		const add = (type: string, read: readonly string[], attributes?: Attributes, to = out) =>
			this.#node(id, type, read, [to], attributes);
		/** One value for each channel, as it is broadcast. */
		const along = (dims: readonly number[]) => (isFlat ? dims : [...dims, 1, 1]);
		if (isActivation(op)) return this.#activation(op, id, inputs[0]!, out, geometry);
		switch (op) {
			case 'conv2d': {
				const g = geometry as Conv2dGeometry;
				const [kh, kw] = g.kernelSize;
				const kernel = this.#weight(id, 'kernel', [g.outChannels, g.inChannelsPerGroup, kh, kw], (data) =>
					permute(data, [kh, kw, g.inChannelsPerGroup, g.outChannels], [3, 2, 0, 1])
				);
				const read = [...inputs, kernel, ...(g.bias ? [this.#weight(id, 'bias', [g.outChannels])] : [])];
				return add('Conv', read, {
					...{ kernel_shape: g.kernelSize, strides: g.stride, dilations: g.dilation, group: g.groups },
					pads: sidesOf(g.padding)
				});
			}
			case 'transposedConv2d': {
				const g = geometry as TransposedConv2dGeometry;
				const [kh, kw] = g.kernelSize;
				const perGroup = g.outChannels / g.groups;
				const dims = [g.groups * g.inChannelsPerGroup, perGroup, kh, kw];
				const kernel = this.#weight(id, 'kernel', dims, (data) =>
					permute(data, [kh, kw, g.inChannelsPerGroup, g.groups, perGroup], [3, 2, 4, 0, 1])
				);
				const { top, left } = g.padding;
				// What is left behind the output: cropped where there is more, put on where there is less.
				const [bottom, right] = ([0, 1] as const).map(
					(axis) =>
						(g.inputs[0][axis] - 1) * g.stride[axis] +
						(g.kernelSize[axis] - 1) * g.dilation[axis] +
						1 -
						[top, left][axis]! -
						g.outputSize[axis]
				) as [number, number];
				const attributes = {
					...{ kernel_shape: g.kernelSize, strides: g.stride, dilations: g.dilation, group: g.groups },
					pads: [top, left, Math.max(0, bottom), Math.max(0, right)]
				};
				const more = [Math.max(0, -bottom), Math.max(0, -right)] as const;
				if (more[0] < g.stride[0] && more[1] < g.stride[1]) {
					const bias = g.bias ? [this.#weight(id, 'bias', [g.outChannels])] : [];
					return add('ConvTranspose', [...inputs, kernel, ...bias], { ...attributes, output_padding: more });
				}
				// Runtimes put on no whole stride: rows on which nothing lands are put on apart, and then the bias.
				add('ConvTranspose', [...inputs, kernel], attributes, `${id}.stamped`);
				this.#pad(id, `${id}.stamped`, g.bias ? `${id}.padded` : out, [0, 0, ...more]);
				if (g.bias) add('Add', [`${id}.padded`, this.#weight(id, 'bias', [g.outChannels, 1, 1])]);
				return;
			}
			case 'dense': {
				const { taps, outChannels, bias, inputs: shapes } = geometry as DenseGeometry;
				const [height, width, channels] = shapes[0];
				// Flattened there as [channels, height, width].
				const kernel = this.#weight(id, 'kernel', [taps, outChannels], (data) =>
					permute(data, [height, width, channels, outChannels], [2, 0, 1, 3])
				);
				const isVector = this.#flat.has(refs[0]!);
				if (!isVector) this.#node(id, 'Flatten', refs, [`${id}.flat`], { axis: 1 });
				this.#flat.add(out);
				const read = [isVector ? refs[0]! : `${id}.flat`, kernel];
				return add('Gemm', bias ? [...read, this.#weight(id, 'bias', [outChannels])] : read);
			}
			case 'batchNorm': {
				const { epsilon, inputs: shapes } = geometry as BatchNormGeometry;
				const read = ['gamma', 'beta', 'mean', 'variance'].map((name) =>
					this.#has(node, name)
						? this.#weight(id, name, [shapes[0][2]])
						: this.#fixed(id, name, [shapes[0][2]], name === 'gamma' ? 1 : 0)
				);
				return add('BatchNormalization', [...inputs, ...read], { epsilon: { real: epsilon } });
			}
			case 'scale': {
				const g = geometry as ScaleGeometry;
				const dims = along([g.inputs[0][2]]);
				if (g.scale)
					add('Mul', [...inputs, this.#weight(id, 'gamma', dims)], {}, g.center ? `${id}.scaled` : out);
				if (!g.center) return g.scale ? undefined : add('Identity', inputs);
				return add('Add', [g.scale ? `${id}.scaled` : inputs[0]!, this.#weight(id, 'beta', dims)]);
			}
			case 'layerNorm': {
				const g = geometry as LayerNormGeometry;
				const channels = [g.inputs[0][2]];
				const gamma = g.scale ? this.#weight(id, 'gamma', channels) : this.#fixed(id, 'gamma', channels, 1);
				const weights = [gamma, ...(g.center ? [this.#weight(id, 'beta', channels)] : [])];
				const attributes = { axis: -1, epsilon: { real: g.epsilon } };
				if (isFlat) return add('LayerNormalization', [...inputs, ...weights], attributes);
				add('Transpose', inputs, { perm: [0, 2, 3, 1] }, `${id}.last`);
				add('LayerNormalization', [`${id}.last`, ...weights], attributes, `${id}.normed`);
				return add('Transpose', [`${id}.normed`], { perm: [0, 3, 1, 2] });
			}
			case 'localResponseNorm': {
				const { depthRadius, alpha, beta, bias } = geometry as LocalResponseNormGeometry;
				const size = 2 * depthRadius + 1;
				return add('LRN', inputs, {
					...{ size, alpha: { real: alpha * size }, beta: { real: beta }, bias: { real: bias } }
				});
			}
			case 'prelu': {
				const { shared, inputs: shapes } = geometry as PreluGeometry;
				return add('PRelu', [...inputs, this.#weight(id, 'alpha', along([shared ? 1 : shapes[0][2]]))]);
			}
			case 'maxPool':
				return this.#maxPool(id, inputs[0]!, out, geometry as PoolGeometry);
			case 'avgPool': {
				const g = geometry as AvgPoolGeometry;
				if (!g.countPadding || overhang(g).every((n) => n === 0))
					return add('AveragePool', inputs, {
						...poolAttributes(g),
						count_include_pad: Number(g.countPadding)
					});
				// What a last window hangs over by is not counted, and the padding is: so that is put on apart.
				const { top, left, bottom, right } = g.padding;
				this.#pad(id, inputs[0]!, `${id}.padded`, [top, left, bottom, right]);
				return add('AveragePool', [`${id}.padded`], {
					...{ kernel_shape: g.kernelSize, strides: g.stride, pads: [0, 0, ...overhang(g)] }
				});
			}
			case 'globalAvgPool':
				return add('GlobalAveragePool', inputs);
			case 'globalMaxPool':
				return add('GlobalMaxPool', inputs);
			case 'add':
			case 'multiply': {
				// Two at a time.
				const [first = '', ...others] = inputs;
				others.reduce((sum, next, i) => {
					const to = i === others.length - 1 ? out : `${id}.sum${i}`;
					add(op === 'add' ? 'Add' : 'Mul', [sum, next], {}, to);
					return to;
				}, first);
				return;
			}
			case 'concat':
				return add('Concat', inputs, { axis: 1 });
			case 'concatPlaces': {
				const rows = inputs.map((input, i) => {
					const [height, width, channels] = geometry.inputs[i]!;
					const dims = this.#integers(`${id}.places${i}`, [this.#batch, channels, 1, height * width]);
					add('Reshape', [input, dims], {}, `${id}.row${i}`);
					return `${id}.row${i}`;
				});
				return add('Concat', rows, { axis: 3 });
			}
			case 'split': {
				const { sizes } = geometry as SplitGeometry;
				const read = [...inputs, this.#integers(`${id}.sizes`, sizes)];
				return this.#node(
					id,
					'Split',
					read,
					node.outputs.map(({ ref }) => ref),
					{ axis: 1 }
				);
			}
			case 'channelShuffle': {
				const { groups, channelsPerGroup } = geometry as ChannelShuffleGeometry;
				const [height, width, channels] = node.outputs[0].shape;
				const apart = this.#integers(`${id}.apart`, [this.#batch, groups, channelsPerGroup, height, width]);
				const joined = this.#integers(`${id}.joined`, [this.#batch, channels, height, width]);
				add('Reshape', [...inputs, apart], {}, `${id}.groups`);
				add('Transpose', [`${id}.groups`], { perm: [0, 2, 1, 3, 4] }, `${id}.turned`);
				return add('Reshape', [`${id}.turned`, joined]);
			}
			case 'pad': {
				const { padding, value } = geometry as PadGeometry;
				const { top, left, bottom, right } = padding;
				return this.#pad(id, inputs[0]!, out, [top, left, bottom, right], value);
			}
			case 'resizeNearest':
			case 'resizeBilinear':
				return this.#resize(node, inputs[0]!);
			case 'spaceToDepth':
				return add('SpaceToDepth', inputs, { blocksize: (geometry as BlockGeometry).blockSize });
			case 'depthToSpace': {
				const { blockSize, blockLast } = geometry as BlockGeometry;
				return add('DepthToSpace', inputs, { blocksize: blockSize, mode: blockLast ? 'CRD' : 'DCR' });
			}
			case 'softmax':
				return add('Softmax', inputs, { axis: 1 });
			case 'dropout': {
				const ratio = this.#fill(`${id}.ratio`, [], (geometry as DropoutGeometry).rate);
				return add('Dropout', [...inputs, ratio]);
			}
			case 'opaque': {
				const { type } = node.node.options as OptionsOf<'opaque'>;
				throw unsupported(this.resolved.graph.name, 'operator', { name: id, type });
			}
		}
	}

	/** Whether what comes out is a row as what goes in is. */
	#staysFlat({ op, operator, geometry, inputs }: ResolvedNode): boolean {
		const [first, ...others] = inputs;
		if (!inputs.every(({ ref }) => this.#flat.has(ref))) return false;
		if (['softmax', 'layerNorm', 'concat', 'split'].includes(op)) return true;
		if (op === 'add' || op === 'multiply')
			return others.every(({ shape }) => sizeOf(shape) === sizeOf(first.shape));
		return isValueByValue(operator, geometry) && op !== 'pad';
	}

	/** A tensor with its height and width, which it may have lost to a dense layer. */
	#picture(ref: string, shape: Shape): string {
		if (!this.#flat.has(ref)) return ref;
		const known = this.#restored.get(ref);
		if (known !== undefined) return known;
		const name = `${ref}.picture`;
		const dims = this.#integers(`${ref}.dims`, [this.#batch, ...pictureDims(shape).slice(1)]);
		this.#node(ref, 'Reshape', [ref, dims], [name]);
		this.#restored.set(ref, name);
		return name;
	}

	#activation(kind: ActivationKind, id: string, input: string, out: string, geometry: object): void {
		const call = activationOf(kind).onnx(geometry);
		if (call) {
			const [type, attributes = {}] = call;
			const reals = Object.entries(attributes).map(([name, real]) => [name, { real }] as const);
			return this.#node(id, type, [input], [out], Object.fromEntries(reals));
		}
		switch (kind) {
			case 'swish':
				this.#node(id, 'Sigmoid', [input], [`${id}.gate`]);
				return this.#node(id, 'Mul', [input, `${id}.gate`], [out]);
			case 'rescale': {
				const { scale, offset } = geometry as { readonly scale: number; readonly offset: number };
				const to = offset === 0 ? out : `${id}.scaled`;
				if (scale !== 1 || offset === 0)
					this.#node(id, 'Mul', [input, this.#fill(`${id}.scale`, [], scale)], [to]);
				if (offset === 0) return;
				const read = scale === 1 ? input : to;
				return this.#node(id, 'Add', [read, this.#fill(`${id}.offset`, [], offset)], [out]);
			}
			default: {
				const { min, max } =
					kind === 'relu6'
						? { min: 0, max: 6 }
						: (geometry as { readonly min: number; readonly max: number });
				const bound = (name: string, value: number) =>
					Number.isFinite(value) ? this.#fill(`${id}.${name}`, [], value) : '';
				return this.#node(id, 'Clip', [input, bound('min', min), bound('max', max)], [out]);
			}
		}
	}

	#maxPool(id: string, input: string, out: string, g: PoolGeometry): void {
		const { pads, ...window } = poolAttributes(g);
		const [top = 0, left = 0, bottom = 0, right = 0] = pads;
		const [height, width] = g.kernelSize;
		if (Math.max(top, bottom) < height && Math.max(left, right) < width)
			return this.#node(id, 'MaxPool', [input], [out], { ...window, pads });
		// Runtimes take no padding as wide as the kernel, which a dilated one may have: it is put on apart, below all values.
		this.#pad(id, input, `${id}.padded`, pads, -Infinity);
		this.#node(id, 'MaxPool', [`${id}.padded`], [out], window);
	}

	#pad(id: string, input: string, out: string, sides: readonly number[], value = 0): void {
		const [top = 0, left = 0, bottom = 0, right = 0] = sides;
		const pads = this.#integers(`${out}.pads`, [0, 0, top, left, 0, 0, bottom, right]);
		const read = [input, pads, this.#fill(`${out}.value`, [], value)];
		this.#node(id, 'Pad', read, [out], { mode: 'constant' });
	}

	#resize({ id, op, node, geometry, outputs }: ResolvedNode, input: string): void {
		const { size, coordinates } = geometry as ResizeGeometry;
		const { factors, round } = node.options as OptionsOf<'resizeNearest'>;
		const [, , channels] = outputs[0].shape;
		const target = factors
			? [this.#floats(`${id}.factors`, [4], Float32Array.of(1, 1, factors[0]!, factors[1]!)), '']
			: ['', this.#integers(`${id}.size`, [1, channels, ...size])];
		const modes = { halfPixel: 'half_pixel', asymmetric: 'asymmetric', alignCorners: 'align_corners' };
		const roundings: Readonly<Record<string, string>> = {
			...{ roundDown: 'round_prefer_floor', roundUp: 'round_prefer_ceil', floor: 'floor', ceil: 'ceil' }
		};
		const isNearest = op === 'resizeNearest';
		this.#node(id, 'Resize', [input, '', ...target].slice(0, factors ? 3 : 4), [outputs[0].ref], {
			...{ mode: isNearest ? 'nearest' : 'linear', coordinate_transformation_mode: modes[coordinates] },
			...(isNearest && { nearest_mode: roundings[round ?? 'roundDown']! })
		});
	}

	#node(
		id: string,
		type: string,
		inputs: readonly string[],
		outputs: readonly string[],
		attributes: Attributes = {}
	): void {
		// Named as PyTorch's exporter names the way to a layer, each another.
		const way = `/${id.replaceAll('.', '/')}/${type}`;
		const count = this.#names.get(way) ?? 0;
		this.#names.set(way, count + 1);
		const name = count === 0 ? way : `${way}_${count}`;
		this.nodes.push(
			new Message()
				.each(inputs, (message, input) => message.text(1, input))
				.each(outputs, (message, output) =>
					message.text(2, this.#renamed?.[0] === output ? this.#renamed[1] : output)
				)
				.text(3, name)
				.text(4, type)
				.each(Object.entries(attributes), (message, [key, value]) =>
					message.message(5, attributeOf(key, value))
				)
		);
	}

	#has({ operator, geometry }: ResolvedNode, weight: string): boolean {
		return operator.weights(geometry).some(({ name }) => name === weight);
	}

	/** A weight of a layer, in the file's order of axes; without weights, what fills it in. */
	#weight(
		id: string,
		weight: string,
		dims: readonly number[],
		turn: (data: Float32Array) => Float32Array = (data) => data
	): string {
		const data = this.weights && turn(this.weights[id]![weight]!.data);
		const owner = this.#owners.get(id);
		const known = owner === undefined ? undefined : this.#written.get(`${owner}.${weight}`);
		// A row and a picture read the same weight in another order of axes, or with more of them: then it is written for each.
		if (known && String(known.dims) === String(dims) && isSame(known.data, data)) return known.name;
		const name = `${id}.${weight}`;
		if (this.#shared.has(id)) this.#written.set(name, { name, dims, data });
		if (data) return this.#floats(name, dims, data);
		const value = tensor('', FLOAT, [1], Float32Array.of(filler));
		this.nodes.push(
			new Message()
				.text(1, this.#integers(`${name}.shape`, dims))
				.text(2, name)
				.text(4, 'ConstantOfShape')
				.message(5, new Message().text(1, 'value').message(5, value).int(20, 4))
		);
		return name;
	}

	#floats(name: string, dims: readonly number[], data: Float32Array): string {
		this.initializers.push(tensor(name, FLOAT, dims, data));
		return name;
	}

	/** The same number everywhere; a single one for no dimensions. */
	#fill(name: string, dims: readonly number[], value: number): string {
		return this.#floats(
			name,
			dims,
			new Float32Array(dims.reduce((product, n) => product * n, 1)).fill(value)
		);
	}

	/** What ONNX wants as a weight, where the layer has none: the same for all layers that share theirs. */
	#fixed(id: string, weight: string, dims: readonly number[], value: number): string {
		const of = this.#owners.get(id) ?? id;
		const name = `${of}.${weight}${fixedEnding}`;
		if (this.#fixedNames.has(name)) return name;
		this.#fixedNames.add(name);
		return this.#fill(name, dims, value);
	}

	#integers(name: string, values: readonly number[]): string {
		this.initializers.push(tensor(name, INT64, [values.length], BigInt64Array.from(values, BigInt)));
		return name;
	}
}

/** A weight as it stands in the file; no values where the file says how to fill it in. */
interface Written {
	readonly name: string;
	readonly dims: readonly number[];
	readonly data: Float32Array | null;
}

const isSame = (a: Float32Array | null, b: Float32Array | null): boolean =>
	a === b ||
	(a !== null && b !== null && a.length === b.length && a.every((value, i) => Object.is(value, b[i])));

const sidesOf = ({ top, left, bottom, right }: Conv2dGeometry['padding']) => [top, left, bottom, right];

/** Rows and columns by which a last window hangs over the padding, where sizes round up. */
function overhang(g: PoolGeometry): readonly [number, number] {
	const along = (axis: 0 | 1, before: number, after: number) => {
		const span = (g.kernelSize[axis] - 1) * g.dilation[axis] + 1;
		return Math.max(0, (g.outputSize[axis] - 1) * g.stride[axis] + span - before - g.inputs[0][axis] - after);
	};
	const { top, bottom, left, right } = g.padding;
	return [along(0, top, bottom), along(1, left, right)];
}

/** The pool's window, with the padding behind that a last window needs: rounding up has more than one meaning in files. */
function poolAttributes(g: PoolGeometry) {
	const { top, bottom, left, right } = g.padding;
	const [rows, columns] = overhang(g);
	return {
		...{ kernel_shape: g.kernelSize, strides: g.stride, dilations: g.dilation },
		pads: [top, left, bottom + rows, right + columns]
	};
}
