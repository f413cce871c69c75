import { ReasonError } from './reason';

/**
 * Protocol Buffers' wire format, as far as ONNX and Caffe need it: a message is a list of numbered fields. Nothing is copied, and
 * every length is held against the bytes that are there. Source: protobuf.dev, "Encoding".
 */

/** One field of a message: a number, or the bytes of a text, of packed numbers or of a message. */
export interface Field {
	readonly id: number;
	/** Of a varint the number (64 bits as two's complement), of fixed width the bits. */
	readonly value: bigint;
	/** Bytes of a length-delimited field, or of one of fixed width. */
	readonly bytes: Uint8Array;
	readonly type: 'varint' | 'fixed64' | 'bytes' | 'fixed32';
}

const none = new Uint8Array(0);

/** Reads the fields of a message in order. @throws {ReasonError} */
export function* fieldsOf(bytes: Uint8Array): Generator<Field> {
	let at = 0;
	const varint = (): bigint => {
		// Seven bits a byte; numbers up to 28 bits, nearly all, without big integers.
		let small = 0;
		for (let shift = 0; shift < 28; shift += 7) {
			const byte = next();
			small |= (byte & 0x7f) << shift;
			if (byte < 0x80) return BigInt(small);
		}
		let value = BigInt(small);
		for (let shift = 28n; shift < 70n; shift += 7n) {
			const byte = next();
			value |= BigInt(byte & 0x7f) << shift;
			if (byte < 0x80) return BigInt.asUintN(64, value);
		}
		throw new ReasonError('noMessage', { at });
	};
	const next = (): number => {
		const byte = bytes[at++];
		if (byte === undefined) throw new ReasonError('numberEnds', { at: bytes.length });
		return byte;
	};
	const take = (length: number): Uint8Array => {
		if (!(length <= bytes.length - at))
			throw new ReasonError('announced', { length, at, left: bytes.length - at });
		at += length;
		return bytes.subarray(at - length, at);
	};
	while (at < bytes.length) {
		const key = Number(varint());
		const id = Math.floor(key / 8);
		if (id === 0) throw new ReasonError('noMessage', { at });
		switch (key % 8) {
			case 0:
				yield { id, value: varint(), bytes: none, type: 'varint' };
				break;
			case 1:
				yield { id, value: 0n, bytes: take(8), type: 'fixed64' };
				break;
			case 2:
				yield { id, value: 0n, bytes: take(Number(varint())), type: 'bytes' };
				break;
			case 5:
				yield { id, value: 0n, bytes: take(4), type: 'fixed32' };
				break;
			default:
				throw new ReasonError('noMessage', { at });
		}
	}
}

/** Numbers of one field, packed or one by one. */
export const numbersOf = {
	int64(field: Field): number[] {
		return varintsOf(field).map((value) => Number(BigInt.asIntN(64, value)));
	},
	float(field: Field): number[] {
		return Array.from({ length: wholes(field, 4) }, (_, i) => viewOf(field.bytes).getFloat32(i * 4, true));
	},
	double(field: Field): number[] {
		return Array.from({ length: wholes(field, 8) }, (_, i) => viewOf(field.bytes).getFloat64(i * 8, true));
	}
} as const;

export const textOf = ({ bytes }: Field): string => new TextDecoder().decode(bytes);

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function wholes({ bytes }: Field, size: number): number {
	if (bytes.length % size !== 0) throw new ReasonError('packed');
	return bytes.length / size;
}

function varintsOf({ type, value, bytes }: Field): bigint[] {
	if (type === 'varint') return [value];
	const values: bigint[] = [];
	let number = 0n;
	let shift = 0n;
	for (const byte of bytes) {
		number |= BigInt(byte & 0x7f) << shift;
		shift += 7n;
		if (shift > 70n) throw new ReasonError('packed');
		if (byte >= 0x80) continue;
		values.push(number);
		[number, shift] = [0n, 0n];
	}
	if (shift > 0n) throw new ReasonError('packed');
	return values;
}
