/** Writes ONNX files for tests: as many of its messages as they need. */

const utf8 = (text: string) => new TextEncoder().encode(text);

function varint(value: number): number[] {
	const bytes: number[] = [];
	let rest = BigInt.asUintN(64, BigInt(value));
	while (rest >= 0x80n) {
		bytes.push(Number(rest & 0x7fn) | 0x80);
		rest >>= 7n;
	}
	return [...bytes, Number(rest)];
}

const number = (id: number, value: number) => Uint8Array.from([...varint(id * 8), ...varint(value)]);
const bytes = (id: number, value: Uint8Array) =>
	joined([Uint8Array.from([...varint(id * 8 + 2), ...varint(value.length)]), value]);
const text = (id: number, value: string) => bytes(id, utf8(value));

function joined(parts: readonly Uint8Array[]): Uint8Array {
	const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		result.set(part, at);
		at += part.length;
	}
	return result;
}

const dataTypes: Readonly<Record<string, number>> = {
	...{ Float32Array: 1, Int8Array: 3, Int32Array: 6, BigInt64Array: 7, Uint8Array: 9, Uint16Array: 10 }
};

export function tensor(
	name: string,
	dims: readonly number[],
	/** Bytes stand for truth values, numbers of 16 bits for halves. */
	values: Float32Array | BigInt64Array | Uint8Array | Uint16Array | Int8Array | Int32Array
): Uint8Array {
	return joined([
		...dims.map((n) => number(1, n)),
		number(2, dataTypes[values.constructor.name]!),
		text(8, name),
		bytes(9, new Uint8Array(values.buffer.slice(0)))
	]);
}

/** @param dims `null` for a shape, or a size, that is not said */
export function value(name: string, dims: readonly (number | null)[] | null): Uint8Array {
	const shape = dims
		? [bytes(2, joined(dims.map((n) => bytes(1, n === null ? text(2, 'open') : number(1, n)))))]
		: [];
	return joined([text(1, name), bytes(2, bytes(1, joined([number(1, 1), ...shape])))]);
}

export function attribute(name: string, of: number | readonly number[] | string): Uint8Array {
	const held =
		typeof of === 'number'
			? [number(3, of), number(20, 2)]
			: typeof of === 'string'
				? [text(4, of), number(20, 3)]
				: [...of.map((n) => number(8, n)), number(20, 7)];
	return joined([text(1, name), ...held]);
}

export function node(
	type: string,
	inputs: readonly string[],
	outputs: readonly string[],
	attributes: readonly Uint8Array[],
	name = '',
	/** Entries beside it, by their keys. */
	metadata: Readonly<Record<string, string>> = {}
): Uint8Array {
	return joined([
		...inputs.map((input) => text(1, input)),
		...outputs.map((output) => text(2, output)),
		text(3, name),
		text(4, type),
		...attributes.map((of) => bytes(5, of)),
		...Object.entries(metadata).map(([key, value]) => bytes(9, joined([text(1, key), text(2, value)])))
	]);
}

export interface Parts {
	readonly nodes: readonly Uint8Array[];
	/** Of the graph. */
	readonly name?: string;
	readonly producer?: string;
	readonly initializers?: readonly Uint8Array[];
	readonly inputs: readonly Uint8Array[];
	readonly outputs: readonly Uint8Array[];
	/** What is said of tensors between. */
	readonly values?: readonly Uint8Array[];
	readonly opset?: number;
}

export function model({
	nodes,
	inputs,
	outputs,
	initializers = [],
	values = [],
	opset = 13,
	name = '',
	producer = 'test'
}: Parts): Uint8Array {
	const graph = joined([
		...nodes.map((of) => bytes(1, of)),
		...(name === '' ? [] : [text(2, name)]),
		...initializers.map((of) => bytes(5, of)),
		...inputs.map((of) => bytes(11, of)),
		...outputs.map((of) => bytes(12, of)),
		...values.map((of) => bytes(13, of))
	]);
	return joined([number(1, 8), text(2, producer), bytes(7, graph), bytes(8, number(2, opset))]);
}
