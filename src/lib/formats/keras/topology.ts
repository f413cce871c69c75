import type { OptionsOf, Shape } from '../../ops';
import { Assembly, type Out, type Values } from '../assembly';
import {
	broken,
	inputSizes,
	type InputScaling,
	type InputSize,
	type Note,
	type OpenedModel,
	unsupported
} from '../format';
import { permute } from '../permute';
import { countOf, type NamedTensor } from '../tensors';
import {
	callsOf,
	type Config,
	type End,
	endsOf,
	isLastAxis,
	type LayerConfig,
	nameOf,
	numberIn,
	numbersIn,
	paddingIn,
	pairIn,
	sidesIn,
	windowOf
} from './config';

/** Where the weights of a layer are: by its name and those of the models around it. Their order is that in which the layer makes them. */
export type WeightsOf = (layer: LayerConfig, path: readonly string[]) => readonly NamedTensor[];

export interface KerasModel {
	readonly class_name: string;
	readonly config: unknown;
}

/** A tensor, and whether Keras has flattened it. */
interface Value {
	readonly out: Out;
	readonly isFlat: boolean;
}

/**
 * The network of a Keras model's configuration.
 * @param weightsOf `null` where the file has the structure alone
 */
export function readTopology(
	model: KerasModel,
	{
		file,
		format,
		version,
		size,
		weightsOf
	}: {
		readonly file: string;
		readonly format: string;
		readonly version: string;
		readonly size?: InputSize;
		readonly weightsOf: WeightsOf | null;
	}
): OpenedModel {
	const assembly = new Assembly(file);
	if (!weightsOf) assembly.leaveWeightsOut();
	const reader = new Reader(assembly, file, inputSizes(size), /^[01]\.|^2\./.test(version), weightsOf);
	const outputs = reader.model(model, [], null);
	const title = String((model.config as Config | null)?.['name'] ?? '') || file.replace(/\.\w+$/, '');
	const { graph, weights, notes } = assembly.finish(
		title,
		outputs.map(({ out }) => out)
	);
	const from: Note[] = version === '' ? [] : [{ code: 'from', params: { producer: `Keras ${version}` } }];
	return {
		...{ kind: 'model', format, graph, weights, labels: null, preprocessing: symmetric },
		notes: [...from, ...reader.notes, ...notes]
	};
}

/** From -1 to 1, as most of Keras's applications want it. */
const symmetric: InputScaling = {
	order: 'rgb',
	mean: [127.5, 127.5, 127.5],
	deviation: [127.5, 127.5, 127.5]
};

/** Weights by what they are, from their names, or from their order in a layer of this class. */
function rolesOf(
	tensors: readonly NamedTensor[],
	className: string,
	config: Config
): Readonly<Record<string, NamedTensor>> {
	const hasBias = config['use_bias'] !== false;
	const norm = [
		...(config['scale'] !== false ? ['gamma'] : []),
		...(config['center'] !== false ? ['beta'] : []),
		...(className === 'BatchNormalization' ? ['moving_mean', 'moving_variance'] : [])
	];
	const order =
		className === 'SeparableConv2D'
			? ['depthwise_kernel', 'pointwise_kernel', ...(hasBias ? ['bias'] : [])]
			: className.endsWith('Normalization')
				? className === 'Normalization'
					? ['mean', 'variance', 'count']
					: norm
				: ['kernel', ...(hasBias ? ['bias'] : [])];
	return Object.fromEntries(
		tensors.map((tensor, i) => {
			const last = tensor.name.replace(/:\d+$/, '').split('/').at(-1)!;
			return [known.has(last) ? last : (order[i] ?? `weight${i}`), tensor];
		})
	);
}

const known = new Set([
	...['kernel', 'bias', 'depthwise_kernel', 'pointwise_kernel', 'alpha', 'mean', 'variance', 'count'],
	...['gamma', 'beta', 'moving_mean', 'moving_variance']
]);

/** Layers that change nothing when a model is run. */
const passing = new Set([
	...[
		'GaussianNoise',
		'GaussianDropout',
		'AlphaDropout',
		'ActivityRegularization',
		'Masking',
		'RandomFlip',
		'RandomRotation'
	],
	...['RandomZoom', 'RandomContrast', 'RandomTranslation', 'RandomBrightness', 'RandomCrop', 'Identity']
]);

class Reader {
	readonly notes: Note[] = [];

	constructor(
		readonly assembly: Assembly,
		readonly file: string,
		readonly size: readonly [height: number, width: number],
		readonly isOld: boolean,
		readonly weightsOf: WeightsOf | null
	) {}

	/** A model, or one within another; `given` are what goes into an inner one. */
	model(
		{ class_name, config }: KerasModel,
		path: readonly string[],
		given: readonly Value[] | null
	): readonly Value[] {
		if (path.length > 8) throw broken(this.file, 'deep');
		if (class_name === 'Sequential') return this.#sequential(config, path, given);
		if (class_name === 'Functional' || class_name === 'Model')
			return this.#functional(config as Config, path, given);
		throw unsupported(this.file, 'inCode', { type: class_name });
	}

	#sequential(config: unknown, path: readonly string[], given: readonly Value[] | null): readonly Value[] {
		const layers = (
			Array.isArray(config) ? config : ((config as Config | null)?.['layers'] ?? [])
		) as LayerConfig[];
		let values = given;
		for (const layer of layers) {
			if (layer.class_name === 'InputLayer') {
				values ??= [this.#input(layer)];
				continue;
			}
			values ??= [this.#input(layer)];
			values = this.#layer(layer, path, values);
		}
		if (!values) throw broken(this.file, 'noLayers');
		return values;
	}

	#functional(config: Config, path: readonly string[], given: readonly Value[] | null): readonly Value[] {
		const layers = (config['layers'] ?? []) as LayerConfig[];
		if (!Array.isArray(layers)) throw broken(this.file, 'disorder');
		const values = new Map<string, readonly Value[]>();
		const inputs = endsOf(config['input_layers']).map(([name]) => name);
		const waiting: { layer: LayerConfig; call: number; reads: readonly End[] }[] = [];
		for (const layer of layers) {
			const name = nameOf(layer);
			if (layer.class_name === 'InputLayer') {
				const at = inputs.indexOf(name);
				values.set(
					`${name} 0`,
					given ? given.slice(Math.max(0, at), Math.max(0, at) + 1) : [this.#input(layer)]
				);
				continue;
			}
			callsOf(layer.inbound_nodes).forEach((reads, call) => waiting.push({ layer, call, reads }));
		}
		// Layers stand in any order: each is read as soon as what it reads is there.
		for (let left = waiting; left.length > 0;) {
			const later = left.filter(({ layer, call, reads }) => {
				const found = reads.map(([name, node, tensor]) => values.get(`${name} ${node}`)?.[tensor]);
				if (found.length === 0 || found.some((value) => !value)) return true;
				values.set(`${nameOf(layer)} ${call}`, this.#layer(layer, path, found as Value[]));
				return false;
			});
			if (later.length === left.length) {
				const [{ layer, reads }] = later as [(typeof later)[number]];
				const input = reads.find(([name, node, tensor]) => !values.get(`${name} ${node}`)?.[tensor]);
				throw input
					? broken(this.file, 'absent', { name: nameOf(layer), input: input[0] })
					: broken(this.file, 'readsNothing', { name: nameOf(layer) });
			}
			left = later;
		}
		return endsOf(config['output_layers']).map(([name, node, tensor]) => {
			const value = values.get(`${name} ${node}`)?.[tensor];
			if (!value) throw broken(this.file, 'noOutputOf', { name });
			return value;
		});
	}

	#input({ config, build_config }: LayerConfig): Value {
		const given = config['batch_shape'] ?? config['batch_input_shape'] ?? build_config?.input_shape;
		if (!Array.isArray(given))
			throw broken(this.file, 'inputShape', { name: String(config['name'] ?? 'input') });
		const dims = given.slice(1).map((n) => (typeof n === 'number' ? n : null));
		if (dims.length === 3 && dims.slice(0, 2).includes(null))
			this.notes.push({ code: 'openSize', params: { value: this.size[0] } });
		const [height, width, channels] =
			dims.length === 3 ? dims : dims.length === 2 ? [1, ...dims] : [1, 1, ...dims];
		const shape: Shape = [height ?? this.size[0], width ?? this.size[1], channels ?? 3];
		return { out: this.assembly.input(String(config['name'] ?? 'input'), shape), isFlat: false };
	}

	#layer(layer: LayerConfig, path: readonly string[], inputs: readonly Value[]): readonly Value[] {
		const { class_name, config } = layer;
		const name = nameOf(layer);
		if (['Functional', 'Model', 'Sequential'].includes(class_name))
			return this.model(layer as KerasModel, [...path, name], inputs);
		if (class_name === 'TimeDistributed' || class_name === 'Bidirectional')
			return this.#opaque(layer, path, inputs);
		if (config['data_format'] === 'channels_first') throw unsupported(this.file, 'channelsFirst', { name });
		const made = this.#known(layer, path, inputs);
		if (!made) return this.#opaque(layer, path, inputs);
		return [this.#activated(made, config, class_name, [...path, name].join('/'))];
	}

	#known(layer: LayerConfig, path: readonly string[], inputs: readonly Value[]): Value | null {
		const { class_name: type, config } = layer;
		const [value] = inputs as readonly [Value];
		const x = value.out;
		const name = [...path, nameOf(layer)].join('/');
		const roles = this.weightsOf ? rolesOf(this.weightsOf(layer, path), type, config) : {};
		const values = (role: string): Values | undefined => roles[role]?.data;
		const plain = (out: Out, isFlat = value.isFlat): Value => ({
			out,
			isFlat: isFlat && out.shape[0] * out.shape[1] > 1
		});
		const one = (made: { readonly outs: readonly Out[] }) => plain(made.outs[0]!);
		const bias = config['use_bias'] !== false;
		const isVector = value.isFlat || x.shape[0] * x.shape[1] === 1;
		switch (type) {
			case 'Conv2D':
			case 'Convolution2D': {
				const groups = numberIn(config, 'groups', 1);
				const options = { ...windowOf(config), outChannels: numberIn(config, 'filters', NaN), groups, bias };
				return one(
					this.assembly.add('conv2d', name, [x], options, { kernel: values('kernel'), bias: values('bias') })
				);
			}
			case 'DepthwiseConv2D': {
				const outChannels = x.shape[2] * numberIn(config, 'depth_multiplier', 1);
				const options = { ...windowOf(config), outChannels, groups: x.shape[2], bias };
				const kernel = values('depthwise_kernel') ?? values('kernel');
				return one(this.assembly.add('conv2d', name, [x], options, { kernel, bias: values('bias') }));
			}
			case 'SeparableConv2D':
			case 'SeparableConvolution2D': {
				const outChannels = x.shape[2] * numberIn(config, 'depth_multiplier', 1);
				const deep = this.assembly.add(
					'conv2d',
					`${name}_dw`,
					[x],
					{ ...windowOf(config), outChannels, groups: x.shape[2], bias: false },
					{ kernel: values('depthwise_kernel') }
				);
				const options = { outChannels: numberIn(config, 'filters', NaN), kernelSize: 1, bias };
				const given = { kernel: values('pointwise_kernel'), bias: values('bias') };
				return one(this.assembly.add('conv2d', `${name}_pw`, [deep.outs[0]!], options, given));
			}
			case 'Conv2DTranspose':
				return one(this.#transposed(name, x, config, values('kernel'), values('bias')));
			case 'Dense': {
				const outChannels = numberIn(config, 'units', numberIn(config, 'output_dim', NaN));
				const given = { kernel: values('kernel'), bias: values('bias') };
				if (isVector)
					return plain(this.assembly.add('dense', name, [x], { outChannels, bias }, given).outs[0]!, false);
				return one(this.assembly.add('conv2d', name, [x], { outChannels, kernelSize: 1, bias }, given));
			}
			case 'BatchNormalization': {
				if (value.isFlat) return null;
				const options = {
					epsilon: numberIn(config, 'epsilon', 1e-3),
					scale: config['scale'] !== false,
					center: config['center'] !== false
				};
				const given = {
					gamma: values('gamma'),
					beta: values('beta'),
					mean: values('moving_mean'),
					variance: values('moving_variance')
				};
				return one(this.assembly.add('batchNorm', name, [x], options, given));
			}
			case 'LayerNormalization': {
				const options = {
					epsilon: numberIn(config, 'epsilon', 1e-3),
					scale: config['scale'] !== false,
					center: config['center'] !== false
				};
				if (value.isFlat || !isLastAxis(config['axis'])) return null;
				return one(
					this.assembly.add('layerNorm', name, [x], options, { gamma: values('gamma'), beta: values('beta') })
				);
			}
			case 'Rescaling': {
				const [scale, offset] = [config['scale'], config['offset'] ?? 0];
				if (typeof scale !== 'number' || typeof offset !== 'number') return null;
				return one(this.assembly.add('rescale', name, [x], { scale, offset }));
			}
			case 'Normalization': {
				const mean = numbersIn(config['mean']) ?? roles['mean']?.data;
				const variance = numbersIn(config['variance']) ?? roles['variance']?.data;
				const channels = x.shape[2];
				if (!mean || !variance || ![1, channels].includes(mean.length) || value.isFlat) return null;
				const of = (list: ArrayLike<number>, c: number) => list[list.length === 1 ? 0 : c]!;
				const gamma = Float32Array.from(
					{ length: channels },
					(_, c) => 1 / Math.max(Math.sqrt(of(variance, c)), 1e-7)
				);
				const beta = Float32Array.from({ length: channels }, (_, c) => -of(mean, c) * gamma[c]!);
				return one(this.assembly.add('scale', name, [x], {}, { gamma, beta }));
			}
			case 'Activation':
				return this.#activation(value, config['activation'], name);
			case 'ReLU':
				return this.#relu(value, config, name);
			case 'LeakyReLU':
				return one(
					this.assembly.add('leakyRelu', name, [x], {
						alpha: numberIn(config, 'negative_slope', numberIn(config, 'alpha', 0.3))
					})
				);
			case 'ELU':
				return one(this.assembly.add('elu', name, [x], { alpha: numberIn(config, 'alpha', 1) }));
			case 'PReLU': {
				const alpha = roles['alpha'];
				const count = alpha
					? countOf(alpha.shape)
					: (config['shared_axes'] as unknown[] | null)?.length === 3
						? 1
						: x.shape[2];
				if (count !== 1 && count !== x.shape[2]) return null;
				return one(this.assembly.add('prelu', name, [x], { shared: count === 1 }, { alpha: alpha?.data }));
			}
			case 'Softmax':
				return isLastAxis(config['axis']) ? this.#activation(value, 'softmax', name) : null;
			case 'MaxPooling2D':
			case 'AveragePooling2D': {
				const kernelSize = pairIn(config['pool_size'], 2);
				const options = {
					kernelSize,
					stride: pairIn(config['strides'] ?? config['pool_size'], 2),
					padding: paddingIn(config)
				};
				return one(this.assembly.add(type === 'MaxPooling2D' ? 'maxPool' : 'avgPool', name, [x], options));
			}
			case 'GlobalAveragePooling2D':
				return one(this.assembly.add('globalAvgPool', name, [x], {}));
			case 'GlobalMaxPooling2D':
				return one(this.assembly.add('globalMaxPool', name, [x], {}));
			case 'ZeroPadding2D': {
				const [[top, bottom], [left, right]] = sidesIn(config['padding']);
				return one(this.assembly.add('pad', name, [x], { padding: { top, bottom, left, right } }));
			}
			case 'UpSampling2D': {
				const [rows, columns] = pairIn(config['size'], 2);
				const size = [x.shape[0] * rows, x.shape[1] * columns] as const;
				if (config['interpolation'] === 'bilinear')
					return one(this.assembly.add('resizeBilinear', name, [x], { size }));
				if ((config['interpolation'] ?? 'nearest') !== 'nearest') return null;
				return one(
					this.assembly.add('resizeNearest', name, [x], { size, coordinates: 'asymmetric', round: 'floor' })
				);
			}
			case 'Resizing': {
				const size = [numberIn(config, 'height', 1), numberIn(config, 'width', 1)] as const;
				if (config['crop_to_aspect_ratio'] === true) return null;
				if ((config['interpolation'] ?? 'bilinear') === 'bilinear')
					return one(this.assembly.add('resizeBilinear', name, [x], { size }));
				return config['interpolation'] === 'nearest'
					? one(this.assembly.add('resizeNearest', name, [x], { size, round: 'roundUp' }))
					: null;
			}
			case 'Add':
			case 'Multiply':
			case 'Average': {
				if (inputs.some(({ isFlat }) => isFlat !== value.isFlat)) return null;
				if (inputs.length === 1) return value;
				const outs = inputs.map(({ out }) => out);
				if (type === 'Multiply' && outs.length > 2) return null;
				const made = this.assembly.add(type === 'Multiply' ? 'multiply' : 'add', name, outs, {});
				if (type !== 'Average') return one(made);
				return one(
					this.assembly.add('rescale', `${name}/average`, [made.outs[0]!], { scale: 1 / outs.length })
				);
			}
			case 'Concatenate': {
				if (inputs.some(({ isFlat }) => isFlat)) return null;
				const axis = numberIn(config, 'axis', -1);
				const isLast =
					axis === -1 ||
					axis === 3 ||
					(axis === 1 && inputs.every(({ out }) => out.shape[0] * out.shape[1] === 1));
				if (!isLast) return null;
				return inputs.length === 1
					? value
					: one(
							this.assembly.add(
								'concat',
								name,
								inputs.map(({ out }) => out),
								{}
							)
						);
			}
			case 'Flatten':
				return plain(x, true);
			case 'Reshape': {
				const target = numbersIn(config['target_shape']) ?? [];
				if (String(target) === String(x.shape)) return plain(x, false);
				const isRow = target.filter((n) => n !== 1).length <= 1;
				return isRow ? plain(x, x.shape[0] * x.shape[1] > 1) : null;
			}
			case 'Dropout':
			case 'SpatialDropout2D': {
				const rate = numberIn(config, 'rate', numberIn(config, 'p', 0.5));
				return one(this.assembly.add('dropout', name, [x], { rate: rate >= 0 && rate < 1 ? rate : 0 }));
			}
			default:
				return passing.has(type) ? value : null;
		}
	}

	/** The activation that a layer has in itself. */
	#activated(value: Value, config: Config, type: string, name: string): Value {
		const { activation } = config;
		const isOwn = ['Activation', 'Softmax', 'ReLU', 'LeakyReLU'].includes(type);
		if (isOwn || activation === undefined || activation === null || activation === 'linear') return value;
		const short = typeof activation === 'string' ? activation : 'activation';
		return this.#activation(value, activation, `${name}/${short}`) ?? value;
	}

	#activation(value: Value, given: unknown, name: string): Value | null {
		const config = (typeof given === 'object' ? given : null) as LayerConfig | null;
		if (config?.class_name === 'ReLU') return this.#relu(value, config.config, name);
		const wanted = config?.config?.['activation'] ?? config?.class_name ?? given;
		const found = typeof wanted === 'string' ? wanted.toLowerCase() : '';
		const { out } = value;
		if (found === 'linear') return value;
		if (found === 'softmax' && value.isFlat) return null;
		const made =
			found === 'hard_sigmoid'
				? this.assembly.add('hardSigmoid', name, [out], this.isOld ? { alpha: 0.2, beta: 0.5 } : {})
				: found === 'leaky_relu'
					? this.assembly.add('leakyRelu', name, [out], { alpha: 0.2 })
					: Object.hasOwn(activations, found)
						? this.assembly.add(activations[found]!, name, [out], {})
						: this.assembly.opaque(name, [out], { type: found || 'Activation', shapes: [out.shape] });
		return { out: made.outs[0]!, isFlat: value.isFlat };
	}

	#relu({ out, isFlat }: Value, config: Config, name: string): Value | null {
		const max = config['max_value'];
		const [slope, threshold] = [numberIn(config, 'negative_slope', 0), numberIn(config, 'threshold', 0)];
		if (threshold !== 0 || (slope !== 0 && typeof max === 'number')) return null;
		const made =
			slope !== 0
				? this.assembly.add('leakyRelu', name, [out], { alpha: slope })
				: typeof max !== 'number'
					? this.assembly.add('relu', name, [out], {})
					: max === 6
						? this.assembly.add('relu6', name, [out], {})
						: this.assembly.add('clip', name, [out], { min: 0, max });
		return { out: made.outs[0]!, isFlat };
	}

	#transposed(name: string, x: Out, config: Config, kernel: Values | undefined, bias: Values | undefined) {
		const { kernelSize, stride, dilation, padding } = windowOf(config);
		const outChannels = numberIn(config, 'filters', NaN);
		const more =
			config['output_padding'] === null || config['output_padding'] === undefined
				? null
				: pairIn(config['output_padding'], 0);
		// Kernels are [kh, kw, out, in] here alone.
		const turned =
			kernel instanceof Float32Array &&
			kernel.length === kernelSize[0] * kernelSize[1] * outChannels * x.shape[2]
				? permute(kernel, [...kernelSize, outChannels, x.shape[2]], [0, 1, 3, 2])
				: kernel;
		const options: OptionsOf<'transposedConv2d'> = {
			...{ outChannels, kernelSize, stride, dilation, bias: config['use_bias'] !== false },
			...(padding === 'same' && more === null && { padding }),
			// Keras's rule with an output padding: half the kernel goes on each side.
			...(padding === 'same' &&
				more !== null && {
					padding: {
						...{ top: Math.floor(kernelSize[0] / 2), bottom: Math.floor(kernelSize[0] / 2) },
						...{ left: Math.floor(kernelSize[1] / 2), right: Math.floor(kernelSize[1] / 2) }
					},
					outputPadding: more
				}),
			// Without padding it is never smaller than the stride makes it.
			...(padding === 'valid' && {
				outputPadding:
					more ??
					([0, 1].map((axis) => Math.max(0, stride[axis as 0] - kernelSize[axis as 0])) as [number, number])
			})
		};
		return this.assembly.add('transposedConv2d', name, [x], options, { kernel: turned, bias });
	}

	#opaque(layer: LayerConfig, path: readonly string[], inputs: readonly Value[]): readonly Value[] {
		const name = [...path, nameOf(layer)].join('/');
		const { config, class_name } = layer;
		const tensors = this.weightsOf?.(layer, path) ?? [];
		const parameters = tensors.reduce((sum, { shape }) => sum + countOf(shape), 0);
		const [first] = inputs as readonly [Value];
		const channels = ['filters', 'units', 'output_dim']
			.map((key) => config[key])
			.find((n) => typeof n === 'number');
		const [height, width, own] = first.out.shape;
		const target = numbersIn(config['target_shape']);
		const shape: Shape =
			class_name === 'Reshape' && target?.length === 3 && target.every((n) => n >= 1)
				? (target as unknown as Shape)
				: [height, width, (channels as number | undefined) ?? own];
		const made = this.assembly.opaque(
			name,
			inputs.map(({ out }) => out),
			{ type: class_name, shapes: [shape], parameters }
		);
		return [{ out: made.outs[0]!, isFlat: false }];
	}
}

const activations: Readonly<
	Record<
		string,
		'relu' | 'relu6' | 'sigmoid' | 'tanh' | 'elu' | 'selu' | 'swish' | 'gelu' | 'hardSwish' | 'softmax'
	>
> = {
	...{
		relu: 'relu',
		relu6: 'relu6',
		sigmoid: 'sigmoid',
		tanh: 'tanh',
		elu: 'elu',
		selu: 'selu',
		swish: 'swish',
		silu: 'swish'
	},
	...{ gelu: 'gelu', hard_swish: 'hardSwish', hard_silu: 'hardSwish', softmax: 'softmax' }
};
