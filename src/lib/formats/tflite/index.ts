import { Assembly, type Layer } from '../assembly';
import {
	asFormatError,
	broken,
	formatLimits,
	type Format,
	type Preprocessing,
	type ModelFile,
	type OpenedModel,
	tooLarge
} from '../format';
import { decode, decodeIntegers, type Storage } from '../numbers';
import { preprocessings } from '../preprocessing';
import { countOf } from '../tensors';
import { settleOutput } from '../settle';
import { shapeOfView, viewOf, type View } from '../view';
import { builtins } from './builtins';
import { Call, type Source } from './call';
import { Table } from './flat';
import { folded } from './fold';
import { handlers } from './handlers';
import { orderOf, shapeOf, type Constant, type Tensor } from './tensor';

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

class Reader implements Source {
	readonly assembly: Assembly;
	readonly #tensors: readonly Tensor[];
	readonly #views = new Map<number, View>();
	readonly #graph: Table;
	readonly #codes: readonly string[];
	readonly #floats = new Map<number, Float32Array>();
	#isQuantized = false;

	constructor(readonly main: ModelFile) {
		this.assembly = new Assembly(main.name);
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
			const { dims, name } = this.at(index);
			const shape = shapeOf(dims);
			this.#views.set(index, viewOf(this.assembly.input(name || 'input', shape), orderOf(dims)));
		}
		const operators = this.#graph.tables(3);
		if (operators.length > formatLimits.nodes) throw broken(main.name, 'nodes', { max: formatLimits.nodes });
		const given = new Set(inputs);
		for (const operator of operators) {
			for (const index of operator.ints(2)) {
				if (given.has(index))
					throw broken(main.name, 'twice', { name: this.at(index).name || String(index) });
				given.add(index);
			}
			this.#operator(operator);
		}
		const rows: boolean[] = [];
		const outputs = this.#graph.ints(2).flatMap((index) => {
			const view = this.#views.get(index);
			if (view) rows.push(view.dims.length <= 2);
			return view ? [settleOutput(this.assembly, view, ['nhwc'])] : [];
		});
		if (outputs.length === 0) throw broken(main.name, 'noOutput');
		for (const [index, { out }] of this.#views) {
			const { storage, scales, zeroPoints } = this.at(index);
			if (storage?.includes('int')) this.assembly.quantize(out, storage, scales, zeroPoints);
		}
		const { graph, weights, integers, notes } = this.assembly.finish(
			main.name.replace(/\.\w+$/, ''),
			outputs
		);
		return {
			...{ kind: 'model', format: 'TFLite', graph, weights, integers, labels: null, isRow: rows[0] === true },
			preprocessing: preprocessingOf(this.at(inputs[0] ?? 0)) ?? preprocessings.symmetric,
			notes: [
				...(this.#tensors.some(({ storage, bytes }) => storage === 'float16' && bytes !== null)
					? [{ code: 'half' as const, params: { type: 'float16' } }]
					: []),
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

	at(index: number): Tensor {
		const tensor = this.#tensors[index];
		if (!tensor) throw broken(this.main.name, 'tensor', { index });
		return tensor;
	}

	/** Values of a constant; `null` for what is computed. */
	values(index: number): Constant | null {
		const { bytes, type, storage, dims, name, scales, zeroPoints, axis } = this.at(index);
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
		const values = decodeIntegers(bytes, storage)!;
		return { data, quantized: { values, scales, zeroPoints, axis: scales.length > 1 ? axis : null } };
	}

	#operator(operator: Table): void {
		const type = this.#codes[operator.int(0)] ?? '?';
		const inputs = operator.ints(1);
		const outputs = operator.ints(2);
		const name = this.at(outputs[0] ?? 0).name.replace(/;.*$/, '') || type;
		// What is computed from constants alone, such as weights of half precision made whole, is one.
		if (['DEQUANTIZE', 'CAST', 'QUANTIZE'].includes(type)) {
			const [input = 0] = inputs;
			const view = this.#views.get(input);
			if (view) this.#views.set(outputs[0]!, view);
			else {
				const values = this.values(input);
				if (values) {
					const tensor = this.at(outputs[0]!);
					(this.#tensors as Tensor[])[outputs[0]!] = {
						...tensor,
						bytes: this.at(input).bytes,
						storage: this.at(input).storage,
						scales: []
					};
					this.#floats.set(outputs[0]!, values.data);
				}
			}
			return;
		}
		if (this.#fold(type, inputs, outputs[0], operator.table(4))) return;
		const call = new Call(this, type, name, inputs, outputs, operator.table(4));
		const made = Object.hasOwn(handlers, type) ? handlers[type]!(call) : null;
		if (made) {
			outputs.forEach((index, i) => made[i] && this.#views.set(index, made[i]));
			this.#noteWeights(made[0]?.out.layer ?? null, name, inputs);
		} else this.#opaque(type, name, inputs, outputs);
	}

	/** Which of the file's tensors are a layer's weights: operators that read the same ones share them. */
	#noteWeights(made: Layer | null, name: string, inputs: readonly number[]): void {
		// The activation that is fused behind it is a layer of its own.
		const layer = made?.name === name ? made : (made?.inputs[0]?.layer ?? null);
		const from = inputs.filter((index) => index >= 0 && !this.#views.has(index));
		if (layer?.name === name && layer.weightsFrom === null && from.length > 0)
			layer.weightsFrom = from.join('\n');
	}

	/** Keeps what is computed of shapes alone as a constant. */
	#fold(type: string, inputs: readonly number[], to: number | undefined, options: Table | null): boolean {
		const view = this.#views.get(inputs[0] ?? -1);
		const numbers = view && type === 'SHAPE' ? shapeOfView(view) : null;
		const made = numbers
			? { dims: [numbers.length], numbers }
			: folded(
					type,
					inputs.map((index) => this.#integersAt(index)),
					options
				);
		if (!made || to === undefined) return false;
		const bytes = new Uint8Array(4 * made.numbers.length);
		(this.#tensors as Tensor[])[to] = {
			...this.at(to),
			dims: made.dims,
			storage: 'int32',
			bytes,
			scales: []
		};
		this.#floats.set(to, Float32Array.from(made.numbers));
		return true;
	}

	/** Whole numbers of a constant, as far as a shape goes. */
	#integersAt(index: number): readonly number[] | null {
		const tensor = this.#tensors[index];
		if (tensor?.storage !== 'int32' || tensor.scales.length > 0 || countOf(tensor.dims) > 16) return null;
		const data = this.values(index)?.data;
		return data ? [...data] : null;
	}

	viewAt(index: number): View | undefined {
		return this.#views.get(index);
	}

	#opaque(type: string, name: string, inputs: readonly number[], outputs: readonly number[]): void {
		const views = inputs.flatMap((index) => this.#views.get(index) ?? []);
		const parameters = inputs.reduce((sum, index) => {
			const tensor = index >= 0 ? this.at(index) : null;
			return (
				sum +
				(tensor?.bytes && !['int32', 'int64', 'bool'].includes(tensor.storage ?? '') && tensor.dims.length > 0
					? countOf(tensor.dims)
					: 0)
			);
		}, 0);
		const shapes = outputs.map((index) => shapeOf(this.at(index).dims));
		const layer = this.assembly.opaque(
			name,
			views.map(({ out }) => out),
			{ type, shapes, parameters },
			// A tensor without a shape is one that is known only when it is run.
			outputs.every((index) => this.at(index).dims.length > 0) ? 'stated' : 'guessed'
		);
		outputs.forEach((index, i) =>
			this.#views.set(index, viewOf(layer.outs[i]!, orderOf(this.at(index).dims)))
		);
	}
}

/** What values from 0 to 255 become, where the input is of integers: as their scale says. */
function preprocessingOf({ storage, scales, zeroPoints }: Tensor): Preprocessing | null {
	const [scale] = scales;
	if (scale === undefined || (storage !== 'int8' && storage !== 'uint8')) return null;
	const zeroPoint = zeroPoints[0] ?? 0;
	const low = ((storage === 'int8' ? -128 : 0) - zeroPoint) * scale;
	const deviation = 1 / scale;
	const mean = -low * deviation;
	return { order: 'rgb', mean: [mean, mean, mean], deviation: [deviation, deviation, deviation] };
}
