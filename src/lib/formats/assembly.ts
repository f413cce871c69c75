import { type Graph, type GraphNode, graphLimits } from '../nets';
import {
	isValueByValue,
	type Geometry,
	type Kind,
	OpError,
	type OpaqueOptions,
	operatorOf,
	type OptionsOf,
	type Shape,
	sizeOf
} from '../ops';
import type { FileIntegers } from '../nets/quantization/fileNetwork';
import type { Integers } from '../nets/quantization/integers';
import { blocksOf, pathOfName, uniqueNames } from './names';
import { broken, FormatError, formatLimits, tooLarge, type Note } from './format';
import { opFault } from './reason';
import type { Storage } from './numbers';
import type { NetworkWeights, WeightArray } from './tensors';

/** A tensor of a network that is put together: an input, or an output of a layer. */
export interface Out {
	readonly shape: Shape;
	/** The layer that gives it; `null` for an input. */
	readonly layer: Layer | null;
	/** Name of the input. */
	readonly input: string | null;
	/** How many layers read it so far. */
	readers: number;
	/** What its 8-bit integers stand for, where the file computes with such; `several` where it says more than one thing. */
	integers?: Integers | 'several';
	/** Whether the file has it as a row of numbers, without height and width. */
	isRow?: boolean;
	/** Whether its shape is a guess, since it stands behind what nobody says the shape of. */
	readonly isGuess?: boolean;
}

/** Values of a weight: its shape is the operator's. */
export type Values = Float32Array | Omit<WeightArray, 'shape'>;

/** A layer that was added. Readers may still change what they know better, until the network is finished. */
export interface Layer {
	/** What the file calls it: `features/features.0/Conv`, `conv1`. */
	readonly name: string;
	readonly op: Kind;
	options: object;
	geometry: Geometry;
	readonly inputs: readonly Out[];
	values: Readonly<Record<string, Values>>;
	outs: Out[];
	/** What its weights are called in the file; layers of one kind that have one name use the same. `null` where it has none. */
	weightsFrom: string | null;
	/** Whether a name alone says so: exporters write weights once that are equal, which kernels are by chance never. */
	isSameSurely: boolean;
}

interface Finished {
	readonly graph: Graph;
	readonly weights: NetworkWeights | null;
	/** By tensor; `null` where the file has none. */
	readonly integers: FileIntegers | null;
	readonly notes: readonly Note[];
}

/** Layers that are added at most: some of them are left out at the end, but not most of them. */
const mostAdded = 2 * graphLimits.nodes;

/**
 * Puts a network together, layer by layer in an order in which each reads what is there, and names it at the end. What no output
 * needs is left out.
 */
export class Assembly {
	readonly #layers: Layer[] = [];
	readonly #inputs: { readonly name: string; readonly out: Out }[] = [];
	#values = 0;
	/** Whether all layers that need weights have them. */
	#isWhole = true;
	#hasOpaque = false;

	constructor(
		readonly file: string,
		/** Whether layers of one name are one layer that is used again. */
		readonly options: {
			readonly namesAreLayers?: boolean;
			/** Whether each layer's name ends in what its operator is called, as in files of this site. */
			readonly namesEndInOperators?: boolean;
		} = {}
	) {}

	input(name: string, shape: Shape): Out {
		const out: Out = { shape, layer: null, input: name, readers: 0 };
		this.#inputs.push({ name, out });
		return out;
	}

	/**
	 * Adds a layer. Where its weights are missing, the network has no weights.
	 * @throws {FormatError} `broken` where its operator refuses what it reads, or a weight has another number of values than it takes
	 */
	add<K extends Kind>(
		op: K,
		name: string,
		inputs: readonly Out[],
		options: OptionsOf<K>,
		values: Readonly<Record<string, Values | undefined>> = {}
	): Layer {
		const operator = operatorOf(op);
		let geometry: Geometry;
		try {
			geometry = operator.geometry(
				inputs.map(({ shape }) => shape),
				options
			);
		} catch (error) {
			throw this.#refused(name, error);
		}
		for (const shape of geometry.outputs) this.#checkSize(name, shape);
		const found: Record<string, Values> = {};
		for (const spec of operator.weights(geometry)) {
			const size = sizeOf(spec.shape);
			this.#count(name, size);
			const value = values[spec.name];
			if (value === undefined) {
				this.#isWhole = false;
				continue;
			}
			const { length } = value instanceof Float32Array ? value : value.data;
			if (length !== size)
				throw broken(this.file, 'values', {
					...{ name: `${name}: ${spec.name}`, actual: length },
					expected: spec.shape.join('×')
				});
			found[spec.name] = value;
		}
		const layer: Layer = {
			...{ name, op, options, geometry, inputs, values: found, outs: [] },
			...(this.options.namesAreLayers
				? { weightsFrom: name, isSameSurely: true }
				: { weightsFrom: null, isSameSurely: false })
		};
		const isGuess =
			op === 'opaque'
				? (options as OpaqueOptions).guessed === true
				: inputs.some((input) => input.isGuess === true);
		layer.outs = geometry.outputs.map((shape): Out => ({ shape, layer, input: null, readers: 0, isGuess }));
		for (const input of inputs) input.readers++;
		this.#layers.push(layer);
		if (this.#layers.length > mostAdded) this.#tooMany(this.#layers.length);
		return layer;
	}

	/** Whether there is a layer that cannot be computed here. */
	get hasOpaque(): boolean {
		return this.#hasOpaque;
	}

	/**
	 * Adds a layer that cannot be computed here.
	 * @param known how its shapes are known: the file states them, they follow from those of what it reads, or nobody says
	 */
	opaque(
		name: string,
		inputs: readonly Out[],
		options: Omit<OpaqueOptions, 'guessed'>,
		known: 'stated' | 'follows' | 'guessed' = 'follows'
	): Layer {
		this.#hasOpaque = true;
		const guessed = known === 'guessed' || (known === 'follows' && inputs.some(({ isGuess }) => isGuess));
		return this.add('opaque', name, inputs, {
			...options,
			...(guessed && { guessed }),
			type: options.type.slice(0, graphLimits.nameLength)
		});
	}

	/**
	 * Notes what integers of a tensor stand for in the file.
	 * @param stored how they are stored; signed ones are told of as unsigned, 128 more
	 */
	quantize(
		out: Out,
		stored: Storage | undefined,
		scales: readonly number[],
		zeroPoints: readonly number[]
	): void {
		const shift = stored === 'int8' ? 128 : 0;
		const [scale = NaN, zeroPoint = 0] = [scales[0], zeroPoints[0]];
		const integers = { scale: Math.fround(scale), zeroPoint: zeroPoint + shift, most: 255 };
		const isWhole =
			Number.isInteger(integers.zeroPoint) && integers.zeroPoint >= 0 && integers.zeroPoint <= 255;
		const isRead = (stored === 'int8' || stored === 'uint8') && scales.length === 1 && isWhole;
		// Far from the ends of float32, products of two scales are numbers, too.
		if (!isRead || !(integers.scale > 1e-15 && integers.scale < 1e15)) {
			out.integers = 'several';
			return;
		}
		const known = out.integers;
		const isOther =
			known !== undefined &&
			(known === 'several' || known.scale !== integers.scale || known.zeroPoint !== integers.zeroPoint);
		out.integers = isOther ? 'several' : integers;
	}

	/** Resolves a layer anew after its options changed. */
	change(layer: Layer, options: object, values: Readonly<Record<string, Values>>): void {
		const operator = operatorOf(layer.op);
		layer.geometry = operator.geometry(
			layer.inputs.map(({ shape }) => shape),
			options
		);
		layer.options = options;
		layer.values = values;
	}

	/** Takes note of the shape of what was guessed, where a layer that reads it says so. */
	learn(out: Out, shape: Shape): void {
		const { layer } = out;
		if (!out.isGuess || out.readers > 0 || layer?.op !== 'opaque' || layer.outs.length !== 1) return;
		this.#checkSize(layer.name, shape);
		const { guessed: _, ...options } = layer.options as OpaqueOptions;
		this.change(layer, { ...options, shapes: [shape] }, layer.values);
		Object.assign(out, { shape, isGuess: false });
	}

	/** Says that weights are only placeholders, so that the network has none. */
	leaveWeightsOut(): void {
		this.#isWhole = false;
	}

	/** The network of these outputs, the first of them the one that it is run for. */
	finish(title: string, outputs: readonly Out[]): Finished {
		const needed = this.#needed(outputs);
		const layers = this.#layers.filter((layer) => needed.has(layer));
		if (layers.length === 0) throw broken(this.file, 'noLayers');
		const inputs = this.#inputs.filter(({ out }) => layers.some((layer) => layer.inputs.includes(out)));
		if (inputs.length === 0) throw broken(this.file, 'noOutput');
		if (inputs.length + layers.length > graphLimits.nodes) this.#tooMany(inputs.length + layers.length);
		const ids = uniqueNames(
			[...inputs, ...layers].map(({ name }) => pathOfName(name)),
			{ endInOperators: this.options.namesEndInOperators }
		);
		const refs = new Map<Out, string>();
		inputs.forEach(({ out }, i) => refs.set(out, ids[i]!));
		layers.forEach(({ outs }, i) => {
			const id = ids[inputs.length + i]!;
			outs.forEach((out, k) => refs.set(out, outs.length === 1 ? id : `${id}:${k}`));
		});
		const index = new Map(layers.map((layer, i) => [layer, i]));
		const reads = layers.map((layer) =>
			layer.inputs.flatMap((out) => (out.layer ? [index.get(out.layer)!] : []))
		);
		const blocks = blocksOf(
			layers.map(({ name }) => pathOfName(name)),
			reads
		);
		const owners = ownersOf(layers);
		const nodes = layers.map((layer, i) => {
			const id = ids[inputs.length + i]!;
			const read = layer.inputs.map((out) => refs.get(out)!);
			const block = blocks[i]!;
			return {
				id,
				op: layer.op,
				options: layer.options,
				inputs: read,
				...(block !== '' && { block }),
				...(owners.has(layer) && { sharesWith: ids[inputs.length + index.get(owners.get(layer)!)!]! })
			} as GraphNode;
		});
		const [output, ...others] = [...new Set(outputs.map((out) => refs.get(out)!))];
		const graph: Graph = {
			name: title.slice(0, graphLimits.nameLength),
			inputs: inputs.map(({ out }, i) => ({ id: ids[i]!, shape: out.shape })),
			nodes,
			output: output!,
			...(others.length > 0 && { otherOutputs: others }),
			blocks: []
		};
		const idOf = (layer: Layer): string => ids[inputs.length + index.get(layer)!]!;
		const notes: Note[] = [
			...opaqueNotes(layers),
			...unsizedNotes(layers, idOf),
			...sharedNotes(owners, idOf)
		];
		const found = [...refs].flatMap(([out, ref]) =>
			out.integers && out.integers !== 'several' ? [[ref, out.integers] as const] : []
		);
		const integers = found.length > 0 ? Object.fromEntries(found) : null;
		if (!this.#isWhole)
			return { graph, weights: null, integers, notes: [...notes, { code: 'noWeights', params: {} }] };
		const weights = Object.fromEntries(
			layers.flatMap((layer, i) => {
				const specs = operatorOf(layer.op).weights(layer.geometry);
				if (specs.length === 0) return [];
				const of = specs.map(({ name, shape }) => {
					const values = layer.values[name]!;
					return [
						name,
						values instanceof Float32Array ? { shape, data: values } : { shape, ...values }
					] as const;
				});
				return [[ids[inputs.length + i]!, Object.fromEntries(of)] as const];
			})
		);
		return { graph, weights, integers, notes: [...notes, ...notFiniteNotes(weights)] };
	}

	#needed(outputs: readonly Out[]): ReadonlySet<Layer> {
		const needed = new Set<Layer>();
		const open = outputs.flatMap(({ layer }) => layer ?? []);
		for (let layer = open.pop(); layer; layer = open.pop()) {
			if (needed.has(layer)) continue;
			needed.add(layer);
			for (const { layer: before } of layer.inputs) if (before) open.push(before);
		}
		return needed;
	}

	#tooMany(count: number): never {
		throw tooLarge(this.file, 'layers', '', count, graphLimits.nodes);
	}

	#checkSize(name: string, [height, width, channels]: Shape): void {
		if (channels > graphLimits.channels)
			throw tooLarge(this.file, 'channels', name, channels, graphLimits.channels);
		const side = Math.max(height, width);
		if (side > graphLimits.side) throw tooLarge(this.file, 'side', name, side, graphLimits.side);
	}

	#count(name: string, values: number): void {
		this.#values += values;
		if (!(this.#values <= formatLimits.values))
			throw tooLarge(this.file, 'weights', name, this.#values, formatLimits.values);
	}

	/** What an operator says of what it was given. */
	#refused(layer: string, error: unknown): unknown {
		if (!(error instanceof OpError)) return error;
		const message = `${this.file} cannot be read: ${layer}: ${error.message}`;
		const reason = { code: 'operator', layer, fault: opFault(error) } as const;
		return new FormatError('broken', message, { file: this.file }, reason);
	}
}

/** Whether the file has a tensor as a row: it was made one, and nothing but functions of each value stand behind that. */
export function isRow(out: Out): boolean {
	for (let { isRow: isMade, layer } = out; ; { isRow: isMade, layer } = layer.inputs[0]!) {
		if (isMade || !layer) return isMade === true;
		const isOwn = layer.op === 'softmax' || isValueByValue(operatorOf(layer.op) as never, layer.geometry);
		if (!isOwn || layer.inputs.length !== 1) return false;
	}
}

/** For each layer whose weights are those of one before it, that one. */
function ownersOf(layers: readonly Layer[]): ReadonlyMap<Layer, Layer> {
	const owners = new Map<Layer, Layer>();
	const first = new Map<string, Layer>();
	for (const layer of layers) {
		if (layer.weightsFrom === null) continue;
		const shapes = operatorOf(layer.op)
			.weights(layer.geometry)
			.map(({ name, shape }) => `${name} ${shape.join('×')}`);
		if (shapes.length === 0) continue;
		const key = [layer.op, layer.weightsFrom, ...shapes].join('\n');
		const owner = first.get(key);
		if (!owner) first.set(key, layer);
		// What follows layers that share their weights shares its own.
		else if (
			layer.isSameSurely ||
			shapes.some((shape) => shape.startsWith('kernel ')) ||
			layer.inputs.some((input) => input.layer && owners.has(input.layer))
		)
			owners.set(layer, owner);
	}
	return owners;
}

function sharedNotes(owners: ReadonlyMap<Layer, Layer>, idOf: (layer: Layer) => string): Note[] {
	for (const [layer, owner] of owners)
		return [{ code: 'shared', params: { count: owners.size, layer: idOf(layer), owner: idOf(owner) } }];
	return [];
}

function opaqueNotes(layers: readonly Layer[]): Note[] {
	const types = layers
		.filter(({ op }) => op === 'opaque')
		.map(({ options }) => (options as OpaqueOptions).type);
	if (types.length === 0) return [];
	const all = [...new Set(types)].slice(0, 500);
	const isUnknown = layers.some(({ options }) => (options as Partial<OpaqueOptions>).unknownWeights);
	return [
		{ code: isUnknown ? 'opaqueUnknown' : 'opaque', params: { count: types.length, types: all.join('\n') } }
	];
}

/** Says which layer is the first whose shape nobody knows, and how many stand behind such. */
function unsizedNotes(layers: readonly Layer[], idOf: (layer: Layer) => string): Note[] {
	const guess = layers.find(({ op, outs }) => op === 'opaque' && outs[0]!.isGuess);
	if (!guess) return [];
	const count = layers.filter(({ op, outs }) => op !== 'opaque' && outs[0]!.isGuess).length;
	if (count === 0) return [];
	const { type } = guess.options as OpaqueOptions;
	return [{ code: 'unsized', params: { layer: idOf(guess), type, count } }];
}

function notFiniteNotes(weights: NetworkWeights): Note[] {
	for (const [layer, of] of Object.entries(weights)) {
		for (const { data } of Object.values(of)) {
			let count = 0;
			for (const value of data) if (!Number.isFinite(value)) count++;
			if (count > 0) return [{ code: 'notFinite', params: { layer, count } }];
		}
	}
	return [];
}
