import * as v from 'valibot';
import { toFloat16 } from '../nets/float16';
import { bytesOf, decode, type Storage } from './numbers';
import { checkDuplicates, countOf, WeightsError, type NamedTensor } from './tensors';

const size = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(500));

const entrySchema = v.object({
	name: text,
	shape: v.array(size),
	dtype: v.string(),
	quantization: v.optional(
		v.object({
			dtype: v.string(),
			scale: v.optional(v.number(), 1),
			min: v.optional(v.number(), 0)
		})
	)
});
const modelSchema = v.object({
	weightsManifest: v.array(v.object({ paths: v.array(text), weights: v.array(entrySchema) }))
});

type Entry = v.InferOutput<typeof entrySchema>;

/** What a model.json says of its weights. */
export interface Manifest {
	/** The name under which errors speak of it. */
	readonly file: string;
	readonly groups: readonly { readonly paths: readonly string[]; readonly weights: readonly Entry[] }[];
}

/**
 * Reads the weights manifest of a TensorFlow.js model.json, with or without a topology.
 * @throws {WeightsError} `notJson`, `notAModel`
 */
export function parseManifest(json: string, file = 'model.json'): Manifest {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new WeightsError('notJson', `${file} is not JSON: ${reason}`, { file, reason });
	}
	const parsed = v.safeParse(modelSchema, value);
	if (parsed.success) return { file, groups: parsed.output.weightsManifest };
	const [issue] = parsed.issues;
	const path = v.getDotPath(issue) ?? '';
	const { expected } = issue;
	const where = path === '' ? '' : ` at ${path}`;
	throw new WeightsError('notAModel', `${file}${where}: expected ${expected ?? 'a weights manifest'}`, {
		file,
		path,
		expected: expected ?? ''
	});
}

/** The files that a manifest names, in order. */
export function shardsOf(manifest: Manifest): string[] {
	return manifest.groups.flatMap(({ paths }) => paths);
}

/** Bytes that a manifest's shards have together. @throws {WeightsError} `dataType` */
export function bytesOfManifest(manifest: Manifest): number {
	return manifest.groups.reduce((sum, { weights }) => sum + bytesOfEntries(weights, manifest.file), 0);
}

/**
 * Reads all tensors of a manifest.
 * @param shards bytes of its files, by name
 * @throws {WeightsError} `missingFile`, `size`, `dataType`, `duplicate`
 */
export function readTensors(manifest: Manifest, shards: ReadonlyMap<string, Uint8Array>): NamedTensor[] {
	const { file } = manifest;
	const tensors = manifest.groups.flatMap(({ paths, weights }) => {
		const parts = paths.map((path) => {
			const shard = shards.get(path);
			if (!shard)
				throw new WeightsError('missingFile', `${file} names ${path}, which is not there`, { file: path });
			return shard;
		});
		const bytes = join(parts);
		const expected = bytesOfEntries(weights, file);
		if (bytes.length !== expected) {
			throw new WeightsError('size', `${paths.join(', ')}: ${bytes.length} bytes, expected ${expected}`, {
				file: paths.join('\n'),
				actual: bytes.length,
				expected
			});
		}
		let at = 0;
		return weights.map((entry): NamedTensor => {
			const storage = storageOf(entry, file);
			const start = at;
			at += countOf(entry.shape) * bytesOf[storage];
			const data = decode(bytes.subarray(start, at), storage);
			const { quantization } = entry;
			const isAffine = quantization !== undefined && storage !== 'float16';
			return {
				name: entry.name,
				shape: entry.shape,
				data: isAffine ? data.map((value) => value * quantization.scale + quantization.min) : data
			};
		});
	});
	checkDuplicates(tensors, file);
	return tensors;
}

/** How the tensors of a file are stored; quantised kinds are for tensors of two or more axes, the rest stays float32. */
export type WrittenStorage = 'float32' | 'float16' | 'uint8' | 'uint16';

export interface WriteOptions {
	/** Default `'float32'`. */
	readonly storage?: WrittenStorage;
	/** Largest shard; default 4 MiB, as TensorFlow.js has it, so that browsers cache each. */
	readonly shardBytes?: number;
	/** Free text and figures about the weights, kept in `userDefinedMetadata`. */
	readonly metadata?: Readonly<Record<string, unknown>>;
}

/** Writes tensors as TensorFlow.js does: the text of model.json, and the shards by name. */
export function writeTensors(
	tensors: readonly NamedTensor[],
	{ storage = 'float32', shardBytes = 4 << 20, metadata = {} }: WriteOptions = {}
): { readonly model: string; readonly shards: ReadonlyMap<string, Uint8Array> } {
	const encoded = tensors.map((tensor) => encode(tensor, storage));
	const bytes = join(encoded.map((of) => of.bytes));
	const count = Math.max(1, Math.ceil(bytes.length / shardBytes));
	const shards = new Map(
		Array.from({ length: count }, (_, i) => [
			`group1-shard${i + 1}of${count}.bin`,
			bytes.slice(i * shardBytes, (i + 1) * shardBytes)
		])
	);
	const manifest = [{ paths: [...shards.keys()], weights: encoded.map(({ entry }) => entry) }];
	const model = { format: 'weights-only', userDefinedMetadata: metadata, weightsManifest: manifest };
	return { model: JSON.stringify(model), shards };
}

function encode({ name, shape, data }: NamedTensor, storage: WrittenStorage) {
	const entry = { name, shape: [...shape], dtype: 'float32' };
	const isExact = storage === 'float32' || (storage !== 'float16' && shape.length < 2);
	if (isExact) return { entry, bytes: bytesIn(data.slice()) };
	if (storage === 'float16')
		return {
			entry: { ...entry, quantization: { dtype: storage } },
			bytes: bytesIn(Uint16Array.from(data, toFloat16))
		};
	let [min, max] = [Infinity, -Infinity];
	for (const value of data) [min, max] = [Math.min(min, value), Math.max(max, value)];
	const scale = (max - min) / (storage === 'uint8' ? 255 : 65535) || 1;
	const steps = Array.from(data, (value) => Math.round((value - min) / scale));
	return {
		entry: { ...entry, quantization: { dtype: storage, scale, min } },
		bytes: bytesIn(storage === 'uint8' ? Uint8Array.from(steps) : Uint16Array.from(steps))
	};
}

const bytesIn = (array: Float32Array | Uint16Array | Uint8Array) => new Uint8Array(array.buffer);

function join(parts: readonly Uint8Array[]): Uint8Array {
	if (parts.length === 1) return parts[0]!;
	const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		result.set(part, at);
		at += part.length;
	}
	return result;
}

function bytesOfEntries(entries: readonly Entry[], file: string): number {
	return entries.reduce((sum, entry) => sum + countOf(entry.shape) * bytesOf[storageOf(entry, file)], 0);
}

const readable: ReadonlySet<string> = new Set<Storage>([
	'float32',
	'int32',
	'uint8',
	'bool',
	'float16',
	'uint16'
]);

function storageOf({ name, dtype, quantization }: Entry, file: string): Storage {
	const type = quantization?.dtype ?? dtype;
	if (readable.has(type)) return type as Storage;
	throw new WeightsError('dataType', `${file}: ${name} is stored as ${type}, which is not read`, {
		file,
		tensor: name,
		type
	});
}
