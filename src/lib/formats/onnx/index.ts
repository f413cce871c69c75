import { graphLimits } from '../../nets';
import { pathOfName } from '../names';
import { isByValue, type Shape } from '../../ops';
import { Assembly, type Out } from '../assembly';
import {
	asFormatError,
	broken,
	FormatError,
	inputSizes,
	titleOf,
	type FileOutput,
	type Format,
	type Preprocessing,
	type ModelFile,
	type Note,
	type OpenedModel,
	type ReadOptions
} from '../format';
import { constantOf, countOf, dequantized, halfIn, locationOf, readTensor, type Constant } from './constant';
import { foldConstants } from './fold';
import { handlers } from './handlers';
import { labelsIn, preparationIn, producer } from './metadata';
import { beginsAsModel, parseModel, tensorsOf, type OnnxModel, type OnnxNode, type OnnxValue } from './model';
import { Call, type Value } from './call';
import { preprocessings } from '../preprocessing';
import { settle, settleOutput } from '../settle';
import { shapesOfUnread } from './unread';
import { arrangementOf, isWhole, onto, shapeOfView, viewOf, type Dim, type View } from '../view';

/** ONNX, by its specification up to operators of version 22. */
export const onnx: Format = {
	name: 'ONNX',
	tell: ({ bytes }) => beginsAsModel(bytes),
	partsOf(main, files) {
		const locations = new Set(
			tensorsOf(parseModel(main.bytes)).map(({ external }) => external && locationOf(external))
		);
		return files.filter(({ name }) => locations.has(name));
	},
	read(main, files, options) {
		try {
			return readModel(parseModel(main.bytes), main, files, options);
		} catch (error) {
			throw asFormatError(main.name, error);
		}
	}
};

/** The network of a model whose messages are read. @throws {FormatError} */
export function readModel(
	model: OnnxModel,
	main: ModelFile,
	files: readonly ModelFile[],
	options: ReadOptions
): OpenedModel {
	return new Reader(model, main, files, options).read();
}

/** Operators on integers: which of their inputs are such, each before its scale and zero point, and where those of the output are. */
const quantizedOutputs: Readonly<
	Record<string, { readonly inputs: readonly number[]; readonly output: number }>
> = {
	QLinearConv: { inputs: [0], output: 6 },
	QLinearMatMul: { inputs: [0], output: 6 },
	QGemm: { inputs: [0], output: 7 },
	QLinearAdd: { inputs: [0, 3], output: 6 },
	QLinearGlobalAveragePool: { inputs: [0], output: 3 }
};

/** Operators on integers. */
const ofIntegers = /^(QLinear|QGemm$|(Conv|MatMul)Integer$)/;

/** Whether 256 integers of a scale go from 0 to 6, where ReLU6 ends. */
const endsAtSix = (scale: number): boolean => Math.abs(255 * scale - 6) <= scale;

/** What may be below 0 by itself, and which an activation follows. */
const clamping: ReadonlySet<string> = new Set(['conv2d', 'dense', 'transposedConv2d', 'batchNorm', 'add']);

/** Whether values below 0 can be there: a sum of what an activation gave has none. */
function mayBeNegative(out: Out): boolean {
	// What grows as it is gone through; two ways may lead to one layer.
	const asked = new Set([out.layer]);
	for (const layer of asked) {
		if (!layer) return true;
		if (['add', 'maxPool', 'avgPool', 'globalAvgPool', 'concat', 'dropout'].includes(layer.op))
			for (const input of layer.inputs) asked.add(input.layer);
		else if (!['relu', 'relu6', 'sigmoid', 'hardSigmoid', 'softmax'].includes(layer.op)) return true;
	}
	return false;
}

/** Orders of axes in which outputs come. */
const orders = ['nchw', 'nhwc', 'ncw', 'nwc', 'nc'];

/** Orders of axes by their number. */
const ordersOf: Readonly<Record<number, readonly string[]>> = {
	...{ 4: ['nchw', 'nhwc'], 3: ['ncw', 'nwc'], 2: ['nc'] }
};

/** Sizes that stand for channels where a picture's axes have to be told apart. */
const channelCounts = new Set([1, 3, 4]);

class Reader {
	readonly #values = new Map<string, Value>();
	readonly #assembly: Assembly;
	readonly #notes: Note[] = [];
	/** What the file says of shapes between. */
	readonly #stated: ReadonlyMap<string, OnnxValue>;
	readonly #uses = new Map<string, number>();
	/** How often a tensor is rounded to integers. */
	readonly #rounded = new Map<string, number>();
	#isQuantized = false;
	#isBatchOpen = false;
	/** Whether something is rounded by a scale that is known when it runs. */
	#isDynamic = false;
	#hasSix: boolean | undefined;
	/** Layers after which the range of integers is the only activation. */
	#clamped = 0;
	/** How many pictures at once the file is made for; one is read. */
	#batch = 1;
	/** Kinds of operators of which it is said why they are not computed. */
	readonly #unusual = new Set<string>();
	/** Whether it slides windows: its inputs of three axes then have channels before places, not behind them. */
	readonly #isConvolved: boolean;

	constructor(
		readonly model: OnnxModel,
		readonly main: ModelFile,
		readonly files: readonly ModelFile[],
		readonly options: ReadOptions
	) {
		this.#assembly = new Assembly(main.name, { namesEndInOperators: model.producer.startsWith(producer) });
		this.#isConvolved = model.nodes.some(({ type }) => /Conv|Pool|BatchNorm/.test(type));
		this.#stated = new Map([...model.values, ...model.outputs].map((value) => [value.name, value]));
		const add = (to: Map<string, number>, name: string) => to.set(name, (to.get(name) ?? 0) + 1);
		for (const { type, inputs } of model.nodes) {
			for (const name of inputs) add(this.#uses, name);
			if (type === 'QuantizeLinear') add(this.#rounded, inputs[0] ?? '');
		}
		for (const { name } of model.outputs) add(this.#uses, name);
		const given = new Set([...model.initializers.keys(), ...model.inputs.map(({ name }) => name)]);
		for (const name of model.nodes.flatMap(({ outputs }) => outputs)) {
			if (name === '') continue;
			if (given.has(name)) throw broken(main.name, 'twice', { name });
			given.add(name);
		}
	}

	read(): OpenedModel {
		const { model, main } = this;
		for (const tensor of model.initializers.values())
			this.#values.set(tensor.name, readTensor(tensor, main.name, this.files));
		for (const input of model.inputs)
			if (!model.initializers.has(input.name)) this.#values.set(input.name, this.#input(input));
		model.nodes.forEach((node, i) => {
			if (i % 50 === 0) this.options.progress?.(i / model.nodes.length);
			this.#node(node);
		});
		/** Whether outputs are rows. */
		const rows: boolean[] = [];
		const stated: FileOutput[] = [];
		const outputs = model.outputs.flatMap(({ name }) => {
			const value = this.#values.get(name);
			if (value?.kind === 'view') rows.push(value.dims.length <= 2);
			if (value?.kind === 'view') this.#checkStated(name, value);
			if (value?.kind === 'view') stated.push({ name, dims: shapeOfView(value) });
			return value?.kind === 'view' ? [settleOutput(this.#assembly, value, orders)] : [];
		});
		if (outputs.length === 0) throw broken(main.name, 'noOutput');
		const title = titleOf(model.name, main.name);
		const { graph, weights, integers, notes } = this.#assembly.finish(title, outputs);
		const folded = foldedNorms(model);
		const half = halfIn(tensorsOf(model));
		const from: Note[] = [
			...(model.producer === '' ? [] : [{ code: 'from' as const, params: { producer: model.producer } }]),
			{ code: 'opset', params: { version: model.opset } },
			...(folded > 0 ? [{ code: 'folded' as const, params: { count: folded } }] : []),
			...(half ? [{ code: 'half' as const, params: { type: half } }] : []),
			...(this.#isQuantized ? [{ code: 'quantized' as const, params: { type: 'int8' } }] : []),
			...(this.#isDynamic ? [{ code: 'dynamic' as const, params: { type: 'DynamicQuantizeLinear' } }] : []),
			...(this.#clamped > 0 ? [{ code: 'clamped' as const, params: { count: this.#clamped } }] : [])
		];
		return {
			...{ kind: 'model', format: 'ONNX', graph, weights, integers, labels: labelsIn(model.metadata) },
			...(preparationIn(model.metadata) ?? { preprocessing: usualPreprocessing(model) }),
			...{ isRow: rows[0] === true, isBatchOpen: this.#isBatchOpen },
			...(stated.length === 1 + (graph.otherOutputs?.length ?? 0) && { fileOutputs: stated }),
			notes: [...from, ...this.#notes, ...notes]
		};
	}

	/** An input: a picture in the order that its sizes say, or a vector. Open sizes are filled in, the batch is one. */
	#input({ name, dims }: OnnxValue): Value {
		if (!dims) throw broken(this.main.name, 'inputShape', { name });
		if (dims.length === 0) throw broken(this.main.name, 'inputNumber', { name });
		if (dims.length > 4) throw broken(this.main.name, 'inputVolume', { name, count: dims.length });
		const [tall, wide] = inputSizes(this.options.size);
		const [, rows = null, columns = null, last = null] = dims;
		const isLast =
			dims.length === 4 &&
			!channelCounts.has(rows ?? 0) &&
			channelCounts.has(last ?? 0) &&
			(columns ?? 224) > last!;
		const order =
			dims.length === 4
				? isLast
					? 'nhwc'
					: 'nchw'
				: dims.length === 3
					? this.#isConvolved
						? 'ncw'
						: 'nwc'
					: dims.length === 2
						? 'nc'
						: 'c';
		if (order.startsWith('n') && dims[0] === null) this.#isBatchOpen = true;
		if (order.startsWith('n')) this.#batch = Math.max(this.#batch, dims[0] ?? 1);
		const of = (axis: string) => dims[order.indexOf(axis)];
		const taken = (axis: string, fallback: number) => (order.includes(axis) ? (of(axis) ?? fallback) : 1);
		const shape: Shape = [taken('h', tall), taken('w', wide), taken('c', 3)];
		if (dims.length > 2 && ['h', 'w'].some((axis) => order.includes(axis) && of(axis) === null))
			this.#notes.push({ code: 'openSize', params: { value: tall } });
		return viewOf(this.#assembly.input(name, shape), order);
	}

	#node(node: OnnxNode): void {
		const inputs = node.inputs.map((name) => this.#value(name, node));
		const give = (values: readonly (Value | null)[]) =>
			values.forEach((value, i) => {
				const name = node.outputs[i];
				if (value && name !== undefined && name !== '') this.#values.set(name, value);
			});
		const call = new Call(node, inputs, this.#assembly, {
			opset: this.model.opset,
			isOnlyUse: (name) => this.#uses.get(name) === 1,
			file: this.main.name,
			isOwn: this.model.producer.startsWith(producer)
		});
		const name = node.outputs[0] ?? '';
		if (node.type === 'Constant') {
			give([this.#constant(node)]);
			return;
		}
		// PyTorch writes weights that are equal once, and leads them on under their own names.
		if (node.type === 'Identity' && inputs[0]?.kind === 'constant') {
			give([{ ...inputs[0], name }]);
			return;
		}
		if (node.type === 'DequantizeLinear' || node.type === 'QuantizeLinear') {
			const [x, scale, zeroPoint] = inputs;
			this.#isQuantized = true;
			if (x?.kind === 'view') {
				const isAlone = node.type === 'QuantizeLinear' && this.#uses.get(node.inputs[0] ?? '') === 1;
				give([this.#roundedTo(node, x, [scale, zeroPoint], isAlone)]);
				return;
			}
			if (x?.kind === 'constant' && node.type === 'DequantizeLinear' && scale?.kind === 'constant')
				give([dequantized(x, scale, zeroPoint?.kind === 'constant' ? zeroPoint : null, call.int('axis', 1))]);
			else give([x ?? null]);
			return;
		}
		if (node.type === 'DynamicQuantizeLinear') this.#isDynamic = true;
		if (ofIntegers.test(node.type)) this.#isQuantized = true;
		const shape = node.type === 'Shape' && inputs[0]?.kind === 'view' ? shapeOfView(inputs[0]) : null;
		if (shape) {
			const [start, end] = [call.int('start', 0), call.node.attributes.get('end')?.i ?? undefined];
			const part = shape.slice(start, end);
			give([constantOf(name, [part.length], part)]);
			return;
		}
		if (node.type === 'Size' && inputs[0]?.kind === 'view') {
			give([constantOf(name, [], [countOf(shapeOfView(inputs[0]))])]);
			return;
		}
		const constants = inputs.every((input) => input === null || input.kind === 'constant');
		if (constants && inputs.length > 0) {
			const folded = foldConstants(node.type, name, inputs as (Constant | null)[], {
				axis: call.node.attributes.get('axis')?.i ?? null,
				axes: call.list('axes'),
				perm: call.list('perm'),
				to: call.int('to', 1),
				value: node.attributes.get('value')?.t ? (this.#tensorNumbers(node)[0] ?? 0) : 0
			});
			if (folded) {
				give([folded]);
				return;
			}
		}
		const made = constants ? null : this.#handled(call, inputs);
		give(made ?? this.#opaque(node, inputs, call));
		const at = quantizedOutputs[node.type];
		if (at === undefined || !made) return;
		for (const i of at.inputs) this.#quantize(node, inputs[i], inputs[i + 1], inputs[i + 2]);
		const [result] = made;
		if (result?.kind === 'view')
			give([this.#roundedTo(node, result, [inputs[at.output], inputs[at.output + 1]], true)]);
	}

	/** Whether the integers of some tensor end at 6. */
	#findSix(): boolean {
		return this.model.nodes.some(({ type, inputs }) => {
			const at = type === 'QuantizeLinear' ? 1 : (quantizedOutputs[type]?.output ?? null);
			const scale = at === null ? null : this.#values.get(inputs[at] ?? '');
			return scale?.kind === 'constant' && countOf(scale.dims) === 1 && endsAtSix(scale.numbers()[0] ?? 0);
		});
	}

	/**
	 * What is rounded to integers. Where their range begins at 0 and what is rounded does not, the range is an activation, the only one:
	 * converters leave out those that it makes needless. It becomes a layer, since real numbers have no range.
	 * @param isAlone whether nothing else reads what is rounded
	 */
	#roundedTo(
		node: OnnxNode,
		view: View,
		[scale, zeroPoint]: readonly [Value | null | undefined, Value | null | undefined],
		isAlone: boolean
	): View {
		const { out } = view;
		const isFirst = out.integers === undefined;
		this.#quantize(node, view, scale, zeroPoint);
		const { integers } = out;
		if (!isAlone || !isFirst || !integers || integers === 'several' || integers.zeroPoint !== 0) return view;
		if (!out.layer || !clamping.has(out.layer.op) || !mayBeNegative(out)) return view;
		// Where some layer reaches 6 and none more, those that do not reach it were clamped there, too.
		const { scale: step, most } = integers;
		const isSix = endsAtSix(step) || (step * most < 6 && (this.#hasSix ??= this.#findSix()));
		const [op, type] = isSix ? (['relu6', 'Clip'] as const) : (['relu', 'Relu'] as const);
		// Named after the layer, and beside it: that keeps its own name.
		const [, way = '', last = ''] = /^(.*?)(\/[^/]*)?$/.exec(out.layer.name) ?? [];
		const name = last === '' ? `${way}_range` : `${way}_range/${type}`;
		const clamped = this.#assembly.add(op, name, [out], {});
		const [to] = clamped.outs;
		to!.integers = integers;
		delete out.integers;
		this.#clamped++;
		return onto(view, to!);
	}

	/** What the node gives; `null` where that is not computed here. */
	#handled(call: Call, inputs: readonly (Value | null)[]): readonly (Value | null)[] | null {
		if (!Object.hasOwn(handlers, call.node.type)) return null;
		const handle = handlers[call.node.type]!;
		try {
			const made = handle(call);
			if (made) return made;
			// Channels may stand in another order than in their tensor, as after a shuffle: they are put in it, and it is tried again.
			const settled = inputs.map((input) => this.#settled(input));
			return settled.some((input, i) => input !== inputs[i]) ? handle(call.with(settled)) : null;
		} catch (error) {
			// Behind what nobody says the shape of, shapes are guesses, which may not fit.
			const isGuess = inputs.some((input) => input?.kind === 'view' && input.out.isGuess === true);
			if (!isGuess || !(error instanceof FormatError) || error.code !== 'broken') throw error;
			call.wanted = null;
			return null;
		}
	}

	/** A view of another order than its tensor's as one of a tensor that has it; any other value as it is. */
	#settled(value: Value | null): Value | null {
		if (value?.kind !== 'view') return value;
		const own = ordersOf[value.dims.length] ?? [];
		if (own.some((order) => arrangementOf(value, order)?.kind === 'none')) return value;
		for (const order of own) {
			const out = settle(this.#assembly, value, order);
			if (out) return viewOf(out, order);
		}
		return value;
	}

	/** Says where an output has another shape than the file states; the batch and open sizes are left out. */
	#checkStated(name: string, view: View): void {
		const stated = this.#stated.get(name)?.dims;
		const made = shapeOfView(view);
		if (!stated || view.out.isGuess || this.#notes.some(({ code }) => code === 'otherShape')) return;
		const isBatched = stated.length > 1;
		const differs =
			stated.length !== made.length ||
			stated.some((n, axis) => n !== null && n !== made[axis] && !(isBatched && axis === 0));
		if (!differs) return;
		const params = { name, stated: stated.map((n) => n ?? '?').join('×'), made: made.join('×') };
		this.#notes.push({ code: 'otherShape', params });
	}

	/** Notes what integers of a tensor stand for. */
	#quantize(
		{ type, inputs: [name = ''] }: OnnxNode,
		value: Value | null | undefined,
		scale: Value | null | undefined,
		zeroPoint: Value | null | undefined
	): void {
		if (value?.kind !== 'view') return;
		const zero = zeroPoint?.kind === 'constant' ? zeroPoint : null;
		// What is rounded for one reader and not for another has no integers that all of them read.
		const isRead = type !== 'QuantizeLinear' || this.#uses.get(name) === this.#rounded.get(name);
		const scales = isRead && scale?.kind === 'constant' ? scale.numbers() : [];
		const storage = zeroPoint ? zero?.storage : 'uint8';
		this.#assembly.quantize(value.out, storage, scales, zero?.numbers() ?? []);
	}

	#value(name: string, node: OnnxNode): Value | null {
		if (name === '') return null;
		const value = this.#values.get(name);
		if (!value) throw broken(this.main.name, 'unread', { name: node.name || node.type, input: name });
		return value;
	}

	#constant(node: OnnxNode): Constant {
		const name = node.outputs[0] ?? node.name;
		const attribute = (key: string) => node.attributes.get(key);
		const tensor = attribute('value')?.t;
		if (tensor) return { ...readTensor(tensor, this.main.name, this.files), name };
		const list = attribute('value_ints')?.ints ?? attribute('value_floats')?.floats;
		if (list) return constantOf(name, [list.length], list);
		return constantOf(name, [], [attribute('value_int')?.i ?? attribute('value_float')?.f ?? 0]);
	}

	#tensorNumbers(node: OnnxNode): readonly number[] {
		return readTensor(node.attributes.get('value')!.t!, this.main.name, this.files).numbers();
	}

	/** Says of the first of a kind that is computed elsewhere why it is not here. */
	#noteUnusual({ node: { type }, name, joinedAlong }: Call): void {
		if (!Object.hasOwn(handlers, type) || this.#unusual.has(type)) return;
		this.#unusual.add(type);
		const why = joinedAlong === null ? 'other' : 'axis';
		const layer = pathOfName(name).join('.');
		this.#notes.push({ code: 'unusual', params: { layer, type, why, axis: joinedAlong ?? 0 } });
	}

	/** What cannot be computed: its shapes as the file states them, else as its kind's rule has them, else those of what it reads. */
	#opaque(node: OnnxNode, inputs: readonly (Value | null)[], call: Call): (Value | null)[] {
		const views = inputs.flatMap((input) => (input?.kind === 'view' ? [input] : []));
		const parameters = inputs.reduce(
			(sum, input) => sum + (input?.kind === 'constant' && isWeight(node, input) ? countOf(input.dims) : 0),
			0
		);
		const used = node.outputs.filter((name) => name !== '' && (this.#uses.get(name) ?? 0) > 0);
		const byRule = shapesOfUnread(call);
		const shapes = used.map((name) => {
			const stated =
				this.#stated
					.get(name)
					?.dims?.map((n, axis) => (axis === 0 && (n === null || n === this.#batch) ? 1 : n)) ?? null;
			if (stated?.every((n) => n !== null)) return { dims: stated as number[], known: 'stated' as const };
			const at = node.outputs.indexOf(name);
			const dims = (at === 0 ? call.wanted : null) ?? byRule[at] ?? null;
			if (dims?.every((n) => n >= 1)) return { dims, known: 'follows' as const };
			return { dims: views[0] ? shapeOfView(views[0]) : [1], known: 'guessed' as const };
		});
		if (used.length === 0) return [];
		this.#noteUnusual(call);
		const made = shapes.map(({ dims }) => alike(views[0], dims) ?? apart(dims, views[0]));
		const known = ['guessed', 'follows'] as const;
		const layer = this.#assembly.opaque(
			call.name,
			views.map(({ out }) => out),
			{ type: node.type, shapes: made.map(({ shape }) => shape), parameters },
			known.find((of) => shapes.some((shape) => shape.known === of)) ?? 'stated'
		);
		const byName = new Map(
			used.map((name, i) => [name, { kind: 'view' as const, out: layer.outs[i]!, dims: made[i]!.dims }])
		);
		return node.outputs.map((name) => byName.get(name) ?? null);
	}
}

/**
 * Shapes, axes, masks and single numbers are no parameters, and neither is what operators by value are given beside what they read:
 * bounds, divisors, exponents.
 */
function isWeight(node: OnnxNode, { name, dims, storage }: Constant): boolean {
	const at = node.inputs.indexOf(name);
	if (dims.length === 0 || storage === 'bool' || storage === 'int64' || storage === 'int32') return false;
	// Beside matrices of integers stand scales and zero points.
	if (ofIntegers.test(node.type) && dims.length < 2) return false;
	if (isByValue(node.type) && !trained.has(node.type)) return false;
	return !(
		at > 0 &&
		[
			...['Reshape', 'Slice', 'Expand', 'Tile', 'Gather', 'TopK', 'Pad', 'Resize', 'Squeeze', 'Unsqueeze'],
			...['Upsample', 'OneHot', 'Range', 'QuantizeLinear', 'DequantizeLinear', 'NonMaxSuppression']
		].includes(node.type)
	);
}

/** Operators by value whose constants may be trained: scales, shifts and slopes. */
const trained = new Set(['Add', 'Mul', 'Sum', 'PRelu', 'BiasGelu']);

/** The shape of what is not computed here, and how the file's dimensions go over its axes. */
interface Laid {
	readonly shape: Shape;
	readonly dims: readonly Dim[];
}

/** Laid out as what is read, where the file's dimensions are whole axes of that, in whatever order. */
function alike(view: View | undefined, dims: readonly number[]): Laid | null {
	if (!view || view.start !== undefined || view.dims.length !== dims.length) return null;
	const shape: [number, number, number] = [1, 1, 1];
	const free = ([0, 1, 2] as const).filter((axis) => !view.dims.some((dim) => dim[0]?.axis === axis));
	const laid: Dim[] = [];
	for (const [i, n] of dims.entries()) {
		const dim = view.dims[i]!;
		const [atom] = dim;
		if (atom && !isWhole(dim, view.out, atom.axis)) return null;
		const axis = atom?.axis ?? (n > 1 && i > 0 ? free.shift() : undefined);
		if (axis === undefined && n > 1) return null;
		if (axis !== undefined) shape[axis] = n;
		laid.push(axis === undefined || n === 1 ? [] : [{ axis, size: n, stride: 1 }]);
	}
	return isTooLarge(shape) ? null : { shape, dims: laid };
}

/**
 * Laid out by itself: channels first where there are four dimensions, else the last three, those before with the height. What is
 * larger than a picture is drawn as what it is made of, and its dimensions are known by their sizes alone.
 */
function apart(dims: readonly number[], view: View | undefined): Laid {
	const whole = (axis: 0 | 1 | 2, size: number): Dim => (size === 1 ? [] : [{ axis, size, stride: 1 }]);
	if (dims.length === 4 && dims[0] === 1) {
		const shape: Shape = [dims[2]!, dims[3]!, dims[1]!];
		if (!isTooLarge(shape))
			return { shape, dims: [[], whole(2, dims[1]!), whole(0, dims[2]!), whole(1, dims[3]!)] };
	}
	const [c = 1, w = 1, ...others] = dims.toReversed().map((n) => Math.max(1, n));
	const shape: Shape = [countOf(others), w, c];
	if (isTooLarge(shape) || dims.some((n) => n < 1)) {
		const sizes = dims.map((size): Dim => (size === 1 ? [] : [{ axis: 0, size, stride: 0 }]));
		return { shape: view?.out.shape ?? [1, 1, 1], dims: sizes };
	}
	let stride = shape[0];
	const outer = others.toReversed().map((size): Dim => {
		stride = Math.floor(stride / size);
		return size === 1 ? [] : [{ axis: 0, size, stride }];
	});
	return { shape, dims: [...outer, ...(dims.length > 1 ? [whole(1, w)] : []), whole(2, c)] };
}

const isTooLarge = ([height, width, channels]: Shape) =>
	channels > graphLimits.channels || Math.max(height, width) > graphLimits.side;

/**
 * Convolutions that PyTorch's exporter has folded a batch norm into. It shows by their weights, which have lost their names in the module
 * and are numbered: both kernel and bias, among others that have theirs.
 */
function foldedNorms({ producer, nodes, initializers }: OnnxModel): number {
	if (!/^pytorch/i.test(producer)) return 0;
	// Values that are equal stand in it once, and are led on under their other names.
	const led = nodes.filter(({ type, inputs: [from = ''] }) => type === 'Identity' && initializers.has(from));
	const constants = new Set([...initializers.keys(), ...led.flatMap(({ outputs }) => outputs)]);
	const isNumbered = (name: string | undefined) =>
		name !== undefined && /^(onnx::\w+_)?\d+$/.test(name) && constants.has(name);
	return nodes.filter(
		({ type, inputs: [, kernel, bias] }) => /^Conv/.test(type) && isNumbered(kernel) && isNumbered(bias)
	).length;
}

/** What pictures are usually prepared like where this was written: YOLO's exporter and those of TensorFlow, or `null` for any other. */
function usualPreprocessing({ producer, metadata }: OnnxModel): Preprocessing | null {
	if (/ultralytics/i.test(metadata.get('author') ?? '') || metadata.has('stride')) return preprocessings.unit;
	return /^(tf2onnx|keras2onnx)/.test(producer) ? preprocessings.symmetric : null;
}
