import { isByValue, operatorOf, type OptionsOf, type Shape } from '../../ops';
import { Assembly, type Layer, type Out, type Values } from '../assembly';
import {
	asFormatError,
	broken,
	FormatError,
	titleOf,
	type Format,
	type Preprocessing,
	type ModelFile,
	type OpenedModel
} from '../format';
import { permute } from '../permute';
import { flagIn, messageIn, messagesIn, numbersIn, parseText, textsIn, type Message } from './text';
import { beginsAsNet, parseWeights, type Blob } from './weights';

/** Caffe: the structure as text (`.prototxt`), and the weights beside it (`.caffemodel`). */
export const caffe: Format = {
	name: 'Caffe',
	tell: (file) => isStructure(file) || beginsAsNet(file.bytes),
	isNetwork: isStructure,
	partsOf: (main, files) => [weightsBeside(main, files)].filter((file) => file !== null),
	read(main, files) {
		const structure = isStructure(main) ? main : files.find(isStructure);
		if (!structure)
			throw new FormatError(
				'missingFile',
				`${main.name} has weights; the structure is in a .prototxt, which is not there`,
				{
					file: main.name,
					needed: '.prototxt'
				}
			);
		const weights = weightsBeside(structure, files);
		try {
			const text = new TextDecoder().decode(structure.bytes);
			return readNet(text, structure.name, weights ? weightsIn(weights) : null);
		} catch (error) {
			throw asFormatError(structure.name, error);
		}
	}
};

/** The weights that came with a structure: of several, those of its name; `null` where there are none. */
export function weightsBeside({ name }: ModelFile, files: readonly ModelFile[]): ModelFile | null {
	const all = files.filter((file) => !isStructure(file) && beginsAsNet(file.bytes));
	const stem = (of: string) => of.replace(/\.\w+$/, '');
	return all.find((file) => stem(file.name) === stem(name)) ?? all[0] ?? null;
}

function weightsIn({ name, bytes }: ModelFile): ReadonlyMap<string, readonly Blob[]> {
	try {
		return parseWeights(bytes);
	} catch (error) {
		throw asFormatError(name, error);
	}
}

/** Text that has a layer of Caffe's in it. */
function isStructure({ bytes }: ModelFile): boolean {
	const head = bytes.subarray(0, 1 << 16);
	if (head.includes(0)) return false;
	return /^[ \t]*layers?[ \t]*\{/m.test(new TextDecoder().decode(head));
}

/** Layers that feed or judge, or do nothing when a net is run. */
const aside = new Set([
	'data',
	'imagedata',
	'hdf5data',
	'accuracy',
	'softmaxwithloss',
	'softmaxloss',
	'silence',
	'euclideanloss',
	'hingeloss',
	'loss'
]);

function readNet(
	text: string,
	file: string,
	weights: ReadonlyMap<string, readonly Blob[]> | null
): OpenedModel {
	const net = parseText(text);
	const assembly = new Assembly(file);
	const blobs = new Map<string, Out>();
	const used = new Set<string>();
	const given = textsIn(net, 'input');
	const dims = numbersIn(net, 'input_dim');
	const shapes = messagesIn(net, 'input_shape').map((shape) => numbersIn(shape, 'dim'));
	given.forEach((name, i) =>
		blobs.set(name, assembly.input(name, shapeOf(shapes[i] ?? dims.slice(4 * i, 4 * i + 4), file, name)))
	);
	/** What feeds a training, used where nothing else gives it; `null` where the file does not say its size. */
	const fed = new Map<string, readonly number[] | null>();
	const outOf = (name: string, bottom: string): Out => {
		const known = blobs.get(bottom);
		if (known) return known;
		const shape = fed.get(bottom);
		if (shape === undefined) throw broken(file, 'unread', { name, input: bottom });
		if (shape === null) throw broken(file, 'fedWithoutSize', { input: bottom });
		const out = assembly.input(bottom, shapeOf(shape, file, bottom));
		blobs.set(bottom, out);
		return out;
	};
	for (const layer of [...messagesIn(net, 'layer'), ...messagesIn(net, 'layers')]) {
		const name = textsIn(layer, 'name')[0] ?? '';
		const type = (textsIn(layer, 'type')[0] ?? '').replaceAll('_', '').toLowerCase();
		const tops = textsIn(layer, 'top');
		const isTraining = messagesIn(layer, 'include').some((rule) => textsIn(rule, 'phase')[0] === 'TRAIN');
		if (
			type === 'input' ||
			type === 'memorydata' ||
			(aside.has(type) && textsIn(layer, 'bottom').length === 0)
		) {
			const [top] = tops;
			const asked = inputOf(layer, type);
			if (top === undefined || blobs.has(top)) continue;
			if (asked && !isTraining) blobs.set(top, assembly.input(top, shapeOf(asked, file, name)));
			else fed.set(top, asked ?? fed.get(top) ?? null);
			continue;
		}
		if (isTraining) continue;
		if (aside.has(type)) continue;
		const bottoms = textsIn(layer, 'bottom');
		// A layer may write over what it reads, and over nothing else.
		const twice = tops.find((top) => blobs.has(top) && !bottoms.includes(top));
		if (twice !== undefined) throw broken(file, 'twice', { name: twice });
		const inputs = bottoms.map((bottom) => {
			const out = outOf(name, bottom);
			used.add(bottom);
			return out;
		});
		const outs = readLayer(assembly, { name, type, layer, inputs, blobs: weights?.get(name) ?? null, tops });
		noteSharing(outs[0]?.layer ?? null, name, layer);
		tops.forEach((top, i) => {
			if (outs[i]) blobs.set(top, outs[i]);
			used.delete(top);
		});
	}
	if (!weights) assembly.leaveWeightsOut();
	const outputs = [...blobs].filter(([top, out]) => !used.has(top) && out.layer).map(([, out]) => out);
	const title = titleOf(textsIn(net, 'name')[0] ?? '', file);
	const { graph, weights: found, notes } = assembly.finish(title, outputs.toReversed());
	return {
		...{ kind: 'model', format: 'Caffe', graph, weights: found, labels: null, notes },
		preprocessing: preprocessingOf(text)
	};
}

/** Layers whose parameters have the same names use the same. Source: BVLC/caffe, caffe.proto, `ParamSpec.name`. */
function noteSharing(made: Layer | null, name: string, layer: Message): void {
	if (made?.name !== name) return;
	const names = [
		// In old files the name is the whole entry.
		...textsIn(layer, 'param'),
		...messagesIn(layer, 'param').flatMap((param) => textsIn(param, 'name'))
	].filter((of) => of !== '');
	if (names.length === 0 || names.length !== operatorOf(made.op).weights(made.geometry).length) return;
	made.weightsFrom = names.join('\n');
	made.isSameSurely = true;
}

/** BGR less ImageNet's means, or what a transformation in the text (a comment, often) says. */
function preprocessingOf(text: string): Preprocessing {
	const [, list] = /mean_value:\s*\[([^\]]*)\]/.exec(text) ?? [];
	const values =
		list?.split(',').map(Number) ??
		Array.from(text.matchAll(/mean_value:\s*([\d.]+)/g), ([, value]) => Number(value));
	const [blue = 104, green = 117, red = 123] = values.every((value) => value >= 0 && value < 256)
		? values
		: [];
	const scale = Number(/\bscale:\s*([\d.]+)/.exec(text)?.[1] ?? 1);
	const deviation = scale > 0 && scale <= 1 ? 1 / scale : 1;
	return { order: 'bgr', mean: [blue, green, red], deviation: [deviation, deviation, deviation] };
}

function inputOf(layer: Message, type: string): readonly number[] | null {
	if (type === 'memorydata') {
		const own = messageIn(layer, 'memory_data_param');
		return [1, ...['channels', 'height', 'width'].map((name) => numbersIn(own, name)[0] ?? 1)];
	}
	const shape = messageIn(messageIn(layer, 'input_param'), 'shape');
	if (shape) return numbersIn(shape, 'dim');
	const images = messageIn(layer, 'image_data_param');
	const transform = messageIn(layer, 'transform_param');
	const isGrey = flagIn(transform, 'force_gray', false) || !flagIn(images, 'is_color', true);
	// In old files it stands with where the pictures are.
	const crop = [transform, messageIn(layer, 'data_param'), images].flatMap((of) =>
		numbersIn(of, 'crop_size')
	)[0];
	const [height, width] = crop
		? [crop, crop]
		: ['new_height', 'new_width'].map((key) => numbersIn(images, key)[0] ?? 0);
	return height && width ? [1, isGrey ? 1 : 3, height, width] : null;
}

function shapeOf(dims: readonly number[], file: string, name: string): Shape {
	const [, channels = 1, height = 1, width = 1] = dims;
	if (![channels, height, width].every((n) => Number.isSafeInteger(n) && n >= 1))
		throw broken(file, 'shape', { name, shape: dims.join('×') });
	return [height, width, channels];
}

interface CaffeLayer {
	readonly name: string;
	readonly type: string;
	readonly layer: Message;
	readonly inputs: readonly Out[];
	readonly blobs: readonly Blob[] | null;
	readonly tops: readonly string[];
}

/** A size of a window: one for both ways, or one for each. */
function pairOf(
	of: Message | null,
	name: string,
	axes: readonly [string, string],
	fallback: number
): [number, number] {
	const [both, second] = numbersIn(of, name);
	const alone = axes.map((axis) => numbersIn(of, axis)[0]);
	return [alone[0] ?? both ?? fallback, alone[1] ?? second ?? both ?? fallback];
}

function readLayer(
	assembly: Assembly,
	{ name, type, layer, inputs, blobs, tops }: CaffeLayer
): readonly Out[] {
	const [x] = inputs;
	if (!x) throw broken(assembly.file, 'readsNothing', { name });
	try {
		const outs = known(assembly, { name, type, layer, inputs, blobs, tops });
		if (outs) return outs;
	} catch (error) {
		// Behind what nobody says the shape of, shapes are guesses, which may not fit.
		const isGuess = inputs.some((input) => input.isGuess === true);
		if (!isGuess || !(error instanceof FormatError)) throw error;
	}
	const parameters = blobs?.reduce((sum, { values: of }) => sum + of.length, 0) ?? 0;
	const isUnknown = blobs === null && !isByValue(type) && !weightless.has(type);
	const title = textsIn(layer, 'type')[0] ?? '?';
	const isKept = isByValue(type) || keeps.has(type);
	return assembly.opaque(
		name,
		inputs,
		{ type: title, shapes: tops.map(() => x.shape), parameters, ...(isUnknown && { unknownWeights: true }) },
		isKept ? 'follows' : 'guessed'
	).outs;
}

/** Layers that have no weights, whatever is asked of them. */
const weightless = new Set([
	...['argmax', 'batchreindex', 'concat', 'crop', 'detectionoutput', 'eltwise', 'exp', 'filter', 'flatten'],
	...['im2col', 'interp', 'log', 'lrn', 'mvn', 'permute', 'pooling', 'power', 'priorbox', 'proposal'],
	...['reduction', 'reshape', 'roipooling', 'slice', 'split', 'spp', 'tile', 'upsample']
]);

/** Layers that look at more than one value, and keep the shape all the same. */
const keeps = new Set([
	'mvn',
	'normalize',
	'lrn',
	'batchreindex',
	'bnll',
	'exp',
	'log',
	'power',
	'absval',
	'eltwise'
]);

/** A layer that is computed here; `null` for any other. */
function known(
	assembly: Assembly,
	{ name, type, layer, inputs, blobs, tops }: CaffeLayer
): readonly Out[] | null {
	const x = inputs[0]!;
	const own = (param: string) => messageIn(layer, `${param}_param`);
	const number = (of: Message | null, key: string, fallback: number) => numbersIn(of, key)[0] ?? fallback;
	const values = (i: number): Values | undefined => blobs?.[i]?.values;
	switch (type) {
		case 'convolution':
		case 'deconvolution':
		case 'depthwiseconvolution': {
			const of = own('convolution');
			const outChannels = number(of, 'num_output', NaN);
			const kernelSize = pairOf(of, 'kernel_size', ['kernel_h', 'kernel_w'], 1);
			const pad = pairOf(of, 'pad', ['pad_h', 'pad_w'], 0);
			const groups = type === 'depthwiseconvolution' ? x.shape[2] : number(of, 'group', 1);
			const bias = flagIn(of, 'bias_term', true);
			const options = {
				...{ outChannels, kernelSize, groups, bias },
				stride: pairOf(of, 'stride', ['stride_h', 'stride_w'], 1),
				dilation: pairOf(of, 'dilation', ['', ''], 1),
				padding: { top: pad[0], bottom: pad[0], left: pad[1], right: pad[1] }
			};
			const inputs = x.shape[2] / groups;
			const kernel = values(0);
			if (type === 'deconvolution') {
				const turned = turn(kernel, [groups, inputs, outChannels / groups, ...kernelSize], [3, 4, 1, 0, 2]);
				return assembly.add('transposedConv2d', name, [x], options, { kernel: turned, bias: values(1) }).outs;
			}
			const turned = turn(kernel, [outChannels, inputs, ...kernelSize], [2, 3, 1, 0]);
			return assembly.add('conv2d', name, [x], options, { kernel: turned, bias: values(1) }).outs;
		}
		case 'innerproduct': {
			const of = own('inner_product');
			const outChannels = number(of, 'num_output', NaN);
			const bias = flagIn(of, 'bias_term', true);
			const [height, width, channels] = x.shape;
			const kernel = flagIn(of, 'transpose', false)
				? turn(values(0), [channels, height, width, outChannels], [1, 2, 0, 3])
				: turn(values(0), [outChannels, channels, height, width], [2, 3, 1, 0]);
			return assembly.add('dense', name, [x], { outChannels, bias }, { kernel, bias: values(1) }).outs;
		}
		case 'pooling': {
			const of = own('pooling');
			const kind = String(of?.get('pool')?.[0] ?? 'MAX');
			const isMax = kind === 'MAX' || kind === '0';
			if (flagIn(of, 'global_pooling', false))
				return assembly.add(isMax ? 'globalMaxPool' : 'globalAvgPool', name, [x], {}).outs;
			const pad = pairOf(of, 'pad', ['pad_h', 'pad_w'], 0);
			const options = {
				kernelSize: pairOf(of, 'kernel_size', ['kernel_h', 'kernel_w'], 1),
				stride: pairOf(of, 'stride', ['stride_h', 'stride_w'], 1),
				padding: { top: pad[0], bottom: pad[0], left: pad[1], right: pad[1] },
				ceil: !['FLOOR', '1'].includes(String(of?.get('round_mode')?.[0] ?? 'CEIL'))
			};
			if (isMax) return assembly.add('maxPool', name, [x], options).outs;
			return assembly.add('avgPool', name, [x], { ...options, countPadding: true }).outs;
		}
		case 'batchnorm': {
			const factor = blobs?.[2]?.values[0] ?? 1;
			const averaged = (i: number) => blobs?.[i]?.values.map((value) => (factor === 0 ? 0 : value / factor));
			const options = { epsilon: number(own('batch_norm'), 'eps', 1e-5), scale: false, center: false };
			return assembly.add('batchNorm', name, [x], options, { mean: averaged(0), variance: averaged(1) }).outs;
		}
		case 'scale': {
			const center = flagIn(own('scale'), 'bias_term', false);
			if (inputs.length > 1) return assembly.add('multiply', name, inputs, {}).outs;
			const norm = x.layer;
			const isBare = norm?.op === 'batchNorm' && !(norm.options as OptionsOf<'batchNorm'>).scale;
			if (isBare && x.readers === 0) return scaled(assembly, norm, center, values(0), values(1));
			return assembly.add('scale', name, [x], { scale: true, center }, { gamma: values(0), beta: values(1) })
				.outs;
		}
		case 'bias':
			return assembly.add('scale', name, [x], { scale: false, center: true }, { beta: values(0) }).outs;
		case 'relu': {
			const slope = number(own('relu'), 'negative_slope', 0);
			return slope === 0
				? assembly.add('relu', name, [x], {}).outs
				: assembly.add('leakyRelu', name, [x], { alpha: slope }).outs;
		}
		case 'relu6':
			return assembly.add('relu6', name, [x], {}).outs;
		case 'prelu': {
			const shared = flagIn(own('prelu'), 'channel_shared', false);
			return assembly.add('prelu', name, [x], { shared }, { alpha: values(0) }).outs;
		}
		case 'elu':
			return assembly.add('elu', name, [x], { alpha: number(own('elu'), 'alpha', 1) }).outs;
		case 'sigmoid':
			return assembly.add('sigmoid', name, [x], {}).outs;
		case 'tanh':
			return assembly.add('tanh', name, [x], {}).outs;
		case 'softmax':
			return assembly.add('softmax', name, [x], {}).outs;
		case 'power': {
			const of = own('power');
			if (number(of, 'power', 1) !== 1) break;
			return assembly.add('rescale', name, [x], {
				scale: number(of, 'scale', 1),
				offset: number(of, 'shift', 0)
			}).outs;
		}
		case 'lrn': {
			const of = own('lrn');
			const size = number(of, 'local_size', 5);
			if (String(of?.get('norm_region')?.[0] ?? 'ACROSS_CHANNELS') !== 'ACROSS_CHANNELS') break;
			const options = {
				alpha: number(of, 'alpha', 1) / size,
				beta: number(of, 'beta', 0.75),
				bias: number(of, 'k', 1)
			};
			return assembly.add('localResponseNorm', name, [x], { depthRadius: (size - 1) / 2, ...options }).outs;
		}
		case 'concat':
			if (inputs.length === 1) return [x];
			if (number(own('concat'), 'axis', number(own('concat'), 'concat_dim', 1)) !== 1) break;
			return assembly.add('concat', name, inputs, {}).outs;
		case 'eltwise': {
			const of = own('eltwise');
			const operation = String(of?.get('operation')?.[0] ?? 'SUM');
			if (operation === 'PROD' || operation === '0') return assembly.add('multiply', name, inputs, {}).outs;
			if ((operation === 'SUM' || operation === '1') && numbersIn(of, 'coeff').every((n) => n === 1))
				return assembly.add('add', name, inputs, {}).outs;
			break;
		}
		case 'slice': {
			const points = numbersIn(own('slice'), 'slice_point');
			const channels = x.shape[2];
			const ends =
				points.length > 0 ? [...points, channels] : tops.map((_, i) => ((i + 1) * channels) / tops.length);
			const sizes = ends.map((end, i) => end - (ends[i - 1] ?? 0));
			return assembly.add('split', name, [x], { sizes }).outs;
		}
		case 'shufflechannel':
			return assembly.add('channelShuffle', name, [x], { groups: number(own('shuffle_channel'), 'group', 1) })
				.outs;
		case 'dropout':
			return assembly.add('dropout', name, [x], { rate: number(own('dropout'), 'dropout_ratio', 0.5) }).outs;
		case 'split':
			return tops.map(() => x);
		case 'flatten':
			return [x];
	}
	return null;
}

/** A scale that follows a batch norm is its own. */
function scaled(
	assembly: Assembly,
	norm: Layer,
	center: boolean,
	gamma: Values | undefined,
	beta: Values | undefined
): Out[] {
	const given = { ...norm.values, ...(gamma && { gamma }), ...(center && beta && { beta }) };
	assembly.change(norm, { ...norm.options, scale: true, center }, given);
	if (!gamma || (center && !beta)) assembly.leaveWeightsOut();
	return norm.outs;
}

function turn(
	values: Values | undefined,
	shape: readonly number[],
	axes: readonly number[]
): Values | undefined {
	if (!(values instanceof Float32Array)) return undefined;
	const size = shape.reduce((product, n) => product * n, 1);
	return values.length === size ? permute(values, shape, axes) : values;
}
