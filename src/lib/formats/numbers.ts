import { fromFloat16 } from '../nets/float16';

/** How numbers are stored in weights files. Quantised ones have a scale and a minimum beside them. */
export type Storage =
	| 'float32'
	| 'float64'
	| 'float16'
	| 'bfloat16'
	| 'int64'
	| 'uint64'
	| 'int32'
	| 'uint32'
	| 'int16'
	| 'uint16'
	| 'int8'
	| 'uint8'
	| 'bool';

/** Bytes of one number. */
export const bytesOf: Readonly<Record<Storage, number>> = {
	float32: 4,
	float64: 8,
	float16: 2,
	bfloat16: 2,
	int64: 8,
	uint64: 8,
	int32: 4,
	uint32: 4,
	int16: 2,
	int8: 1,
	uint8: 1,
	uint16: 2,
	bool: 1
};

/** Reads all numbers of a stretch of bytes, little-endian, whatever its alignment. */
export function decode(bytes: Uint8Array, storage: Storage): Float32Array {
	const { buffer } = new Uint8Array(bytes);
	switch (storage) {
		case 'float32':
			return new Float32Array(buffer);
		case 'float64':
			return Float32Array.from(new Float64Array(buffer));
		case 'float16':
			return Float32Array.from(new Uint16Array(buffer), fromFloat16);
		case 'bfloat16':
			return new Float32Array(Uint32Array.from(new Uint16Array(buffer), (bits) => bits << 16).buffer);
		case 'int32':
			return Float32Array.from(new Int32Array(buffer));
		case 'int64':
			return Float32Array.from(new BigInt64Array(buffer), Number);
		case 'uint64':
			return Float32Array.from(new BigUint64Array(buffer), Number);
		case 'uint32':
			return Float32Array.from(new Uint32Array(buffer));
		case 'int16':
			return Float32Array.from(new Int16Array(buffer));
		case 'int8':
			return Float32Array.from(new Int8Array(buffer));
		case 'uint16':
			return Float32Array.from(new Uint16Array(buffer));
		case 'uint8':
		case 'bool':
			return Float32Array.from(bytes);
	}
}

/** Reads all integers of a stretch of bytes, without rounding those of 32 bits; `null` for numbers that do not fit into 32. */
export function decodeIntegers(bytes: Uint8Array, storage: Storage): Int32Array | null {
	const { buffer } = new Uint8Array(bytes);
	switch (storage) {
		case 'int32':
			return new Int32Array(buffer);
		case 'int16':
			return Int32Array.from(new Int16Array(buffer));
		case 'uint16':
			return Int32Array.from(new Uint16Array(buffer));
		case 'int8':
			return Int32Array.from(new Int8Array(buffer));
		case 'uint8':
			return Int32Array.from(bytes);
		default:
			return null;
	}
}
