/** Writes whole numbers of any width, the highest bit first. */
export class BitWriter {
	#bytes = new Uint8Array(1024);
	#length = 0;

	/** Bits that have been written. */
	get length(): number {
		return this.#length;
	}

	/** Writes the lowest `width` bits of a number, at most 32. */
	write(value: number, width: number): void {
		for (let bit = width - 1; bit >= 0; bit--) {
			const at = this.#length >> 3;
			if (at === this.#bytes.length) this.#grow();
			if ((value >>> bit) & 1) this.#bytes[at]! |= 0x80 >> (this.#length & 7);
			this.#length++;
		}
	}

	/** What has been written; zeros fill the last byte. */
	bytes(): Uint8Array {
		return this.#bytes.slice(0, Math.ceil(this.#length / 8));
	}

	#grow(): void {
		const larger = new Uint8Array(2 * this.#bytes.length);
		larger.set(this.#bytes);
		this.#bytes = larger;
	}
}

/** Reads what a {@link BitWriter} has written. */
export class BitReader {
	readonly #bytes: Uint8Array;
	#at = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	/** @throws RangeError at the end */
	read(width: number): number {
		if (this.#at + width > 8 * this.#bytes.length)
			throw new RangeError(
				`the code ends after ${this.#bytes.length} bytes, expected ${width} bits from bit ${this.#at} on`
			);
		let value = 0;
		for (let i = 0; i < width; i++, this.#at++)
			value = (value << 1) | ((this.#bytes[this.#at >> 3]! >> (7 - (this.#at & 7))) & 1);
		return value >>> 0;
	}
}
