import { bitsOfNumbers, roundNumbers } from '../float16';
import { encodeGaps } from './gaps';
import { countSymbols, huffmanBits, huffmanLengths, lengthBits, type CodeLengths } from './huffman';
import { pruneByMagnitude } from './prune';
import { shareValues } from './share';

/** What Deep Compression does to weights, one after another (Han, Mao, Dally, arXiv:1510.00149), after their float16 form. */
export const compressionSteps = ['float32', 'float16', 'pruned', 'shared', 'huffman'] as const;
export type CompressionStep = (typeof compressionSteps)[number];

export interface CompressionOptions {
	/** Share of each layer's weights that is pruned, 0 to 1. */
	readonly prune: number;
	/** Bits of a weight's code, 1 to 8: 2^bits values are shared. */
	readonly bits: number;
	/** Bits of a relative index, 1 to 8; the paper has 4 and 5. Default 4. */
	readonly gapBits?: number;
}

/** Bits that a layer takes, by what they are for. */
export interface LayerSize {
	/** The weights, as numbers or codes. */
	readonly values: number;
	/** Where they stand: relative indices. */
	readonly gaps: number;
	/** Codebook, lengths of the Huffman codes, and the counts that a decoder needs. */
	readonly tables: number;
}

/** A layer's weights after all steps, and what each step takes and changes. */
export interface CompressedLayer {
	/** Weights of the layer. */
	readonly count: number;
	/** Bits of a number from the float16 step on: 16, or 32 where a weight is beyond what those hold. */
	readonly numberBits: 16 | 32;
	/** Positions of the weights that are kept, ascending. */
	readonly positions: Uint32Array;
	/** Bits of a relative index; 0 where all weights are kept, and need none. */
	readonly gapBits: number;
	/** Relative indices, with padding. */
	readonly gaps: Uint8Array;
	/** Bits of a code before Huffman coding. */
	readonly bits: number;
	readonly codebook: Float32Array;
	/** Of each weight that is kept. */
	readonly codes: Uint8Array;
	readonly codeLengths: CodeLengths;
	readonly gapLengths: CodeLengths;
	readonly size: Readonly<Record<CompressionStep, LayerSize>>;
	/** Root mean square of the weights, and of what they differ by after each step. */
	readonly scale: number;
	readonly error: Readonly<Record<CompressionStep, number>>;
}

/** Bits before everything else: how many relative indices there are, their width, that of numbers, that of codes. */
export const headerBits = { count: 32, gapBits: 4, isFloat32: 1, bits: 4, codebook: 9 } as const;
const sparseHeader = headerBits.count + headerBits.gapBits + headerBits.isFloat32;
const sharedHeader = sparseHeader + headerBits.bits + headerBits.codebook;

/** Prunes, shares and codes the weights of a layer. */
export function compressLayer(
	weights: Float32Array,
	{ prune, bits, gapBits: wanted = 4 }: CompressionOptions
): CompressedLayer {
	if (!(Number.isInteger(wanted) && wanted >= 1 && wanted <= 8))
		throw new RangeError(`gapBits is ${wanted}, expected a whole number from 1 to 8`);
	const count = weights.length;
	const numberBits = bitsOfNumbers(weights);
	const rounded = roundNumbers(weights, numberBits);
	const positions = pruneByMagnitude(rounded, prune);
	const isDense = positions.length === count;
	const gapBits = isDense ? 0 : wanted;
	const gaps = isDense ? new Uint8Array() : encodeGaps(positions, gapBits);
	const stored = Float32Array.from(positions, (at) => rounded[at]!);
	const { codebook, codes } = shareValues(stored, bits, (centroids) => roundNumbers(centroids, numberBits));
	const codeCounts = countSymbols(codes, codebook.length);
	const gapCounts = countSymbols(gaps, isDense ? 0 : 2 ** gapBits);
	const codeLengths = huffmanLengths(codeCounts);
	const gapLengths = huffmanLengths(gapCounts);
	const sharedTables = sharedHeader + codebook.length * numberBits;
	const size: CompressedLayer['size'] = {
		float32: { values: 32 * count, gaps: 0, tables: 0 },
		float16: { values: numberBits * count, gaps: 0, tables: 0 },
		pruned: { values: numberBits * stored.length, gaps: gapBits * gaps.length, tables: sparseHeader },
		shared: { values: bits * stored.length, gaps: gapBits * gaps.length, tables: sharedTables },
		huffman: {
			values: huffmanBits(codeCounts, codeLengths),
			gaps: huffmanBits(gapCounts, gapLengths),
			tables: sharedTables + lengthBits * (codeLengths.length + gapLengths.length)
		}
	};
	const layer = { positions, codes, codebook, count };
	const shared = rootMeanSquare(weights, sharedValues(layer));
	const error = {
		float32: 0,
		float16: rootMeanSquare(weights, rounded),
		pruned: rootMeanSquare(weights, scatter(count, positions, stored)),
		shared,
		huffman: shared
	};
	const scale = rootMeanSquare(weights, new Float32Array(count));
	return { ...layer, numberBits, gapBits, gaps, bits, codeLengths, gapLengths, size, scale, error };
}

/** The weights as they are after sharing, and after decoding. */
export function sharedValues({
	count,
	positions,
	codes,
	codebook
}: Pick<CompressedLayer, 'count' | 'positions' | 'codes' | 'codebook'>): Float32Array {
	return scatter(
		count,
		positions,
		Float32Array.from(codes, (code) => codebook[code]!)
	);
}

/** The weights as they are after a step. */
export function valuesAfter(
	step: CompressionStep,
	weights: Float32Array,
	layer: CompressedLayer
): Float32Array {
	switch (step) {
		case 'float32':
			return weights;
		case 'float16':
			return roundNumbers(weights, layer.numberBits);
		case 'pruned': {
			const rounded = roundNumbers(weights, layer.numberBits);
			return scatter(
				layer.count,
				layer.positions,
				Float32Array.from(layer.positions, (at) => rounded[at]!)
			);
		}
		case 'shared':
		case 'huffman':
			return sharedValues(layer);
	}
}

/** Whole bytes that a layer takes after each step. */
export function bytesAfter({
	size
}: Pick<CompressedLayer, 'size'>): Readonly<Record<CompressionStep, number>> {
	const bytes = compressionSteps.map((step) => [step, Math.ceil(bitsOf(size[step]) / 8)] as const);
	return Object.fromEntries(bytes) as Record<CompressionStep, number>;
}

/** Bits of all parts. */
export function bitsOf({ values, gaps, tables }: LayerSize): number {
	return values + gaps + tables;
}

function scatter(count: number, positions: Uint32Array, values: Float32Array): Float32Array {
	const all = new Float32Array(count);
	positions.forEach((at, i) => (all[at] = values[i]!));
	return all;
}

function rootMeanSquare(a: Float32Array, b: Float32Array): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
	return Math.sqrt(sum / Math.max(1, a.length));
}
