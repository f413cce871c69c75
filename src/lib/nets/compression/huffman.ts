import type { BitReader, BitWriter } from './bits';

/**
 * Lengths of Huffman codes, by symbol, in bits; -1 for a symbol that does not occur. The only symbol there is takes no bits: how
 * often it comes is known.
 */
export type CodeLengths = Int8Array;

/** Bits of each entry of a table of lengths: 0 for a symbol that does not occur, else one more than its length. */
export const lengthBits = 6;

/** How often each of `size` symbols occurs. */
export function countSymbols(symbols: Uint8Array, size: number): Uint32Array {
	const counts = new Uint32Array(size);
	for (const symbol of symbols) counts[symbol]!++;
	return counts;
}

/** Lengths of the codes with which symbols of these counts take the fewest bits (Huffman 1952). */
export function huffmanLengths(counts: Uint32Array): CodeLengths {
	const lengths = new Int8Array(counts.length).fill(-1);
	interface Tree {
		readonly count: number;
		readonly symbols: readonly number[];
	}
	const leaves: Tree[] = Array.from(counts, (count, symbol) => ({ count, symbols: [symbol] }))
		.filter(({ count }) => count > 0)
		.sort((a, b) => a.count - b.count);
	for (const { symbols } of leaves) lengths[symbols[0]!] = 0;
	// Joined trees come about in the order of their counts, so that the rarest is the first of one of the two queues.
	const joined: Tree[] = [];
	let [leaf, join] = [0, 0];
	const rarest = (): Tree => {
		const takesLeaf =
			join === joined.length || (leaf < leaves.length && leaves[leaf]!.count <= joined[join]!.count);
		return takesLeaf ? leaves[leaf++]! : joined[join++]!;
	};
	for (let i = 1; i < leaves.length; i++) {
		const [a, b] = [rarest(), rarest()];
		const symbols = [...a.symbols, ...b.symbols];
		for (const symbol of symbols) lengths[symbol]!++;
		joined.push({ count: a.count + b.count, symbols });
	}
	return lengths;
}

/** Bits that symbols of these counts take together, without their table. */
export function huffmanBits(counts: Uint32Array, lengths: CodeLengths): number {
	return counts.reduce((sum, count, symbol) => sum + count * Math.max(0, lengths[symbol]!), 0);
}

/** Fewest bits a symbol that any code for single symbols takes on average: Shannon's entropy of the counts. */
export function entropyOf(counts: Uint32Array): number {
	const total = counts.reduce((sum, count) => sum + count, 0);
	return counts.reduce(
		(sum, count) => (count === 0 ? sum : sum - (count / total) * Math.log2(count / total)),
		0
	);
}

/** Symbols in the order of their canonical codes: by length, then by value. */
function canonicalOrder(lengths: CodeLengths): number[] {
	return Array.from(lengths.keys())
		.filter((symbol) => lengths[symbol]! >= 0)
		.sort((a, b) => lengths[a]! - lengths[b]! || a - b);
}

/** The canonical codes of these lengths, by symbol: each is the one before it plus one, with zeros behind where it is longer. */
export function canonicalCodes(lengths: CodeLengths): Uint32Array {
	const codes = new Uint32Array(lengths.length);
	let [code, length] = [0, 0];
	for (const symbol of canonicalOrder(lengths)) {
		code = (code << (lengths[symbol]! - length)) >>> 0;
		length = lengths[symbol]!;
		codes[symbol] = code;
		code = (code + 1) >>> 0;
	}
	return codes;
}

/** Writes a table of lengths; codes follow from them. */
export function writeLengths(lengths: CodeLengths, to: BitWriter): void {
	for (const length of lengths) to.write(length + 1, lengthBits);
}

/** Reads a table for `size` symbols. */
export function readLengths(size: number, from: BitReader): CodeLengths {
	return Int8Array.from({ length: size }, () => from.read(lengthBits) - 1);
}

/** Writes symbols by their canonical codes. */
export function encodeSymbols(symbols: Uint8Array, lengths: CodeLengths, to: BitWriter): void {
	const codes = canonicalCodes(lengths);
	for (const symbol of symbols) to.write(codes[symbol]!, lengths[symbol]!);
}

/** Reads symbols. @throws RangeError where the bits are none of the codes */
export function decodeSymbols(count: number, lengths: CodeLengths, from: BitReader): Uint8Array {
	const order = canonicalOrder(lengths);
	const longest = order.length === 0 ? 0 : lengths[order.at(-1)!]!;
	// Of each length: its first code, and where its symbols begin.
	const first = new Float64Array(longest + 2);
	const start = new Uint32Array(longest + 2);
	const ofLength = (length: number) => order.filter((symbol) => lengths[symbol] === length).length;
	for (let length = 0; length <= longest; length++) {
		start[length + 1] = start[length]! + ofLength(length);
		first[length + 1] = 2 * (first[length]! + ofLength(length));
	}
	return Uint8Array.from({ length: count }, () => {
		let code = 0;
		for (let length = 0; length <= longest; length++) {
			if (length > 0) code = 2 * code + from.read(1);
			const at = code - first[length]!;
			if (at >= 0 && at < start[length + 1]! - start[length]!) return order[start[length]! + at]!;
		}
		throw new RangeError('the bits are none of the codes');
	});
}
