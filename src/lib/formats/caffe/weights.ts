import { decode } from '../numbers';
import { fieldsOf, numbersOf, textOf } from '../wire';

/** Weights of a layer, one after the other, each with its values and its shape there. */
export interface Blob {
	readonly shape: readonly number[];
	readonly values: Float32Array;
}

/** Whether bytes are a `NetParameter`: its name, then layers (field 100, or 2 in old files). */
export function beginsAsNet(bytes: Uint8Array): boolean {
	if (bytes[0] !== 0x0a) return false;
	try {
		let seen = 0;
		for (const { id, type } of fieldsOf(bytes.subarray(0, 1 << 20))) {
			if (id === 100 || id === 2) return type === 'bytes';
			if (++seen > 20 || id > 8) return false;
		}
		return false;
	} catch {
		// Cut short, as it is here: a layer that is longer than what is looked at.
		const name = bytes[1] ?? 0;
		return bytes[2 + name] === 0xa2 || bytes[2 + name] === 0x12;
	}
}

/** The weights of a `.caffemodel`, by the names of its layers. Source: BVLC/caffe, caffe.proto. @throws {ReasonError} */
export function parseWeights(bytes: Uint8Array): Map<string, Blob[]> {
	const layers = new Map<string, Blob[]>();
	for (const field of fieldsOf(bytes)) {
		if (field.id !== 100 && field.id !== 2) continue;
		// LayerParameter has its name and blobs at 1 and 7, V1LayerParameter at 4 and 6.
		const [nameId, blobId] = field.id === 100 ? [1, 7] : [4, 6];
		let name = '';
		const blobs: Blob[] = [];
		for (const part of fieldsOf(field.bytes)) {
			if (part.id === nameId && part.type === 'bytes') name = textOf(part);
			else if (part.id === blobId) blobs.push(parseBlob(part.bytes));
		}
		if (blobs.length > 0) layers.set(name, blobs);
	}
	return layers;
}

function parseBlob(bytes: Uint8Array): Blob {
	const old: number[] = [];
	let shape: number[] = [];
	const parts: Float32Array[] = [];
	for (const field of fieldsOf(bytes)) {
		if (field.id >= 1 && field.id <= 4) old[field.id - 1] = Number(field.value);
		else if (field.id === 5)
			parts.push(
				field.type === 'bytes' ? decode(field.bytes, 'float32') : Float32Array.from(numbersOf.float(field))
			);
		else if (field.id === 8) parts.push(decode(field.bytes, 'float64'));
		else if (field.id === 7)
			for (const dim of fieldsOf(field.bytes)) if (dim.id === 1) shape = [...shape, ...numbersOf.int64(dim)];
	}
	const values = parts.length === 1 ? parts[0]! : Float32Array.from(parts.flatMap((part) => [...part]));
	return { shape: shape.length > 0 ? shape : Array.from(old, (n) => n ?? 1), values };
}
