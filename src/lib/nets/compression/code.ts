import { fromFloat16, toFloat16 } from '../float16';
import { BitReader, BitWriter } from './bits';
import { decodeGaps } from './gaps';
import { decodeSymbols, encodeSymbols, readLengths, writeLengths } from './huffman';
import { headerBits, sharedValues, type CompressedLayer } from './layer';

/** A compressed layer as bytes: header, codebook, lengths of the codes, relative indices, codes. */
export function encodeLayer(layer: CompressedLayer): Uint8Array {
	const { gaps, gapBits, numberBits, bits, codebook, codes, codeLengths, gapLengths } = layer;
	const to = new BitWriter();
	to.write(gapBits === 0 ? codes.length : gaps.length, headerBits.count);
	to.write(gapBits, headerBits.gapBits);
	to.write(numberBits === 32 ? 1 : 0, headerBits.isFloat32);
	to.write(bits, headerBits.bits);
	to.write(codebook.length, headerBits.codebook);
	for (const value of codebook)
		to.write(numberBits === 32 ? bitsOfFloat(value) : toFloat16(value), numberBits);
	writeLengths(codeLengths, to);
	writeLengths(gapLengths, to);
	encodeSymbols(gaps, gapLengths, to);
	encodeSymbols(codes, codeLengths, to);
	return to.bytes();
}

/**
 * The weights of a layer from its bytes.
 * @param count of its weights, which its shape tells
 * @throws RangeError where the bytes are not such a layer
 */
export function decodeLayer(bytes: Uint8Array, count: number): Float32Array {
	const from = new BitReader(bytes);
	const stored = from.read(headerBits.count);
	const gapBits = from.read(headerBits.gapBits);
	const isFloat32 = from.read(headerBits.isFloat32) === 1;
	from.read(headerBits.bits);
	const size = from.read(headerBits.codebook);
	const codebook = Float32Array.from({ length: size }, () =>
		isFloat32 ? floatOfBits(from.read(32)) : fromFloat16(from.read(16))
	);
	const codeLengths = readLengths(size, from);
	const gapLengths = readLengths(gapBits === 0 ? 0 : 2 ** gapBits, from);
	if (stored > count) throw new RangeError(`${stored} weights are stored, expected at most ${count}`);
	const positions =
		gapBits === 0
			? Uint32Array.from({ length: stored }, (_, i) => i)
			: decodeGaps(decodeSymbols(stored, gapLengths, from), gapBits);
	const codes = decodeSymbols(positions.length, codeLengths, from);
	return sharedValues({ count, positions, codes, codebook });
}

const word = new DataView(new ArrayBuffer(4));

function bitsOfFloat(value: number): number {
	word.setFloat32(0, value);
	return word.getUint32(0);
}

function floatOfBits(bits: number): number {
	word.setUint32(0, bits);
	return word.getFloat32(0);
}
