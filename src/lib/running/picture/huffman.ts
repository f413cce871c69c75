/** By 16 bits that come: the length of the code that they begin with, times 256, and its symbol; 0 where there is none. */
export type HuffmanTable = Uint16Array;

/** @param counts of codes of 1 to 16 bits; @param symbols theirs, in order. Source: ITU T.81, annex C */
export function huffmanTable(counts: readonly number[], symbols: readonly number[]): HuffmanTable {
	const table = new Uint16Array(1 << 16);
	let code = 0;
	let at = 0;
	counts.forEach((count, i) => {
		const length = i + 1;
		for (let n = 0; n < count; n++, code++) {
			const first = code << (16 - length);
			table.fill((length << 8) | symbols[at++]!, first, first + (1 << (16 - length)));
		}
		code <<= 1;
	});
	return table;
}

/** How many units of a JPEG's scan stand in a row, and how many rows. */
export interface Units {
	readonly row: number;
	readonly rows: number;
}

/** Reads a unit and makes nothing of it. @returns whether it could be read */
export interface UnitReader {
	read(bits: Bits, unit: number): boolean;
	/** Bits begin anew, and what runs over several units ends. */
	restart?(): void;
}

/**
 * How many units of a scan its data does not reach to, counted without making pixels of them; 0 where the data cannot be read, for
 * that is another fault.
 * @param start of the data
 * @param interval units after which its bits begin anew; 0: never
 */
export function missingUnits(
	view: DataView,
	start: number,
	{ row, rows }: Units,
	interval: number,
	reader: UnitReader
): number {
	const total = row * rows;
	const bits = new Bits(view, start);
	for (let unit = 0; unit < total;) {
		const end = interval === 0 ? total : Math.min(total, unit + interval);
		for (; unit < end && !bits.isOver; unit++) if (!reader.read(bits, unit)) return 0;
		// The unit in which the data ended is not whole.
		if (bits.isOver) unit--;
		// Where a part of it ends early, what comes after is there all the same.
		if (!bits.restart()) return total - unit;
		reader.restart?.();
		unit = end;
	}
	return 0;
}

/** Reads bits of a scan up to its next marker, and zeros from there on. */
export class Bits {
	readonly #view: DataView;
	#at: number;
	#held = 0;
	#count = 0;
	/** Of those that are held, how many are not of the file. */
	#beyond = 0;

	constructor(view: DataView, at: number) {
		this.#view = view;
		this.#at = at;
	}

	/** Whether more has been taken than there is. */
	get isOver(): boolean {
		return this.#beyond > this.#count;
	}

	/** The next symbol; −1 where no code is one. */
	symbol(table: HuffmanTable): number {
		this.#fill();
		const found = table[(this.#held >>> (this.#count - 16)) & 0xffff]!;
		if (found === 0) {
			// What was taken from beyond the end is no code either.
			if (this.#beyond > 0) this.#beyond = Infinity;
			return -1;
		}
		this.#count -= found >> 8;
		return found & 0xff;
	}

	drop(count: number): void {
		if (count > this.#count) this.#fill();
		this.#count -= count;
	}

	/** The next bits as a number, 16 at most. */
	take(count: number): number {
		if (count > this.#count) this.#fill();
		this.#count -= count;
		return (this.#held >>> this.#count) & ((1 << count) - 1);
	}

	/** Goes on behind the next marker that bits begin anew at. @returns whether there is one */
	restart(): boolean {
		const { byteLength } = this.#view;
		let at = this.#at;
		for (; at + 1 < byteLength; at++)
			if (this.#view.getUint8(at) === 0xff && this.#view.getUint8(at + 1) !== 0) break;
		if (at + 1 >= byteLength) return false;
		const marker = this.#view.getUint8(at + 1);
		if (marker < 0xd0 || marker > 0xd7) return false;
		this.#at = at + 2;
		this.#held = this.#count = this.#beyond = 0;
		return true;
	}

	/** Has at least 16 bits held. */
	#fill(): void {
		while (this.#count <= 16) {
			const byte = this.#next();
			this.#held = (this.#held << 8) | byte;
			this.#count += 8;
		}
	}

	#next(): number {
		const at = this.#at;
		if (at >= this.#view.byteLength) return this.#zeros();
		const byte = this.#view.getUint8(at);
		if (byte !== 0xff) this.#at = at + 1;
		else if (at + 1 < this.#view.byteLength && this.#view.getUint8(at + 1) === 0) this.#at = at + 2;
		else return this.#zeros();
		return byte;
	}

	#zeros(): number {
		this.#beyond += 8;
		return 0;
	}
}
