import type { Bits, HuffmanTable, UnitReader } from './huffman';

/** The tables of a block; one that is missing leaves it unknown what there is. */
export interface BlockTables {
	readonly dc: HuffmanTable | undefined;
	readonly ac: HuffmanTable | undefined;
}

/** Reads units of a baseline scan, by the tables of their blocks. Source: ITU T.81, section F.2.2 */
export const wholeUnits = (blocks: readonly BlockTables[]): UnitReader => ({
	read: (bits) => blocks.every(({ dc, ac }) => dc && ac && skipBlock(bits, dc, ac))
});

function skipBlock(bits: Bits, dc: HuffmanTable, ac: HuffmanTable): boolean {
	if (!skipMean(bits, dc)) return false;
	for (let k = 1; k < 64;) {
		const symbol = bits.symbol(ac);
		if (symbol < 0) return bits.isOver;
		const size = symbol & 15;
		if (size === 0 && symbol < 0xf0) return true;
		k += (symbol >> 4) + 1;
		bits.drop(size);
	}
	return true;
}

function skipMean(bits: Bits, dc: HuffmanTable): boolean {
	const difference = bits.symbol(dc);
	if (difference < 0) return bits.isOver;
	bits.drop(difference & 15);
	return true;
}

/** Reads units of a pass that sends the blocks' means, or one more bit of them. Source: ITU T.81, section G.1.2.1 */
export const means = (blocks: readonly BlockTables[], isFirst: boolean): UnitReader => ({
	read(bits) {
		if (isFirst) return blocks.every(({ dc }) => dc && skipMean(bits, dc));
		bits.drop(blocks.length);
		return true;
	}
});

/** Which coefficients of a component's blocks are not zero, as far as passes have told: two words of bits for each block. */
export type Told = Uint32Array;

/** What a pass sends of coefficients. */
export interface Pass {
	readonly first: number;
	readonly last: number;
	/** Whether it sends them, and not one more bit of those that were sent. */
	readonly isFirst: boolean;
}

/** Reads blocks of a pass, of which each may end the blocks that follow, too. Source: ITU T.81, sections G.1.2.2 and G.1.2.3 */
export class Coefficients implements UnitReader {
	/** Blocks, this one too, in which nothing new comes. */
	#ended = 0;

	constructor(
		readonly table: HuffmanTable,
		readonly told: Told,
		readonly pass: Pass
	) {}

	restart(): void {
		this.#ended = 0;
	}

	read(bits: Bits, block: number): boolean {
		let k = this.pass.first;
		while (this.#ended === 0 && k <= this.pass.last) {
			const symbol = bits.symbol(this.table);
			if (symbol < 0) return bits.isOver;
			const [run, size] = [symbol >> 4, symbol & 15];
			if (size === 0 && run < 15) {
				this.#ended = (1 << run) + bits.take(run);
				break;
			}
			// Of its value, or its sign.
			bits.drop(size);
			k = this.#skipZeros(bits, block, k, run);
			if (size > 0 && k <= this.pass.last) this.told[2 * block + (k >> 5)]! |= 1 << (k & 31);
			k++;
		}
		if (this.#ended > 0) {
			this.#skipZeros(bits, block, k, Infinity);
			this.#ended--;
		}
		return true;
	}

	/** Where the next coefficient is that was zero, after so many; each that was not sends one more bit of itself on the way. */
	#skipZeros(bits: Bits, block: number, from: number, zeros: number): number {
		const { last, isFirst } = this.pass;
		if (isFirst) return from + zeros;
		let left = zeros;
		let k = from;
		for (; k <= last; k++)
			if (((this.told[2 * block + (k >> 5)]! >>> (k & 31)) & 1) === 1) bits.drop(1);
			else if (left-- === 0) break;
		return k;
	}
}
