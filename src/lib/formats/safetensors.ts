import * as v from 'valibot';
import type { Format } from './format';
import { bytesOf, decode, type Storage } from './numbers';
import { checkDuplicates, countOf, WeightsError, type NamedTensor } from './tensors';

/** What the format calls its kinds of numbers. */
const storages: Readonly<Record<string, Storage>> = {
	F64: 'float64',
	F32: 'float32',
	F16: 'float16',
	BF16: 'bfloat16',
	I64: 'int64',
	I32: 'int32',
	I8: 'int8',
	U16: 'uint16',
	U8: 'uint8',
	BOOL: 'bool'
};

/** safetensors: weights alone. */
export const safetensors: Format = {
	name: 'safetensors',
	tell: ({ bytes }) => bytes.length > 9 && bytes[7] === 0 && bytes[6] === 0 && bytes[8] === 0x7b,
	read: ({ name, bytes }) => ({
		...{ kind: 'weights', format: 'safetensors', tensors: readSafetensors(bytes, name), notes: [] }
	})
};

const size = v.pipe(v.number(), v.integer(), v.minValue(0));
const headerSchema = v.record(
	v.string(),
	v.object({ dtype: v.string(), shape: v.array(size), data_offsets: v.tuple([size, size]) })
);

/**
 * Reads a safetensors file: 8 bytes with the length of a JSON header, the header, the values.
 * Source: huggingface/safetensors, README, "Format".
 * @throws {WeightsError} `notSafetensors`, `dataType`, `size`
 */
export function readSafetensors(bytes: Uint8Array, file = 'model.safetensors'): NamedTensor[] {
	const header = headerOf(bytes, file);
	const values = bytes.subarray(header.end);
	checkApart(header.tensors, file);
	const tensors = Object.entries(header.tensors).map(([name, entry]): NamedTensor => {
		const { shape } = entry;
		const [start, end] = entry.data_offsets;
		const storage = storages[entry.dtype];
		if (!storage)
			throw new WeightsError('dataType', `${file}: ${name} is stored as ${entry.dtype}, which is not read`, {
				...{ file, tensor: name },
				type: entry.dtype
			});
		const expected = countOf(shape) * bytesOf[storage];
		const actual = Math.min(end, values.length) - start;
		if (actual !== expected)
			throw new WeightsError('size', `${file}: ${name} has ${actual} bytes, expected ${expected}`, {
				...{ file, actual },
				expected
			});
		return { name, shape, data: decode(values.subarray(start, end), storage) };
	});
	checkDuplicates(tensors, file);
	return tensors;
}

/** The format has each byte in one tensor: many on the same would grow to any size. @throws {WeightsError} */
function checkApart(tensors: v.InferOutput<typeof headerSchema>, file: string): void {
	const sorted = Object.entries(tensors).sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0]);
	let last = { name: '', end: 0 };
	for (const [name, { data_offsets: offsets }] of sorted) {
		const [start, end] = offsets;
		if (start < last.end) {
			const reason = `${last.name} and ${name} overlap`;
			throw new WeightsError('notSafetensors', `${file} is no safetensors file: ${reason}`, { file, reason });
		}
		if (end > last.end) last = { name, end };
	}
}

function headerOf(bytes: Uint8Array, file: string) {
	const fail = (reason: string) =>
		new WeightsError('notSafetensors', `${file} is no safetensors file: ${reason}`, { file, reason });
	if (bytes.length < 8) throw fail(`${bytes.length} bytes`);
	const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
	const end = 8 + length;
	if (end > bytes.length) throw fail(`its header would have ${length} bytes`);
	let value: unknown;
	try {
		value = JSON.parse(new TextDecoder().decode(bytes.subarray(8, end)));
	} catch {
		throw fail('its header is not JSON');
	}
	if (typeof value !== 'object' || value === null) throw fail('its header is not an object');
	const { __metadata__: _, ...entries } = value as Record<string, unknown>;
	const parsed = v.safeParse(headerSchema, entries);
	if (parsed.success) return { end, tensors: parsed.output };
	const [issue] = parsed.issues;
	throw fail(`${v.getDotPath(issue) ?? 'its header'} is not ${issue.expected ?? 'as it should be'}`);
}
