/** Writes Protocol Buffers' wire format, field by field. Long bytes are held as they are, and copied once, at the end. */
export class Message {
	readonly #parts: Uint8Array[] = [];
	#length = 0;

	/** A whole number, also one below 0. */
	int(id: number, value: number): this {
		return this.#put(varint(id * 8)).#put(varint(value));
	}

	/** A number of 32 bits. */
	float(id: number, value: number): this {
		return this.#put(varint(id * 8 + 5)).#put(new Uint8Array(Float32Array.of(value).buffer));
	}

	text(id: number, value: string): this {
		return this.bytes(id, new TextEncoder().encode(value));
	}

	bytes(id: number, value: Uint8Array): this {
		return this.#put(varint(id * 8 + 2))
			.#put(varint(value.length))
			.#put(value);
	}

	message(id: number, value: Message): this {
		this.#put(varint(id * 8 + 2)).#put(varint(value.#length));
		for (const part of value.#parts) this.#put(part);
		return this;
	}

	/** Applies `put` to each item. */
	each<T>(items: Iterable<T>, put: (message: this, item: T) => unknown): this {
		for (const item of items) put(this, item);
		return this;
	}

	finish(): Uint8Array<ArrayBuffer> {
		const result = new Uint8Array(this.#length);
		let at = 0;
		for (const part of this.#parts) {
			result.set(part, at);
			at += part.length;
		}
		return result;
	}

	#put(part: Uint8Array): this {
		this.#parts.push(part);
		this.#length += part.length;
		return this;
	}
}

function varint(value: number): Uint8Array {
	const bytes: number[] = [];
	let rest = BigInt.asUintN(64, BigInt(value));
	while (rest >= 0x80n) {
		bytes.push(Number(rest & 0x7fn) | 0x80);
		rest >>= 7n;
	}
	return Uint8Array.from([...bytes, Number(rest)]);
}
