import * as v from 'valibot';
import { broken, formatLimits, tooLarge } from '../format';

/** A node of TensorFlow's `GraphDef`, as its JSON has it: numbers are texts, texts are in base 64. */
const nodeSchema = v.object({
	name: v.pipe(v.string(), v.minLength(1), v.maxLength(2000)),
	op: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
	input: v.optional(v.array(v.string()), []),
	attr: v.optional(v.record(v.string(), v.unknown()), {})
});
type Raw = v.InferOutput<typeof nodeSchema>;

/** What a node reads: an output of another. */
export interface End {
	readonly node: string;
	readonly output: number;
}

export class GraphNode {
	readonly name: string;
	readonly op: string;
	readonly inputs: readonly End[];
	readonly #attributes: Readonly<Record<string, unknown>>;

	constructor({ name, op, input, attr }: Raw) {
		[this.name, this.op, this.#attributes] = [name, op, attr];
		// `^name` says what has to run before, and nothing that is read.
		this.inputs = input.filter((text) => !text.startsWith('^')).map(endOf);
	}

	#of(names: readonly string[], kind: string): unknown {
		for (const name of names) {
			const value = this.#attributes[name];
			if (typeof value === 'object' && value !== null && Object.hasOwn(value, kind))
				return (value as Record<string, unknown>)[kind];
		}
		return undefined;
	}

	/** A whole number. */
	int(name: string, fallback: number): number {
		const value = Number(this.#of([name], 'i') ?? fallback);
		return Number.isSafeInteger(value) ? value : fallback;
	}

	float(name: string, fallback: number): number {
		const value = Number(this.#of([name], 'f') ?? fallback);
		return Number.isFinite(value) ? value : fallback;
	}

	flag(...names: readonly string[]): boolean {
		return this.#of(names, 'b') === true;
	}

	text(names: readonly string[], fallback: string): string {
		const value = this.#of(names, 's');
		return value === undefined ? fallback : textOf(value);
	}

	/** Whole numbers. */
	ints(...names: readonly string[]): number[] {
		const list = this.#of(names, 'list') as { readonly i?: unknown } | null | undefined;
		return Array.isArray(list?.i) ? list.i.map(Number) : [];
	}

	texts(name: string): string[] {
		const list = this.#of([name], 'list') as { readonly s?: unknown } | null | undefined;
		return Array.isArray(list?.s) ? list.s.map(textOf) : [];
	}

	/** The shape of a placeholder, `null` for what is open; `null` itself where it is not said. */
	shape(): (number | null)[] | null {
		return dimsOf(this.#of(['shape'], 'shape'));
	}

	/** Shapes of its outputs, where the converter left them. */
	outputShapes(): ((number | null)[] | null)[] {
		const list = this.#of(['_output_shapes'], 'list') as { readonly shape?: unknown } | null | undefined;
		return Array.isArray(list?.shape) ? list.shape.map(dimsOf) : [];
	}
}

const endOf = (text: string): End => {
	const [, node = text, output = '0'] = /^(.*?)(?::(\d{1,6}))?$/.exec(text) ?? [];
	return { node, output: Number(output) };
};

/** The node that an output of the signature is of: `Identity_1:0`. */
export const nodeOfOutput = (text: string): End => endOf(text);

function textOf(value: unknown): string {
	try {
		if (Array.isArray(value)) return String.fromCharCode(...value.slice(0, 200).map(Number));
		return atob(String(value).slice(0, 1000));
	} catch {
		return String(value);
	}
}

function dimsOf(shape: unknown): (number | null)[] | null {
	const of = shape as { readonly dim?: unknown; readonly unknownRank?: unknown } | null | undefined;
	if (typeof of !== 'object' || of === null || of.unknownRank === true) return null;
	if (of.dim !== undefined && !Array.isArray(of.dim)) return null;
	return ((of.dim ?? []) as unknown[]).map((dim) => {
		const size = Number((dim as { readonly size?: unknown } | null)?.size ?? -1);
		return Number.isSafeInteger(size) && size >= 0 ? size : null;
	});
}

/**
 * The nodes of a graph, each behind what it reads. What goes round in a loop is read as if it went round once.
 * @throws {FormatError}
 */
export function nodesOf(topology: unknown, file: string): GraphNode[] {
	const list = (topology as { readonly node?: unknown } | null)?.node;
	if (!Array.isArray(list)) throw broken(file, 'noGraph');
	if (list.length > formatLimits.nodes) throw tooLarge(file, 'nodes', '', list.length, formatLimits.nodes);
	const nodes = list.map((raw, i) => {
		const parsed = v.safeParse(nodeSchema, raw);
		if (!parsed.success) throw broken(file, 'node', { index: i });
		return new GraphNode(parsed.output);
	});
	const byName = new Map(nodes.map((node) => [node.name, node]));
	if (byName.size !== nodes.length) throw broken(file, 'twins');
	const readers = new Map<string, GraphNode[]>();
	const open = new Map<GraphNode, number>();
	for (const node of nodes) {
		let count = 0;
		for (const { node: name } of node.inputs) {
			const read = byName.get(name);
			if (!read) throw broken(file, 'absent', { name: node.name, input: name });
			if (read.op === 'NextIteration') continue;
			const of = readers.get(name);
			if (of) of.push(node);
			else readers.set(name, [node]);
			count++;
		}
		open.set(node, count);
	}
	const order = nodes.filter((node) => open.get(node) === 0);
	for (const node of order)
		for (const reader of readers.get(node.name) ?? []) {
			const left = open.get(reader)! - 1;
			open.set(reader, left);
			if (left === 0) order.push(reader);
		}
	if (order.length < nodes.length) throw broken(file, 'circle');
	return order;
}
