/**
 * FlatBuffers, as far as a reader needs them: tables whose fields are found by number. Reading beyond the bytes throws a `RangeError`.
 * The library's runtime has no such check, and generated code for a schema of 150 operators would be ten times as long. Source:
 * flatbuffers.dev, "FlatBuffer Internals".
 */
export class Table {
	constructor(
		readonly view: DataView,
		readonly at: number
	) {}

	static root(bytes: Uint8Array): Table {
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		return new Table(view, view.getUint32(0, true));
	}

	/** Where a field's value stands; `null` where it is left out. */
	#place(field: number): number | null {
		const vtable = this.at - this.view.getInt32(this.at, true);
		const entry = 4 + 2 * field;
		if (entry >= this.view.getUint16(vtable, true)) return null;
		const offset = this.view.getUint16(vtable + entry, true);
		return offset === 0 ? null : this.at + offset;
	}

	byte(field: number, fallback = 0): number {
		const place = this.#place(field);
		return place === null ? fallback : this.view.getInt8(place);
	}

	int(field: number, fallback = 0): number {
		const place = this.#place(field);
		return place === null ? fallback : this.view.getInt32(place, true);
	}

	float(field: number, fallback = 0): number {
		const place = this.#place(field);
		return place === null ? fallback : this.view.getFloat32(place, true);
	}

	table(field: number): Table | null {
		const place = this.#place(field);
		return place === null ? null : new Table(this.view, this.#follow(place));
	}

	tables(field: number): Table[] {
		return this.#vector(field, 4, (at) => new Table(this.view, this.#follow(at)));
	}

	ints(field: number): number[] {
		return this.#vector(field, 4, (at) => this.view.getInt32(at, true));
	}

	floats(field: number): number[] {
		return this.#vector(field, 4, (at) => this.view.getFloat32(at, true));
	}

	longs(field: number): number[] {
		return this.#vector(field, 8, (at) => Number(this.view.getBigInt64(at, true)));
	}

	text(field: number): string {
		return new TextDecoder().decode(this.bytes(field) ?? new Uint8Array(0));
	}

	bytes(field: number): Uint8Array | null {
		const place = this.#place(field);
		if (place === null) return null;
		const start = this.#follow(place);
		const length = this.view.getUint32(start, true);
		if (length > this.view.byteLength - start - 4)
			throw new RangeError(`${length} bytes are announced at byte ${start}`);
		return new Uint8Array(this.view.buffer, this.view.byteOffset + start + 4, length);
	}

	#vector<T>(field: number, size: number, read: (at: number) => T): T[] {
		const place = this.#place(field);
		if (place === null) return [];
		const start = this.#follow(place);
		const length = this.view.getUint32(start, true);
		if (length * size > this.view.byteLength - start - 4)
			throw new RangeError(`${length} values are announced at byte ${start}`);
		return Array.from({ length }, (_, i) => read(start + 4 + i * size));
	}

	#follow(at: number): number {
		return at + this.view.getUint32(at, true);
	}
}
