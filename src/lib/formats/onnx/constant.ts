import { broken, FormatError, formatLimits, tooLarge, unsupported, type ModelFile } from '../format';
import { bytesOf, decode, decodeIntegers, type Storage } from '../numbers';
import { permute } from '../permute';
import type { StoredIntegers } from '../../nets/quantization/kernel';
import type { Values } from '../assembly';
import type { OnnxTensor } from './model';

/** A tensor that is known while the file is read: a weight, or a shape that is computed. */
export interface Constant {
	readonly kind: 'constant';
	readonly name: string;
	readonly dims: readonly number[];
	/** Its values; `null` where the file only says how many there are. Decoded where they are read first. */
	values(): Float32Array | null;
	/** Values of shapes and axes, which need more digits than float32 has. @throws {FormatError} where there are too many */
	numbers(): readonly number[];
	/** How the file stores them. */
	readonly storage?: Storage;
	/** They as integers, without rounding those of 32 bits; `null` for numbers that are none, or too large. */
	integers?(): Int32Array | null;
	/** Integers that the values are a view of. */
	readonly quantized?: StoredIntegers;
}

/** `TensorProto.DataType`. */
const storages: Readonly<Record<number, Storage>> = {
	1: 'float32',
	2: 'uint8',
	3: 'int8',
	4: 'uint16',
	5: 'int16',
	6: 'int32',
	7: 'int64',
	9: 'bool',
	10: 'float16',
	11: 'float64',
	12: 'uint32',
	13: 'uint64',
	16: 'bfloat16'
};

/** The first kind of 16 bits that numbers of a file are stored as; `null` where there is none. */
export const halfIn = (tensors: readonly OnnxTensor[]): 'float16' | 'bfloat16' | null =>
	tensors
		.map(({ dataType }) => storages[dataType])
		.find((storage) => storage === 'float16' || storage === 'bfloat16') ?? null;

export const countOf = (dims: readonly number[]): number => dims.reduce((product, n) => product * n, 1);

/** Most values of what is computed while a file is read: shapes, axes, small tables. */
const computedValues = 1 << 16;

export function constantOf(name: string, dims: readonly number[], numbers: readonly number[]): Constant {
	return { kind: 'constant', name, dims, values: () => Float32Array.from(numbers), numbers: () => numbers };
}

/** A tensor that a file fills in by a rule. Weights of this kind are only placeholders. */
export function filled(name: string, dims: readonly number[], value: number): Constant {
	const count = countOf(dims);
	return count > 1024
		? { kind: 'constant', name, dims, values: () => null, numbers: () => [] }
		: constantOf(name, dims, new Array<number>(count).fill(value));
}

/**
 * A tensor of the file.
 * @param files dropped beside the model: large models keep their weights there
 * @throws {FormatError} `broken`, `unsupported`, `missingFile`, `tooLarge`
 */
export function readTensor(tensor: OnnxTensor, file: string, files: readonly ModelFile[]): Constant {
	const { name, dims, dataType } = tensor;
	const count = countOf(dims);
	if (!dims.every((n) => Number.isSafeInteger(n) && n >= 0))
		throw broken(file, 'shape', { name, shape: dims.join('×') });
	if (!(count <= formatLimits.values)) throw tooLarge(file, 'values', name, count, formatLimits.values);
	const storage = storages[dataType];
	let found: Float32Array | null = null;
	const values = (): Float32Array => {
		if (found) return found;
		if (!storage) throw unsupported(file, 'dataType', { name, type: String(dataType) });
		found = decodeTensor(tensor, storage, count, file, files);
		return found;
	};
	const numbers = (): readonly number[] => {
		if (count > computedValues) throw broken(file, 'tooManyValues', { name, count });
		if (storage === 'int64' && tensor.raw) {
			const { buffer } = new Uint8Array(checked(tensor.raw, count * 8, name, file));
			return Array.from(new BigInt64Array(buffer), Number);
		}
		return storage === 'int64' && tensor.ints.length > 0 ? tensor.ints : Array.from(values());
	};
	const integers = (): Int32Array | null => {
		if (!storage) return null;
		const bytes = bytesOfTensor(tensor, storage, count, file, files);
		return bytes
			? decodeIntegers(bytes, storage)
			: Int32Array.from(tensor.ints.length === count ? tensor.ints : values());
	};
	return { kind: 'constant', name, dims, values, numbers, integers, ...(storage && { storage }) };
}

/** The name under which a file is dropped that a tensor's bytes are in. */
export const locationOf = ({ location }: NonNullable<OnnxTensor['external']>): string =>
	location.split(/[\\/]/).pop()!;

/** The bytes of a tensor; `null` where its numbers are a list. */
function bytesOfTensor(
	{ name, raw, external }: OnnxTensor,
	storage: Storage,
	count: number,
	file: string,
	files: readonly ModelFile[]
): Uint8Array | null {
	const size = count * bytesOf[storage];
	if (external) {
		const location = locationOf(external);
		const beside = files.find((other) => other.name === location);
		if (!beside)
			throw new FormatError('missingFile', `${file} keeps its weights in ${location}, which is not there`, {
				file,
				needed: location
			});
		const { offset, length } = external;
		if (length !== null && length !== size)
			throw broken(location, 'bytes', { name, actual: length, expected: size });
		return checked(beside.bytes.subarray(offset, offset + size), size, name, location);
	}
	return raw ? checked(raw, size, name, file) : null;
}

function decodeTensor(
	tensor: OnnxTensor,
	storage: Storage,
	count: number,
	file: string,
	files: readonly ModelFile[]
): Float32Array {
	const bytes = bytesOfTensor(tensor, storage, count, file, files);
	if (bytes) return decode(bytes, storage);
	const { name, floats, ints } = tensor;
	const list = floats.length > 0 ? floats : ints;
	if (list.length !== count) throw broken(file, 'values', { name, actual: list.length, expected: count });
	if (floats.length === 0 && (storage === 'float16' || storage === 'bfloat16'))
		return decode(bitsOf(ints), storage);
	return Float32Array.from(list);
}

const bitsOf = (ints: readonly number[]) => new Uint8Array(Uint16Array.from(ints).buffer);

function checked(bytes: Uint8Array, size: number, name: string, file: string): Uint8Array {
	if (bytes.length !== size) throw broken(file, 'bytes', { name, actual: bytes.length, expected: size });
	return bytes;
}

/** Values as a layer takes them, with their axes in another order, and the integers with them. */
export function arranged(
	constant: Constant,
	shape: readonly number[],
	axes: readonly number[]
): Values | undefined {
	const data = constant.values();
	if (!data) return undefined;
	const { quantized } = constant;
	if (!quantized) return permute(data, shape, axes);
	const axis = quantized.axis === null ? null : axes.indexOf(quantized.axis);
	return {
		data: permute(data, shape, axes),
		quantized: { ...quantized, values: permute(quantized.values, shape, axes), axis }
	};
}

/** Values as they are. */
export function plain(constant: Constant): Values | undefined {
	const data = constant.values();
	if (!data) return undefined;
	return constant.quantized ? { data, quantized: constant.quantized } : data;
}

/** Integers as what they stand for: `(value - zeroPoint) * scale`, by one scale or one for each place of an axis. */
export function dequantized(
	constant: Constant,
	scale: Constant,
	zeroPoint: Constant | null,
	axis: number
): Constant {
	const scales = scale.numbers();
	const zeroPoints = zeroPoint?.numbers() ?? scales.map(() => 0);
	const isPerAxis = scales.length > 1;
	const inner = isPerAxis ? countOf(constant.dims.slice(axis + 1)) : 1;
	const at = (i: number) => (isPerAxis ? Math.floor(i / inner) % scales.length : 0);
	const stored = constant.values();
	const values =
		stored?.map((value, i) => (value - (zeroPoints[at(i)] ?? zeroPoints[0] ?? 0)) * scales[at(i)]!) ?? null;
	const { kind, name, dims } = constant;
	const read = { kind, name, dims, values: () => values, numbers: () => Array.from(values ?? []) };
	if (!stored) return read;
	const quantized: StoredIntegers = {
		values: constant.integers?.() ?? Int32Array.from(stored),
		scales,
		zeroPoints,
		axis: isPerAxis ? axis : null
	};
	return { ...read, quantized };
}
