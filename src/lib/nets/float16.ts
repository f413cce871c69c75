/** What the last bit of a fraction is worth, by the five bits of the exponent: to raise it anew for each of a file's numbers takes a tenth of a second. */
const lastBit = Float64Array.from({ length: 31 }, (_, exponent) => 2 ** (Math.max(1, exponent) - 25));

/** The number that 16 bits stand for (IEEE 754 binary16). */
export function fromFloat16(bits: number): number {
	const sign = bits & 0x8000 ? -1 : 1;
	const exponent = (bits >> 10) & 0x1f;
	const fraction = bits & 0x3ff;
	if (exponent === 31) return fraction ? NaN : sign * Infinity;
	return sign * (exponent === 0 ? fraction : 1024 + fraction) * lastBit[exponent]!;
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

/** From here on a magnitude rounds to infinity. */
const beyondFloat16 = 65520;

/** Bits of a number of these values: 16, or 32 where one of them is beyond what 16 hold. */
export function bitsOfNumbers(values: Float32Array): 16 | 32 {
	return values.every((value) => Math.abs(value) < beyondFloat16) ? 16 : 32;
}

/** The values as `bits` hold them. */
export function roundNumbers(values: Float32Array, bits: 16 | 32): Float32Array {
	return bits === 32 ? values.slice() : values.map((value) => fromFloat16(toFloat16(value)));
}
