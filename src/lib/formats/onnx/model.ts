import { formatLimits } from '../format';
import { beginsAsSavedModel } from '../mistaken';
import { fieldsOf, numbersOf, textOf, type Field } from '../wire';
import { ReasonError } from '../reason';

/** A tensor of a file as it stands there; its values are decoded where they are needed. */
export interface OnnxTensor {
	readonly name: string;
	readonly dims: readonly number[];
	/** `TensorProto.DataType`. */
	readonly dataType: number;
	/** Little-endian, or `null` where they stand in one of the lists. */
	readonly raw: Uint8Array | null;
	readonly floats: readonly number[];
	readonly ints: readonly number[];
	/** Name of the file beside the model, and where in it the values stand. */
	readonly external: {
		readonly location: string;
		readonly offset: number;
		readonly length: number | null;
	} | null;
}

export interface OnnxAttribute {
	readonly name: string;
	readonly f: number | null;
	readonly i: number | null;
	readonly s: string | null;
	readonly t: OnnxTensor | null;
	readonly floats: readonly number[];
	readonly ints: readonly number[];
	readonly strings: readonly string[];
	/** Whether it holds a graph: a branch or the body of a loop. */
	readonly hasGraph: boolean;
}

export interface OnnxNode {
	readonly name: string;
	/** The modules that it stands in, outermost first and each by its whole way: `features, features.0`; none where the file does not say. */
	readonly scopes: readonly string[];
	readonly type: string;
	readonly domain: string;
	readonly inputs: readonly string[];
	readonly outputs: readonly string[];
	readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** A tensor's name, type and shape; `null` for a dimension that is open. */
export interface OnnxValue {
	readonly name: string;
	readonly dataType: number;
	readonly dims: readonly (number | null)[] | null;
}

export interface OnnxModel {
	readonly producer: string;
	readonly opset: number;
	readonly name: string;
	readonly nodes: readonly OnnxNode[];
	readonly initializers: ReadonlyMap<string, OnnxTensor>;
	readonly inputs: readonly OnnxValue[];
	readonly outputs: readonly OnnxValue[];
	/** What the file says of tensors between. */
	readonly values: readonly OnnxValue[];
	readonly metadata: ReadonlyMap<string, string>;
}

/** All tensors that a model's file holds, or says where they are. */
export const tensorsOf = ({ initializers, nodes }: OnnxModel): readonly OnnxTensor[] => [
	...initializers.values(),
	...nodes.flatMap(({ attributes }) => [...attributes.values()].flatMap(({ t }) => t ?? []))
];

/**
 * Whether bytes begin as a model does: its version, then texts that name who wrote it, or the graph. There is no signature.
 */
export function beginsAsModel(bytes: Uint8Array): boolean {
	if (beginsAsSavedModel(String.fromCharCode(...bytes.subarray(0, 16)))) return false;
	const [tag = 0, version = 0, next = 0] = bytes;
	// ModelProto: 1 ir_version (varint), 2, 3 producer, 4 domain, 6 doc_string, 7 graph, 8 opset_import, 14 metadata.
	return (
		tag === 0x08 &&
		version > 0 &&
		version < 32 &&
		[0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72].includes(next)
	);
}

/** Source: onnx/onnx.proto. @throws {ReasonError} */
export function parseModel(bytes: Uint8Array): OnnxModel {
	let [producer, version, opset] = ['', '', 1];
	let graph: Field | null = null;
	const metadata = new Map<string, string>();
	for (const field of fieldsOf(bytes)) {
		if (field.id === 2) producer = textOf(field);
		else if (field.id === 3) version = textOf(field);
		else if (field.id === 7) graph = field;
		else if (field.id === 8) {
			const { domain, number } = parseOpset(field);
			if (domain === '' || domain === 'ai.onnx') opset = number;
		} else if (field.id === 14) {
			const { key, value } = parseEntry(field);
			metadata.set(key, value);
		}
	}
	if (!graph) throw new ReasonError('noGraph');
	return { producer: `${producer} ${version}`.trim(), opset, metadata, ...parseGraph(graph.bytes) };
}

function parseOpset({ bytes }: Field) {
	let [domain, number] = ['', 1];
	for (const field of fieldsOf(bytes)) {
		if (field.id === 1) domain = textOf(field);
		if (field.id === 2) number = Number(field.value);
	}
	return { domain, number };
}

function parseEntry({ bytes }: Field) {
	let [key, value] = ['', ''];
	for (const field of fieldsOf(bytes)) {
		if (field.id === 1) key = textOf(field);
		if (field.id === 2) value = textOf(field);
	}
	return { key, value };
}

function parseGraph(bytes: Uint8Array) {
	let name = '';
	const nodes: OnnxNode[] = [];
	const initializers = new Map<string, OnnxTensor>();
	const [inputs, outputs, values]: [OnnxValue[], OnnxValue[], OnnxValue[]] = [[], [], []];
	for (const field of fieldsOf(bytes)) {
		if (field.id === 1) nodes.push(parseNode(field.bytes));
		else if (field.id === 2) name = textOf(field);
		else if (field.id === 5) {
			const tensor = parseTensor(field.bytes);
			initializers.set(tensor.name, tensor);
		} else if (field.id === 11) inputs.push(parseValue(field.bytes));
		else if (field.id === 12) outputs.push(parseValue(field.bytes));
		else if (field.id === 13) values.push(parseValue(field.bytes));
		if (nodes.length > formatLimits.nodes) throw new ReasonError('nodes', { max: formatLimits.nodes });
	}
	return { name, nodes, initializers, inputs, outputs, values };
}

function parseNode(bytes: Uint8Array): OnnxNode {
	let [name, type, domain] = ['', '', ''];
	let scopes: readonly string[] = [];
	const inputs: string[] = [];
	const outputs: string[] = [];
	const attributes = new Map<string, OnnxAttribute>();
	for (const field of fieldsOf(bytes)) {
		if (field.id === 1) inputs.push(textOf(field));
		else if (field.id === 2) outputs.push(textOf(field));
		else if (field.id === 3) name = textOf(field);
		else if (field.id === 4) type = textOf(field);
		else if (field.id === 5) {
			const attribute = parseAttribute(field.bytes);
			attributes.set(attribute.name, attribute);
		} else if (field.id === 7) domain = textOf(field);
		else if (field.id === 9) scopes = scopesIn(field) ?? scopes;
	}
	return { name, scopes, type, domain, inputs, outputs, attributes };
}

/**
 * The way to a node, which PyTorch's exporter since 2.5 keeps beside it instead of in its name: a list as Python writes it, of the
 * model, the modules, and last the operation. `null` where the entry is about something else.
 */
function scopesIn(field: Field): readonly string[] | null {
	const { key, value } = parseEntry(field);
	if (key !== 'pkg.torch.onnx.name_scopes' || value.length > formatLimits.text) return null;
	const steps = Array.from(value.matchAll(/'([^']*)'|"([^"]*)"/g), ([, a, b]) => a ?? b ?? '');
	return steps.slice(0, -1).filter((step) => step !== '');
}

/** The shortest decimal that a float32 stands for: what was written as 0.001 is read as that, and not as 0.0010000000474974513. */
function decimalOf(value: number | null): number | null {
	if (value === null || !Number.isFinite(value)) return value;
	for (let digits = 1; digits < 9; digits++) {
		const decimal = Number(value.toPrecision(digits));
		if (Math.fround(decimal) === value) return decimal;
	}
	return value;
}

function parseAttribute(bytes: Uint8Array): OnnxAttribute {
	let name = '';
	let [f, i]: [number | null, number | null] = [null, null];
	let s: string | null = null;
	let t: OnnxTensor | null = null;
	let hasGraph = false;
	const floats: number[] = [];
	const ints: number[] = [];
	const strings: string[] = [];
	for (const field of fieldsOf(bytes)) {
		if (field.id === 1) name = textOf(field);
		else if (field.id === 2) f = decimalOf(numbersOf.float(field)[0] ?? null);
		else if (field.id === 3) i = numbersOf.int64(field)[0] ?? null;
		else if (field.id === 4) s = textOf(field);
		else if (field.id === 5) t = parseTensor(field.bytes);
		else if (field.id === 6 || field.id === 11) hasGraph = true;
		else if (field.id === 7) append(floats, numbersOf.float(field));
		else if (field.id === 8) append(ints, numbersOf.int64(field));
		else if (field.id === 9) strings.push(textOf(field));
	}
	return { name, f, i, s, t, floats, ints, strings, hasGraph };
}

export function parseTensor(bytes: Uint8Array): OnnxTensor {
	let [name, dataType] = ['', 0];
	let raw: Uint8Array | null = null;
	const dims: number[] = [];
	const floats: number[] = [];
	const ints: number[] = [];
	const external = new Map<string, string>();
	for (const field of fieldsOf(bytes)) {
		if (field.id === 1) append(dims, numbersOf.int64(field));
		else if (field.id === 2) dataType = Number(field.value);
		else if (field.id === 4) append(floats, numbersOf.float(field));
		else if (field.id === 5 || field.id === 7 || field.id === 11) append(ints, numbersOf.int64(field));
		else if (field.id === 8) name = textOf(field);
		else if (field.id === 9) raw = field.bytes;
		else if (field.id === 10) append(floats, numbersOf.double(field));
		else if (field.id === 13) {
			const { key, value } = parseEntry(field);
			external.set(key, value);
		}
	}
	const location = external.get('location');
	return {
		...{ name, dims, dataType, raw, floats, ints },
		external:
			location === undefined
				? null
				: {
						location,
						offset: Number(external.get('offset') ?? 0),
						length: external.has('length') ? Number(external.get('length')) : null
					}
	};
}

function parseValue(bytes: Uint8Array): OnnxValue {
	let [name, dataType] = ['', 0];
	let dims: (number | null)[] | null = null;
	for (const field of fieldsOf(bytes)) {
		if (field.id === 1) name = textOf(field);
		if (field.id !== 2) continue;
		for (const type of fieldsOf(field.bytes)) {
			if (type.id !== 1) continue;
			for (const part of fieldsOf(type.bytes)) {
				if (part.id === 1) dataType = Number(part.value);
				if (part.id === 2)
					dims = Array.from(fieldsOf(part.bytes)).flatMap(({ id, bytes: of }) =>
						id === 1 ? [parseDim(of)] : []
					);
			}
		}
	}
	return { name, dataType, dims };
}

/** A dimension: a number from 1 on, or `null` where it is open (named, left out, 0 or -1). */
function parseDim(bytes: Uint8Array): number | null {
	for (const field of fieldsOf(bytes)) {
		const [value = 0] = field.id === 1 ? numbersOf.int64(field) : [];
		if (value > 0) return value;
	}
	return null;
}

/** `push` with spread arguments ends at some ten thousand. */
function append(list: number[], values: readonly number[]): void {
	for (const value of values) list.push(value);
}
