/** A field of a table: a number (of four bytes), a text, numbers, or tables; `null` where it is left out. */
type Field = null | number | string | readonly number[] | readonly Fields[];
type Fields = readonly Field[];

/** A FlatBuffer with its root table and four letters that say of what it is. Source: flatbuffers.dev, "FlatBuffer Internals". */
export function flatBuffer(letters: string, root: Fields): Uint8Array {
	const bytes: number[] = [];
	const little = (value: number, size: number) =>
		Array.from({ length: size }, (_, i) => (value >> (8 * i)) & 255);
	const put = (value: number, size = 4) => void bytes.push(...little(value, size));
	/** Room for the distance to what comes later. */
	const later = () => {
		const place = bytes.length;
		put(0);
		return (target: number) => void bytes.splice(place, 4, ...little(target - place, 4));
	};
	const characters = (text: string) => void bytes.push(...new TextEncoder().encode(text));

	function putTable(fields: Fields): number {
		const vtable = bytes.length;
		put(4 + 2 * fields.length, 2);
		put(4 + 4 * fields.length, 2);
		fields.forEach((field, n) => put(field === null ? 0 : 4 + 4 * n, 2));
		const at = bytes.length;
		put(at - vtable);
		const points = fields.map((field) => {
			if (typeof field !== 'number') return later();
			put(field);
			return null;
		});
		fields.forEach((field, n) => {
			if (field === null || typeof field === 'number') return;
			points[n]!(bytes.length);
			put(field.length);
			if (typeof field === 'string') characters(field);
			else if (field.every((entry) => typeof entry === 'number')) field.forEach((entry) => put(entry));
			else {
				const places = field.map(later);
				field.forEach((entry, i) => places[i]!(putTable(entry as Fields)));
			}
		});
		return at;
	}

	const start = later();
	characters(letters);
	start(putTable(root));
	return Uint8Array.from(bytes);
}
