/** How numbers are stored in weights files. Quantised ones have a scale and a minimum beside them. */
export type Storage =
	'float32' | 'float64' | 'float16' | 'bfloat16' | 'int32' | 'int64' | 'int8' | 'uint8' | 'uint16' | 'bool';

/** Bytes of one number. */
export const bytesOf: Readonly<Record<Storage, number>> = {
	float32: 4,
	float64: 8,
	float16: 2,
	bfloat16: 2,
	int32: 4,
	int64: 8,
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
		case 'int8':
			return Float32Array.from(new Int8Array(buffer));
		case 'uint16':
			return Float32Array.from(new Uint16Array(buffer));
		case 'uint8':
		case 'bool':
			return Float32Array.from(bytes);
	}
}

/** The number that 16 bits stand for (IEEE 754 binary16). */
export function fromFloat16(bits: number): number {
	const sign = bits & 0x8000 ? -1 : 1;
	const exponent = (bits >> 10) & 0x1f;
	const fraction = bits & 0x3ff;
	if (exponent === 0) return sign * fraction * 2 ** -24;
	if (exponent === 31) return fraction ? NaN : sign * Infinity;
	return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The nearest binary16 number, ties to even; beyond the largest, infinity. */
export function toFloat16(value: number): number {
	const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
	const magnitude = Math.abs(value);
	if (Number.isNaN(value)) return 0x7e00;
	if (magnitude >= 65520) return sign | 0x7c00;
	if (magnitude < 2 ** -14) return sign | roundToEven(magnitude * 2 ** 24);
	let exponent = Math.floor(Math.log2(magnitude));
	if (2 ** exponent > magnitude) exponent--;
	// A fraction that rounds up to 1024 carries into the exponent, as it should.
	return sign | (((exponent + 15) << 10) + roundToEven((magnitude / 2 ** exponent - 1) * 1024));
}

function roundToEven(value: number): number {
	const floor = Math.floor(value);
	const rest = value - floor;
	return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
