import type { Kind, Shape } from '../../ops';
import { Assembly, type Out, type Values } from '../assembly';
import {
	asFormatError,
	broken,
	formatLimits,
	type Format,
	type InputScaling,
	type ModelFile,
	type OpenedModel,
	tooLarge
} from '../format';
import { decode, type Storage } from '../numbers';
import { permute } from '../permute';
import { settle } from '../settle';
import { countOf, type Quantized } from '../tensors';
import { isWhole, onto, reshape, sameDim, sizeOfDim, transpose, viewOf, whole, type View } from '../view';
import { builtins } from './builtins';
import { Table } from './flat';

/** TensorFlow Lite (LiteRT): float and quantised. */
export const tflite: Format = {
	name: 'TFLite',
	tell: ({ bytes }) => bytes.length >= 8 && String.fromCharCode(...bytes.subarray(4, 8)) === 'TFL3',
	read(main) {
		try {
			return new Reader(main).read();
		} catch (error) {
			throw asFormatError(main.name, error);
		}
	}
};

/** `TensorType`. */
const storages: readonly (Storage | null)[] = [
	...([
		'float32',
		'float16',
		'int32',
		'uint8',
		'int64',
		null,
		'bool',
		'int16',
		null,
		'int8',
		'float64'
	] as const)
];

/** A tensor of the file. */
interface Tensor {
	readonly name: string;
	readonly dims: readonly number[];
	/** `TensorType`, and how its numbers are stored; `null` for a type that is not read. */
	readonly type: number;
	readonly storage: Storage | null;
	readonly bytes: Uint8Array | null;
	readonly scales: readonly number[];
	readonly zeroPoints: readonly number[];
	readonly axis: number;
}

const activations: readonly (Kind | null)[] = [null, 'relu', 'clip', 'relu6', 'tanh'];

class Reader {
	readonly #assembly: Assembly;
	readonly #tensors: readonly Tensor[];
	readonly #views = new Map<number, View>();
	readonly #graph: Table;
	readonly #codes: readonly string[];
	readonly #floats = new Map<number, Float32Array>();
	#isQuantized = false;

	constructor(readonly main: ModelFile) {
		this.#assembly = new Assembly(main.name);
		const model = Table.root(main.bytes);
		const graphs = model.tables(2);
		if (!graphs[0]) throw broken(main.name, 'noGraph');
		this.#graph = graphs[0];
		const buffers = model.tables(4);
		this.#codes = model.tables(1).map((code) => {
			// Numbers above 127 do not fit into the old field.
			const number = Math.max(code.byte(0), code.int(3));
			return number === 32 ? code.text(1) || 'CUSTOM' : (builtins[number] ?? `operator ${number}`);
		});
		this.#tensors = this.#graph.tables(0).map((tensor) => this.#tensor(tensor, buffers));
	}

	read(): OpenedModel {
		const { main } = this;
		const inputs = this.#graph.ints(1);
		for (const index of inputs) {
			const { dims, name } = this.#at(index);
			const shape = shapeOf(dims);
			this.#views.set(index, viewOf(this.#assembly.input(name || 'input', shape), orderOf(dims)));
		}
		const operators = this.#graph.tables(3);
		if (operators.length > formatLimits.nodes) throw broken(main.name, 'nodes', { max: formatLimits.nodes });
		for (const operator of operators) this.#operator(operator);
		const outputs = this.#graph.ints(2).flatMap((index) => this.#views.get(index)?.out ?? []);
		if (outputs.length === 0) throw broken(main.name, 'noOutput');
		const { graph, weights, notes } = this.#assembly.finish(main.name.replace(/\.\w+$/, ''), outputs);
		return {
			...{ kind: 'model', format: 'TFLite', graph, weights, labels: null },
			preprocessing: scalingOf(this.#at(inputs[0] ?? 0)),
			notes: [
				...(this.#isQuantized ? [{ code: 'quantized' as const, params: { type: 'int8' } }] : []),
				...notes
			]
		};
	}

	#tensor(tensor: Table, buffers: readonly Table[]): Tensor {
		const own = tensor.table(4);
		const dims = tensor.ints(0);
		if (!dims.every((n) => n >= 0) || !(countOf(dims) <= formatLimits.values))
			throw tooLarge(this.main.name, 'values', tensor.text(3), countOf(dims), formatLimits.values);
		const bytes = buffers[tensor.int(2)]?.bytes(0) ?? null;
		return {
			...{ name: tensor.text(3).slice(0, 500), dims, type: tensor.byte(1) },
			storage: storages[tensor.byte(1)] ?? null,
			bytes: bytes && bytes.length > 0 ? bytes : null,
			...{ scales: own?.floats(2) ?? [], zeroPoints: own?.longs(3) ?? [], axis: own?.int(6) ?? 0 }
		};
	}

	#at(index: number): Tensor {
		const tensor = this.#tensors[index];
		if (!tensor) throw broken(this.main.name, 'tensor', { index });
		return tensor;
	}

	/** Values of a constant; `null` for what is computed. */
	#values(index: number): { readonly data: Float32Array; readonly quantized?: Quantized } | null {
		const { bytes, type, storage, dims, name, scales, zeroPoints, axis } = this.#at(index);
		if (!bytes || this.#views.has(index)) return null;
		if (!storage) throw broken(this.main.name, 'type', { name, type });
		const stored = this.#floats.get(index) ?? decode(bytes, storage);
		this.#floats.set(index, stored);
		if (stored.length !== countOf(dims))
			throw broken(this.main.name, 'values', { name, actual: stored.length, expected: countOf(dims) });
		if (scales.length === 0 || !['int8', 'uint8', 'int32', 'int16'].includes(storage))
			return { data: stored };
		this.#isQuantized = true;
		const inner = countOf(dims.slice(axis + 1));
		const at = (i: number) => (scales.length > 1 ? Math.floor(i / inner) % scales.length : 0);
		const data = stored.map(
			(value, i) => (value - (zeroPoints[at(i)] ?? zeroPoints[0] ?? 0)) * scales[at(i)]!
		);
		const values = Int32Array.from(stored);
		return { data, quantized: { values, scales, zeroPoints, axis: scales.length > 1 ? axis : null } };
	}

	#operator(operator: Table): void {
		const type = this.#codes[operator.int(0)] ?? '?';
		const inputs = operator.ints(1);
		const outputs = operator.ints(2);
		const name = this.#at(outputs[0] ?? 0).name.replace(/;.*$/, '') || type;
		// What is computed from constants alone, such as weights of half precision made whole, is one.
		if (['DEQUANTIZE', 'CAST', 'QUANTIZE'].includes(type)) {
			const [input = 0] = inputs;
			const view = this.#views.get(input);
			if (view) this.#views.set(outputs[0]!, view);
			else {
				const values = this.#values(input);
				if (values) {
					const tensor = this.#at(outputs[0]!);
					(this.#tensors as Tensor[])[outputs[0]!] = {
						...tensor,
						bytes: this.#at(input).bytes,
						storage: this.#at(input).storage,
						scales: []
					};
					this.#floats.set(outputs[0]!, values.data);
				}
			}
			return;
		}
		const made = this.#known(type, name, inputs, outputs, operator.table(4));
		if (made) outputs.forEach((index, i) => made[i] && this.#views.set(index, made[i]));
		else this.#opaque(type, name, inputs, outputs);
	}

	#opaque(type: string, name: string, inputs: readonly number[], outputs: readonly number[]): void {
		const views = inputs.flatMap((index) => this.#views.get(index) ?? []);
		const parameters = inputs.reduce((sum, index) => {
			const tensor = index >= 0 ? this.#at(index) : null;
			return sum + (tensor?.bytes && tensor.storage !== 'int32' ? countOf(tensor.dims) : 0);
		}, 0);
		const shapes = outputs.map((index) => shapeOf(this.#at(index).dims));
		const layer = this.#assembly.opaque(
			name,
			views.map(({ out }) => out),
			{ type, shapes, parameters }
		);
		outputs.forEach((index, i) =>
			this.#views.set(index, viewOf(layer.outs[i]!, orderOf(this.#at(index).dims)))
		);
	}

	/** An input with whole axes. */
	#image(index: number | undefined): Out | null {
		const view = index === undefined ? undefined : this.#views.get(index);
		return view ? settle(this.#assembly, view, 'nhwc') : null;
	}

	#known(
		type: string,
		name: string,
		inputs: readonly number[],
		outputs: readonly number[],
		options: Table | null
	): View[] | null {
		const { [0]: first } = inputs;
		const view = first === undefined ? undefined : this.#views.get(first);
		const add = this.#assembly;
		/** The fused activation behind a layer. */
		const activated = (out: Out, field: number, as: (out: Out) => View): View[] => {
			const kind = activations[options?.byte(field) ?? 0] ?? null;
			if (kind === null) return [as(out)];
			const own = kind === 'clip' ? { min: -1, max: 1 } : {};
			return [as(add.add(kind as 'relu', `${name}/${kind}`, [out], own).outs[0]!)];
		};
		const image = (out: Out) => viewOf(out, 'nhwc');
		const each = <K extends Kind>(kind: K, own: object): View[] | null =>
			view ? [onto(view, add.add(kind, name, [view.out], own as never).outs[0]!)] : null;
		const padding = (field: number) =>
			(options?.byte(field) ?? 0) === 1 ? ('valid' as const) : ('same' as const);
		switch (type) {
			case 'CONV_2D':
			case 'DEPTHWISE_CONV_2D': {
				const x = this.#image(first);
				const kernel = this.#values(inputs[1]!);
				if (!x || !kernel) return null;
				const { dims } = this.#at(inputs[1]!);
				const [out = 1, kh = 1, kw = 1, last = 1] = dims;
				const isDepthwise = type === 'DEPTHWISE_CONV_2D';
				const at = isDepthwise ? 5 : 4;
				const outChannels = isDepthwise ? last : out;
				const bias = inputs[2] !== undefined && inputs[2] >= 0 ? this.#values(inputs[2]) : null;
				const made = add.add(
					'conv2d',
					name,
					[x],
					{
						...{ outChannels, kernelSize: [kh, kw], groups: isDepthwise ? x.shape[2] : x.shape[2] / last },
						stride: [options?.int(2, 1) ?? 1, options?.int(1, 1) ?? 1],
						dilation: [options?.int(at + 1, 1) ?? 1, options?.int(at, 1) ?? 1],
						...{ padding: padding(0), bias: bias !== null }
					},
					{ kernel: isDepthwise ? kernel : turned(kernel, dims, [1, 2, 3, 0]), ...(bias && { bias }) }
				);
				return activated(made.outs[0]!, isDepthwise ? 4 : 3, image);
			}
			case 'TRANSPOSE_CONV': {
				const x = this.#image(inputs[2]);
				const kernel = this.#values(inputs[1]!);
				if (!x || !kernel) return null;
				const { dims } = this.#at(inputs[1]!);
				const [outChannels = 1, kh = 1, kw = 1] = dims;
				const wanted = this.#at(outputs[0]!).dims;
				const stride = [options?.int(2, 1) ?? 1, options?.int(1, 1) ?? 1] as const;
				// The output's size is stated: what the kernels put down is cropped to it.
				const crop = ([0, 1] as const).map((axis) => {
					const full = (x.shape[axis] - 1) * stride[axis] + [kh, kw][axis]!;
					const total = full - (wanted[axis + 1] ?? full);
					return {
						before: Math.floor(Math.max(0, total) / 2),
						after: Math.ceil(Math.max(0, total) / 2),
						more: Math.max(0, -total)
					};
				});
				const bias = inputs[3] !== undefined && inputs[3] >= 0 ? this.#values(inputs[3]) : null;
				const [rows, columns] = crop as [(typeof crop)[0], (typeof crop)[0]];
				const made = add.add(
					'transposedConv2d',
					name,
					[x],
					{
						...{ outChannels, kernelSize: [kh, kw], stride, bias: bias !== null },
						padding: { top: rows.before, bottom: rows.after, left: columns.before, right: columns.after },
						outputPadding: [rows.more, columns.more]
					},
					{ kernel: turned(kernel, dims, [1, 2, 3, 0]), ...(bias && { bias }) }
				);
				return activated(made.outs[0]!, 3, image);
			}
			case 'AVERAGE_POOL_2D':
			case 'MAX_POOL_2D': {
				const x = this.#image(first);
				if (!x || !options) return null;
				const window = {
					kernelSize: [options.int(4, 1), options.int(3, 1)] as const,
					stride: [options.int(2, 1), options.int(1, 1)] as const,
					padding: padding(0)
				};
				const isWholePicture =
					type === 'AVERAGE_POOL_2D' &&
					window.kernelSize[0] === x.shape[0] &&
					window.kernelSize[1] === x.shape[1];
				const isGlobal = isWholePicture && window.padding === 'valid';
				const made = isGlobal
					? add.add('globalAvgPool', name, [x], {})
					: add.add(type === 'MAX_POOL_2D' ? 'maxPool' : 'avgPool', name, [x], window);
				return activated(made.outs[0]!, 5, image);
			}
			case 'FULLY_CONNECTED': {
				const kernel = inputs[1] === undefined ? null : this.#values(inputs[1]);
				if (!view || !kernel) return null;
				const { dims } = this.#at(inputs[1]!);
				const [outChannels = 1, count = 1] = dims;
				const bias = inputs[2] !== undefined && inputs[2] >= 0 ? this.#values(inputs[2]) : null;
				const given = { kernel: turned(kernel, dims, [1, 0]), ...(bias && { bias }) };
				const all = countOf(view.out.shape);
				if (all === count) {
					const made = add.add('dense', name, [view.out], { outChannels, bias: bias !== null }, given);
					return activated(made.outs[0]!, 0, (out) => viewOf(out, orderOf(this.#at(outputs[0]!).dims)));
				}
				if (!isWhole(view.dims.at(-1) ?? [], view.out, 2) || view.out.shape[2] !== count) return null;
				const made = add.add(
					'conv2d',
					name,
					[view.out],
					{ outChannels, kernelSize: 1, bias: bias !== null },
					given
				);
				return activated(made.outs[0]!, 0, (out) => ({
					kind: 'view',
					out,
					dims: [...view.dims.slice(0, -1), whole(out, 2)]
				}));
			}
			case 'ADD':
			case 'MUL':
			case 'SUB': {
				const [a, b] = [view, inputs[1] === undefined ? undefined : this.#views.get(inputs[1])];
				if (a && b && type !== 'SUB') {
					const [large, small] = countOf(a.out.shape) >= countOf(b.out.shape) ? [a, b] : [b, a];
					const missing = large.dims.length - small.dims.length;
					const fits = large.dims.every((dim, i) => {
						const other = small.dims[i - missing] ?? [];
						return other.length === 0 || sameDim(dim, other);
					});
					if (!fits) return null;
					const outs = large === a ? [a.out, b.out] : [b.out, a.out];
					const made = add.add(type === 'ADD' ? 'add' : 'multiply', name, outs, {});
					return activated(made.outs[0]!, 0, (out) => onto(large, out));
				}
				const [known, constant] = a ? [a, inputs[1]!] : b ? [b, inputs[0]!] : [null, 0];
				const values = known && this.#values(constant)?.data;
				if (!known || !values || (type === 'SUB' && !a)) return null;
				const sign = type === 'SUB' ? -1 : 1;
				const own = values.map((value) => sign * value);
				const made =
					values.length === 1
						? add.add(
								'rescale',
								name,
								[known.out],
								type === 'MUL' ? { scale: values[0]! } : { offset: own[0]! }
							)
						: values.length === known.out.shape[2] && isWhole(known.dims.at(-1) ?? [], known.out, 2)
							? type === 'MUL'
								? add.add('scale', name, [known.out], { scale: true, center: false }, { gamma: values })
								: add.add('scale', name, [known.out], { scale: false, center: true }, { beta: own })
							: null;
				return made && activated(made.outs[0]!, 0, (out) => onto(known, out));
			}
			case 'CONCATENATION': {
				const views = inputs.map((index) => this.#views.get(index));
				if (views.some((one) => !one) || !view || !options) return null;
				const given = options.int(0);
				const axis = given < 0 ? given + view.dims.length : given;
				const outs = views.map(
					(one) => settle(add, one!, 'nhwc') ?? (one!.dims.length < 4 ? one!.out : null)
				);
				if (axis !== view.dims.length - 1 || outs.some((out) => !out)) return null;
				if (outs.length === 1) return [view];
				const made = add.add('concat', name, outs as Out[], {});
				return activated(made.outs[0]!, 1, (out) => viewOf(out, orderOf(this.#at(outputs[0]!).dims)));
			}
			case 'SPLIT':
			case 'SPLIT_V': {
				const x = this.#image(type === 'SPLIT' ? inputs[1] : first);
				const sizes = outputs.map((index) => this.#at(index).dims.at(-1) ?? 1);
				if (!x || sizes.reduce((sum, n) => sum + n, 0) !== x.shape[2]) return null;
				return add.add('split', name, [x], { sizes }).outs.map(image);
			}
			case 'MEAN':
			case 'REDUCE_MAX': {
				const axes = inputs[1] === undefined ? null : this.#values(inputs[1])?.data;
				if (!view || !axes || view.dims.length !== 4) return null;
				const places = Array.from(axes, (axis) => (axis < 0 ? axis + 4 : axis)).sort();
				if (String(places) !== '1,2' || !settle(add, view, 'nhwc')) return null;
				const x = settle(add, view, 'nhwc')!;
				const made = add.add(type === 'MEAN' ? 'globalAvgPool' : 'globalMaxPool', name, [x], {});
				return [viewOf(made.outs[0]!, orderOf(this.#at(outputs[0]!).dims))];
			}
			case 'RESHAPE':
			case 'SQUEEZE':
			case 'EXPAND_DIMS': {
				const { dims } = this.#at(outputs[0]!);
				const made = view ? reshape(view, dims) : null;
				return made && [made];
			}
			case 'TRANSPOSE': {
				const order = inputs[1] === undefined ? null : this.#values(inputs[1])?.data;
				return view && order ? [transpose(view, Array.from(order))] : null;
			}
			case 'PAD':
			case 'PADV2': {
				const x = this.#image(first);
				const pads = inputs[1] === undefined ? null : this.#values(inputs[1])?.data;
				if (!x || pads?.length !== 8 || [0, 1, 6, 7].some((i) => pads[i] !== 0)) return null;
				const value =
					type === 'PADV2' && inputs[2] !== undefined ? (this.#values(inputs[2])?.data[0] ?? 0) : 0;
				const [, , top = 0, bottom = 0, left = 0, right = 0] = pads;
				return [image(add.add('pad', name, [x], { padding: { top, bottom, left, right }, value }).outs[0]!)];
			}
			case 'RESIZE_BILINEAR':
			case 'RESIZE_NEAREST_NEIGHBOR': {
				const x = this.#image(first);
				const [, rows = 1, columns = 1] = this.#at(outputs[0]!).dims;
				const isBilinear = type === 'RESIZE_BILINEAR';
				const [corners, half] = isBilinear ? [2, 3] : [0, 1];
				if (!x) return null;
				const isCorners = (options?.byte(corners) ?? 0) === 1;
				const coordinates = isCorners
					? 'alignCorners'
					: (options?.byte(half) ?? 0) === 1
						? 'halfPixel'
						: 'asymmetric';
				const size = [rows, columns] as const;
				const made = isBilinear
					? add.add('resizeBilinear', name, [x], { size, coordinates })
					: add.add('resizeNearest', name, [x], {
							size,
							coordinates,
							round: coordinates === 'asymmetric' ? 'floor' : 'roundUp'
						});
				return [image(made.outs[0]!)];
			}
			case 'SPACE_TO_DEPTH':
			case 'DEPTH_TO_SPACE': {
				const x = this.#image(first);
				const kind = type === 'SPACE_TO_DEPTH' ? 'spaceToDepth' : 'depthToSpace';
				return x && [image(add.add(kind, name, [x], { blockSize: options?.int(0, 1) ?? 1 }).outs[0]!)];
			}
			case 'PRELU': {
				const slopes = inputs[1] === undefined ? null : this.#values(inputs[1]);
				if (!view || !slopes || ![1, view.out.shape[2]].includes(slopes.data.length)) return null;
				const made = add.add(
					'prelu',
					name,
					[view.out],
					{ shared: slopes.data.length === 1 },
					{ alpha: slopes }
				);
				return [onto(view, made.outs[0]!)];
			}
			case 'SOFTMAX':
				return isWhole(view?.dims.at(-1) ?? [], view!.out, 2) ||
					sizeOfDim(view?.dims.at(-1) ?? []) === countOf(view!.out.shape)
					? each('softmax', {})
					: null;
			case 'LOGISTIC':
				return each('sigmoid', {});
			case 'RELU':
				return each('relu', {});
			case 'RELU6':
				return each('relu6', {});
			case 'RELU_N1_TO_1':
				return each('clip', { min: -1, max: 1 });
			case 'RELU_0_TO_1':
				return each('clip', { min: 0, max: 1 });
			case 'TANH':
				return each('tanh', {});
			case 'ELU':
				return each('elu', {});
			case 'GELU':
				return (options?.byte(0) ?? 0) === 0 ? each('gelu', {}) : null;
			case 'HARD_SWISH':
				return each('hardSwish', {});
			case 'LEAKY_RELU':
				return each('leakyRelu', { alpha: options?.float(0) ?? 0 });
			default:
				return null;
		}
	}
}

const turned = (
	values: { readonly data: Float32Array; readonly quantized?: Quantized },
	shape: readonly number[],
	axes: readonly number[]
): Values => {
	const data = permute(values.data, shape, axes);
	const { quantized } = values;
	if (!quantized) return data;
	const axis = quantized.axis === null ? null : axes.indexOf(quantized.axis);
	return { data, quantized: { ...quantized, values: permute(quantized.values, shape, axes), axis } };
};

/** `[1, h, w, c]`, `[1, c]` and what is between, as height, width and channels. */
function shapeOf(dims: readonly number[]): Shape {
	const [c = 1, w = 1, ...others] = dims.toReversed();
	return [countOf(others), w, c].map((n) => Math.max(1, n)) as unknown as Shape;
}

const orderOf = (dims: readonly number[]): string =>
	dims.length >= 4 ? 'nhwc' : dims.length === 3 ? 'nwc' : dims.length === 2 ? 'nc' : 'c';

/** What values from 0 to 255 become, where the input is of integers: as their scale says. */
function scalingOf({ storage, scales, zeroPoints }: Tensor): InputScaling | null {
	const [scale] = scales;
	if (scale === undefined || (storage !== 'int8' && storage !== 'uint8')) return null;
	const zeroPoint = zeroPoints[0] ?? 0;
	const low = ((storage === 'int8' ? -128 : 0) - zeroPoint) * scale;
	const deviation = 1 / scale;
	const mean = -low * deviation;
	return { order: 'rgb', mean: [mean, mean, mean], deviation: [deviation, deviation, deviation] };
}
