import { graphCost, graphLimits, resolveGraph, type Graph } from '../../nets';
import { isByValue, type Shape } from '../../ops';
import { Assembly, isRow } from '../assembly';
import {
	broken,
	FormatError,
	inputSizes,
	type Preprocessing,
	type InputSize,
	titleOf,
	tooLarge,
	type Note,
	type OpenedModel,
	unsupported
} from '../format';
import { preprocessings } from '../preprocessing';
import { countOf, type NamedTensor } from '../tensors';
import { activated } from './activations';
import { LayerCall, type Value } from './call';
import {
	callsOf,
	type Config,
	type End,
	endsOf,
	isModel,
	type LayerConfig,
	layersIn,
	nameOf,
	numbersIn,
	sidesIn
} from './config';
import { handlerOf } from './layers';

/** Where the weights of a layer are: by its name and those of the models around it. Their order is that in which the layer makes them. */
export type WeightsOf = (layer: LayerConfig, path: readonly string[]) => readonly NamedTensor[];

export interface KerasModel {
	readonly class_name: string;
	readonly config: unknown;
}

/** What a model is called; `''` where it says nothing. */
export const modelName = ({ config }: KerasModel): string =>
	String((config as Config | null)?.['name'] ?? '');

/**
 * The network of a Keras model's configuration.
 * @param version Keras's
 * @param producer what the file says that it was written by, if anything
 * @param weightsOf `null` where the file has the structure alone
 */
export function readTopology(
	model: KerasModel,
	{
		file,
		format,
		version,
		producer = '',
		size,
		weightsOf
	}: {
		readonly file: string;
		readonly format: string;
		readonly version: string;
		readonly producer?: string;
		readonly size?: InputSize;
		readonly weightsOf: WeightsOf | null;
	}
): OpenedModel {
	checkCount(model, file);
	const assembly = new Assembly(file, { namesAreLayers: true });
	if (!weightsOf) assembly.leaveWeightsOut();
	const reader = new Reader(assembly, file, inputSizes(size), /^[01]\.|^2\./.test(version), weightsOf);
	const outputs = reader.model(model, [], null);
	const title = titleOf(modelName(model), file);
	const { graph, weights, notes } = assembly.finish(
		title,
		outputs.map(({ out }) => out)
	);
	// Where others write a model as Keras does, its version is whose way it is, not who wrote it.
	const isOther = producer !== '' && !/^keras\b/i.test(producer);
	const writer = isOther ? producer : version && `Keras ${version}`;
	const from: Note[] = writer === '' ? [] : [{ code: 'from', params: { producer: writer } }];
	return {
		...{ kind: 'model', format, graph, weights, labels: null, preprocessing: usualPreprocessing(model) },
		...{ isRow: outputs[0] !== undefined && isRow(outputs[0].out), isBatchOpen: reader.isBatchOpen },
		notes: [...from, ...reader.notes, ...notes, ...statisticsNotes(graph)]
	};
}

/** What Keras's own summary counts besides: moving averages of batch norms, which are not trained. */
function statisticsNotes(graph: Graph): Note[] {
	const { trainable, bnStatistics } = graphCost(resolveGraph(graph)).total.params;
	if (bnStatistics === 0) return [];
	return [{ code: 'statistics', params: { count: bnStatistics, total: trainable + bnStatistics } }];
}

/** What the family wants that a model, or one within it, is of by its name; most of Keras's applications want the same. */
function usualPreprocessing({ config }: KerasModel): Preprocessing {
	const of = config as Config | null;
	const layers = Array.isArray(of?.['layers']) ? (of['layers'] as LayerConfig[]) : [];
	const names = [of?.['name'], ...layers.map((layer) => layer.config?.['name'])].map(String);
	if (names.some((name) => /^(resnet(50|101|152)|vgg(16|19))$/.test(name))) return preprocessings.caffe;
	return names.some((name) => /^densenet\d+$/.test(name))
		? preprocessings.imagenet
		: preprocessings.symmetric;
}

/** Models within models at most. */
const mostNested = 8;

/** Before what is dear is done for its layers. @throws {FormatError} `tooLarge` */
export function checkCount(model: KerasModel, file: string): void {
	const count = countLayers(model);
	if (count > graphLimits.nodes) throw tooLarge(file, 'layers', '', count, graphLimits.nodes);
}

/** A call of a layer in a model whose layers are wired. */
interface Call {
	readonly layer: LayerConfig;
	readonly reads: readonly End[];
	/** What others read it by. */
	readonly gives: string;
}

const sourceOf = ([name, call]: End): string => `${name} ${call}`;

/** Layers that always become at least one here. */
const surelyOne = /^(?:\w*Conv\w*[12]D\w*|Dense|BatchNormalization|(?:Max|Average)Pooling2D)$/;

/** Such layers in a model, and in those within it as deep as any is read. */
function countLayers(model: Pick<KerasModel, 'config'>, depth = 0): number {
	if (depth > mostNested) return 0;
	return layersIn(model.config).reduce(
		(sum, layer) =>
			sum + (isModel(layer) ? countLayers(layer, depth + 1) : Number(surelyOne.test(layer.class_name))),
		0
	);
}

class Reader {
	readonly notes: Note[] = [];
	isBatchOpen = false;

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
		if (path.length > mostNested) throw broken(this.file, 'deep');
		if (class_name === 'Sequential') return this.#sequential(config, path, given);
		if (class_name === 'Functional' || class_name === 'Model')
			return this.#functional(config as Config, path, given);
		throw unsupported(this.file, 'inCode', { type: class_name });
	}

	#checkNames(layers: readonly LayerConfig[]): void {
		if (new Set(layers.map(nameOf)).size !== layers.length) throw broken(this.file, 'twins');
	}

	#sequential(config: unknown, path: readonly string[], given: readonly Value[] | null): readonly Value[] {
		const layers = layersIn(config);
		this.#checkNames(layers);
		let values = given;
		for (const layer of layers) {
			if (layer.class_name === 'InputLayer') {
				values ??= [this.#input(layer)];
				continue;
			}
			values ??= this.#inputsOf(layer);
			values = this.#layer(layer, path, values);
		}
		if (!values) throw broken(this.file, 'noLayers');
		return values;
	}

	#functional(config: Config, path: readonly string[], given: readonly Value[] | null): readonly Value[] {
		const layers = (config['layers'] ?? []) as LayerConfig[];
		if (!Array.isArray(layers)) throw broken(this.file, 'disorder');
		this.#checkNames(layers);
		const values = new Map<string, readonly Value[]>();
		const inputs = endsOf(config['input_layers']).map(([name]) => name);
		const calls: Call[] = [];
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
			callsOf(layer.inbound_nodes).forEach((reads, call) =>
				calls.push({ layer, reads, gives: `${name} ${call}` })
			);
		}
		this.#readCalls(calls, values, path);
		return endsOf(config['output_layers']).map(([name, node, tensor]) => {
			const value = values.get(`${name} ${node}`)?.[tensor];
			if (!value) throw broken(this.file, 'noOutputOf', { name });
			return value;
		});
	}

	/** Layers stand in any order: each is read as soon as what it reads is there. */
	#readCalls(calls: readonly Call[], values: Map<string, readonly Value[]>, path: readonly string[]): void {
		/** Calls that wait for one, by what that gives. */
		const waiting = new Map<string, Call[]>();
		const done = new Set<Call>();
		/** Goes on waiting for the first thing that is not there yet. */
		const tryOne = (call: Call): boolean => {
			const missing = call.reads.find((end) => !values.has(sourceOf(end)));
			if (missing) {
				const source = sourceOf(missing);
				const others = waiting.get(source);
				if (others) others.push(call);
				else waiting.set(source, [call]);
				return false;
			}
			const found = call.reads.map((end) => values.get(sourceOf(end))![end[2]]);
			if (found.length === 0 || found.some((value) => !value)) return false;
			values.set(call.gives, this.#layer(call.layer, path, found as Value[]));
			done.add(call);
			return true;
		};
		for (const call of calls) {
			const ready = [call];
			for (let next = ready.pop(); next; next = ready.pop()) {
				if (!tryOne(next)) continue;
				ready.push(...(waiting.get(next.gives) ?? []).toReversed());
				waiting.delete(next.gives);
			}
		}
		const left = calls.filter((call) => !done.has(call));
		if (left.length === 0) return;
		const coming = new Set(left.map(({ gives }) => gives));
		for (const { layer, reads } of left) {
			const name = nameOf(layer);
			if (reads.length === 0) throw broken(this.file, 'readsNothing', { name });
			const absent = reads.find((end) => !values.get(sourceOf(end))?.[end[2]] && !coming.has(sourceOf(end)));
			if (absent) throw broken(this.file, 'absent', { name, input: absent[0] });
		}
		throw broken(this.file, 'circle');
	}

	/** What goes into the first layer of a model: where that is a model itself, what goes into that. */
	#inputsOf(layer: LayerConfig): readonly Value[] {
		let first: LayerConfig | undefined = layer;
		for (let depth = 0; first && depth <= mostNested; depth++) {
			if (!isModel(first)) return [this.#input(first)];
			if (first.class_name !== 'Sequential') {
				const names = endsOf(first.config['input_layers']).map(([name]) => name);
				const all = layersIn(first.config);
				const given = names.map((name) => all.find((of) => nameOf(of) === name));
				return given.map((of) => this.#input(of ?? first!));
			}
			[first] = layersIn(first.config);
		}
		throw broken(this.file, first ? 'deep' : 'noLayers');
	}

	#input({ class_name, config, build_config }: LayerConfig): Value {
		const given = config['batch_shape'] ?? config['batch_input_shape'] ?? build_config?.input_shape;
		if (!Array.isArray(given))
			throw broken(this.file, 'inputShape', { name: String(config['name'] ?? 'input') });
		if (given[0] === null) this.isBatchOpen = true;
		const dims = given.slice(1).map((n) => (typeof n === 'number' ? n : null));
		if (dims.length === 3 && dims.slice(0, 2).includes(null))
			this.notes.push({ code: 'openSize', params: { value: this.size[0] } });
		const [height, width, channels] =
			dims.length === 3 ? dims : dims.length === 2 ? [1, ...dims] : [1, 1, ...dims];
		const shape: Shape = [height ?? this.size[0], width ?? this.size[1], channels ?? 3];
		// A layer that says what goes in has its own name; Keras calls the input so, too.
		const name = String(config['name'] ?? 'input');
		const called = class_name === 'InputLayer' ? name : `${name}_input`;
		return { out: this.assembly.input(called, shape), isFlat: false };
	}

	#layer(layer: LayerConfig, path: readonly string[], inputs: readonly Value[]): readonly Value[] {
		const { class_name, config, build_config } = layer;
		const name = nameOf(layer);
		// Keras 3 writes what a layer was built for, which is what the one before it gives.
		const read = inputs.length === 1 ? shapeOfInput(build_config?.input_shape) : null;
		if (read) this.assembly.learn(inputs[0]!.out, read);
		if (isModel(layer)) return this.model(layer as KerasModel, [...path, name], inputs);
		if (class_name === 'TimeDistributed' || class_name === 'Bidirectional')
			return this.#opaque(layer, path, inputs);
		if (config['data_format'] === 'channels_first' && class_name !== 'Cropping2D')
			throw unsupported(this.file, 'channelsFirst', { name });
		const takesParts = class_name === 'Reshape' || class_name === 'Permute';
		if (!takesParts && inputs.some(({ parted }) => parted)) return this.#opaque(layer, path, inputs);
		const weights = this.weightsOf?.(layer, path) ?? [];
		const call = new LayerCall(
			...([this.assembly, layer, [...path, name].join('/'), inputs, weights, this.isOld] as const)
		);
		try {
			const made = handlerOf(class_name)?.(call);
			return made ? [activated(call, made)] : this.#opaque(layer, path, inputs);
		} catch (error) {
			// Behind what is not computed here, shapes are guesses, which may not fit.
			if (!this.assembly.hasOpaque || !(error instanceof FormatError) || error.reason?.code !== 'operator')
				throw error;
			return this.#opaque(layer, path, inputs);
		}
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
		const [[top, bottom], [left, right]] =
			class_name === 'Cropping2D'
				? sidesIn(config['cropping'])
				: ([
						[0, 0],
						[0, 0]
					] as const);
		const shape: Shape =
			class_name === 'Reshape' && target?.length === 3 && target.every((n) => n >= 1)
				? (target as unknown as Shape)
				: [
						Math.max(1, height - top - bottom),
						Math.max(1, width - left - right),
						(channels as number | undefined) ?? own
					];
		const isKnown =
			keeps.test(class_name) ||
			isByValue(class_name) ||
			class_name === 'Cropping2D' ||
			shape === (target as unknown);
		const made = this.assembly.opaque(
			name,
			inputs.map(({ out }) => out),
			{
				...{ type: class_name, shapes: [shape], parameters },
				...(!this.weightsOf &&
					!isByValue(class_name) &&
					!weightless.test(class_name) && { unknownWeights: true })
			},
			isKnown ? 'follows' : 'guessed'
		);
		return [{ out: made.outs[0]!, isFlat: false }];
	}
}

/** Layers that have no weights, whatever is asked of them. */
const weightless =
	/^(?:(?:Cropping|ZeroPadding|UpSampling)\dD|\w*Pooling\dD|Random\w+|\w*Dropout(?:\dD)?|Softmax|Reshape|Permute|Flatten|RepeatVector|Resizing|CenterCrop|Rescaling|Concatenate|Dot|UnitNormalization|Attention|TFOpLambda|SlicingOpLambda)$/;

/** Layers that look at more than one value and keep the shape all the same, or give as many channels as they say. */
const keeps = /(?:Normalization|Attention)$|^(?:Softmax|Dense|EinsumDense|Embedding|LayerScale)$/;

/** A shape that a file states, of three dimensions at most behind the batch; `null` where one of them is open. */
function shapeOfInput(given: unknown): Shape | null {
	if (!Array.isArray(given) || given.length < 2 || given.length > 4) return null;
	const dims = (given as unknown[]).slice(1);
	if (!dims.every((n): n is number => Number.isSafeInteger(n) && Number(n) >= 1)) return null;
	const [channels = 1, width = 1, height = 1] = dims.toReversed();
	return [height, width, channels];
}
