import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitReader, BitWriter } from '$lib/nets/compression/bits';
import { decodeGaps, encodeGaps } from '$lib/nets/compression/gaps';
import {
	canonicalCodes,
	countSymbols,
	decodeSymbols,
	encodeSymbols,
	entropyOf,
	huffmanBits,
	huffmanLengths,
	readLengths,
	writeLengths
} from '$lib/nets/compression/huffman';

describe('BitWriter and BitReader', () => {
	it('read(width) gives what write(value, width) was given', () => {
		const numbers = fc.array(
			fc
				.tuple(fc.nat(0xffffffff), fc.integer({ min: 0, max: 32 }))
				.map(([value, width]) => [width === 32 ? value : value % 2 ** width, width] as const)
		);
		fc.assert(
			fc.property(numbers, (written) => {
				const to = new BitWriter();
				for (const [value, width] of written) to.write(value, width);
				expect(to.length).toBe(written.reduce((sum, [, width]) => sum + width, 0));
				const from = new BitReader(to.bytes());
				for (const [value, width] of written) expect(from.read(width)).toBe(value);
			})
		);
	});
	it('highest bit first; the end is an error', () => {
		const to = new BitWriter();
		to.write(0b101, 3);
		expect([...to.bytes()]).toEqual([0b10100000]);
		const from = new BitReader(to.bytes());
		from.read(8);
		expect(() => from.read(1)).toThrow('the code ends after 1 bytes, expected 1 bits from bit 8 on');
	});
});

describe('Huffman codes', () => {
	const symbols = fc
		.integer({ min: 1, max: 256 })
		.chain((size) => fc.array(fc.nat(size - 1), { maxLength: 600 }).map((of) => Uint8Array.from(of)));

	it('decodeSymbols(encodeSymbols(symbols)) is the symbols, its table too', () => {
		fc.assert(
			fc.property(symbols, (given) => {
				const counts = countSymbols(given, 256);
				const lengths = huffmanLengths(counts);
				const to = new BitWriter();
				writeLengths(lengths, to);
				encodeSymbols(given, lengths, to);
				expect(to.length).toBe(256 * 6 + huffmanBits(counts, lengths));
				const from = new BitReader(to.bytes());
				const read = readLengths(256, from);
				expect(read).toEqual(lengths);
				expect(decodeSymbols(given.length, read, from)).toEqual(given);
			})
		);
	});

	it('average length lies from the entropy to less than one bit above', () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 256 }),
				(counts) => {
					const of = Uint32Array.from(counts);
					const total = of.reduce((sum, count) => sum + count, 0);
					if (total === 0) return;
					const average = huffmanBits(of, huffmanLengths(of)) / total;
					expect(average).toBeGreaterThanOrEqual(entropyOf(of) - 1e-9);
					expect(average).toBeLessThan(entropyOf(of) + 1);
				}
			)
		);
	});

	it('no code begins with another, and all bits are used', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(1000), { minLength: 2, maxLength: 64 }), (counts) => {
				const lengths = huffmanLengths(Uint32Array.from(counts));
				const codes = canonicalCodes(lengths);
				const used = [...lengths.keys()].filter((symbol) => lengths[symbol]! >= 0);
				const words = used.map((symbol) =>
					lengths[symbol] === 0 ? '' : codes[symbol]!.toString(2).padStart(lengths[symbol]!, '0')
				);
				for (const a of words)
					for (const b of words) if (a !== b) expect(b.startsWith(a), `${a} ${b}`).toBe(false);
				expect(new Set(words).size).toBe(words.length);
				// Kraft's sum is 1 for a full tree.
				if (used.length > 1) expect(used.reduce((sum, s) => sum + 2 ** -lengths[s]!, 0)).toBe(1);
			})
		);
	});

	it('canonical codes of lengths 2, 1, 3, 3 are 10, 0, 110, 111', () => {
		expect([...canonicalCodes(Int8Array.of(2, 1, 3, 3))]).toEqual([0b10, 0b0, 0b110, 0b111]);
	});

	it('counts of Fibonacci give the longest codes, and counts that are equal the shortest', () => {
		expect([...huffmanLengths(Uint32Array.of(1, 1, 2, 3, 5, 8))]).toEqual([5, 5, 4, 3, 2, 1]);
		expect([...huffmanLengths(Uint32Array.of(7, 7, 7, 7))]).toEqual([2, 2, 2, 2]);
		expect([...huffmanLengths(Uint32Array.of(0, 9, 0))]).toEqual([-1, 0, -1]);
	});

	it('bits that are none of the codes are an error', () => {
		const to = new BitWriter();
		to.write(0b11, 2);
		expect(() => decodeSymbols(1, Int8Array.of(1, 2), new BitReader(to.bytes()))).toThrow(
			'none of the codes'
		);
	});
});

describe('relative indices', () => {
	it('decodeGaps(encodeGaps(positions)) is the positions, for 1 to 8 bits', () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.nat(3000)), fc.integer({ min: 1, max: 8 }), (positions, gapBits) => {
				const sorted = Uint32Array.from(positions).sort();
				const gaps = encodeGaps(sorted, gapBits);
				expect(gaps.every((gap) => gap < 2 ** gapBits)).toBe(true);
				expect(decodeGaps(gaps, gapBits)).toEqual(sorted);
			})
		);
	});
	it('pads gaps that are too long: positions 1, 4, 15 with 3 bits', () => {
		// Ten zeros lie between 4 and 15: seven as padding, and three.
		expect([...encodeGaps(Uint32Array.of(1, 4, 15), 3)]).toEqual([1, 2, 7, 3]);
	});
});
