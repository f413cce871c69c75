import { hasKernel, type ChannelRange } from '../../ops';
import { GraphError, asking, nearestWord, quote } from '../errors';
import type { GraphTensor, ResolvedGraph, ResolvedNode } from '../resolve';

/** Most 32-bit words of sets that are kept, and that are read to make them: beyond, a hostile graph would hang the page. */
const MAX_WORDS_KEPT = 1 << 21;
const MAX_WORDS_READ = 1 << 26;

/**
 * For each channel of each tensor the set of the source's channels that can reach it. Equal sets are kept once: `rows` are
 * the distinct ones, as bitsets, and `rowOf` says which one a channel has.
 */
export interface ChannelFlow {
	readonly source: GraphTensor;
	/** Distinct sets; bit `i % 32` of word `i / 32` is the source's channel `i`. Row 0 is the empty set. */
	readonly rows: readonly Uint32Array[];
	/** Number of channels in each row's set. */
	readonly counts: readonly number[];
	/** By tensor index: the row of each channel. */
	readonly rowOf: readonly Uint32Array[];
}

/**
 * Which channels of `source` (a reference: the network's input unless given) each channel of each tensor has seen.
 * @throws {GraphError} for a source that is not in the graph, or a graph whose sets would be too many.
 */
export function channelFlow(resolved: ResolvedGraph, source: string = resolved.tensors[0].ref): ChannelFlow {
	const from = tensorOf(resolved, source);
	const rows = new RowTable(from.shape[2]);
	const rowOf: Uint32Array[] = resolved.tensors.map((tensor) => new Uint32Array(tensor.shape[2]));
	rowOf[from.index] = Uint32Array.from({ length: from.shape[2] }, (_, channel) => rows.single(channel));
	for (const node of resolved.nodes.slice((from.producer?.index ?? -1) + 1)) {
		const inputs = node.inputs.map((tensor) => rowOf[tensor.index]!);
		for (const output of node.outputs) rowOf[output.index] = flowThrough(node, output, inputs, rows);
	}
	return { source: from, rows: rows.rows, counts: rows.counts, rowOf };
}

/** Number of the source's channels that a channel has seen. */
export function dependencyCount(flow: ChannelFlow, tensor: GraphTensor, channel: number): number {
	return flow.counts[flow.rowOf[tensor.index]?.[channel] ?? 0] ?? 0;
}

/** The source's channels that a channel has seen, ascending. */
export function channelDependency(flow: ChannelFlow, tensor: GraphTensor, channel: number): number[] {
	const row = flow.rows[flow.rowOf[tensor.index]?.[channel] ?? 0];
	const total = flow.source.shape[2];
	return Array.from({ length: total }, (_, i) => i).filter((i) => ((row?.[i >> 5] ?? 0) >>> (i & 31)) & 1);
}

/** Whether every channel of a tensor has seen every channel of the source. */
export function isMixed(flow: ChannelFlow, tensor: GraphTensor): boolean {
	return flow.rowOf[tensor.index]!.every((row) => flow.counts[row] === flow.source.shape[2]);
}

/** Where every channel has seen all of the source for the first time. */
export interface Mixing {
	readonly node: ResolvedNode;
	/** Convolutions and dense layers on the longest way there from the source, its own included. */
	readonly layers: number;
}

/** How many layers it takes until every channel has seen all of the source; `null` where none ever has. */
export function mixing(resolved: ResolvedGraph, flow: ChannelFlow): Mixing | null {
	const depth = new Array<number>(resolved.tensors.length).fill(-Infinity);
	depth[flow.source.index] = 0;
	for (const node of resolved.nodes) {
		if (node === flow.source.producer) continue;
		const before = Math.max(...node.inputs.map((tensor) => depth[tensor.index]!));
		const layers = before + (hasKernel(node.op) ? 1 : 0);
		for (const output of node.outputs) depth[output.index] = layers;
		if (layers > -Infinity && node.outputs.every((output) => isMixed(flow, output))) return { node, layers };
	}
	return null;
}

function tensorOf(resolved: ResolvedGraph, ref: string): GraphTensor {
	const tensor = resolved.byRef.get(ref);
	if (tensor) return tensor;
	const nearest = nearestWord(ref, [...resolved.byRef.keys()]);
	throw new GraphError('unknownNode', `there is no ${quote(ref)} in the graph${asking(nearest)}`, {
		node: ref,
		nearest
	});
}

/** The rows of an output's channels: for each the union of the rows that its operator reads. */
function flowThrough(
	node: ResolvedNode,
	output: GraphTensor,
	inputs: readonly Uint32Array[],
	rows: RowTable
): Uint32Array {
	if (inputs.length === 1 && node.operator.traits.channels === 'own') return inputs[0]!;
	const result = new Uint32Array(output.shape[2]);
	// Where all that comes in has seen the same, so has all that goes out: most of a network, once its channels are mixed.
	const [one = 0] = inputs[0]!;
	if (inputs.every((input) => input.every((row) => row === one))) return result.fill(one);
	const reads = (channel: number) =>
		node.operator.channelsRead(node.geometry, { tensor: output.output, channel });
	const union = (ranges: readonly ChannelRange[]) =>
		rows.union(ranges.map(({ tensor, start, count }) => inputs[tensor]!.subarray(start, start + count)));
	// What channels read only moves upwards from one to the next: where the first and the last agree, all do.
	const first = reads(0);
	if (sameRanges(first, reads(result.length - 1))) return result.fill(union(first));

	let last: readonly ChannelRange[] = [];
	let lastRow = 0;
	for (let channel = 0; channel < result.length; channel++) {
		const ranges = reads(channel);
		const only = ranges.length === 1 ? ranges[0]! : null;
		if (only?.count === 1) {
			result[channel] = inputs[only.tensor]![only.start]!;
			continue;
		}
		if (!sameRanges(ranges, last)) {
			last = ranges;
			lastRow = union(ranges);
		}
		result[channel] = lastRow;
	}
	return result;
}

function sameRanges(a: readonly ChannelRange[], b: readonly ChannelRange[]): boolean {
	if (a.length !== b.length) return false;
	return a.every((range, i) => {
		const other = b[i]!;
		return range.tensor === other.tensor && range.start === other.start && range.count === other.count;
	});
}

/** The distinct sets, each kept once. */
class RowTable {
	readonly rows: Uint32Array[] = [];
	readonly counts: number[] = [];
	readonly #words: number;
	readonly #byHash = new Map<number, number[]>();
	/** Which union a row went into last, so that a row is not added twice. */
	readonly #stamps: number[] = [];
	#stamp = 0;
	#wordsRead = 0;

	constructor(readonly channels: number) {
		this.#words = Math.ceil(channels / 32);
		this.#intern(new Uint32Array(this.#words));
	}

	single(channel: number): number {
		this.#checkBudget(1);
		const row = new Uint32Array(this.#words);
		row[channel >> 5] = 1 << (channel & 31);
		return this.#intern(row);
	}

	union(parts: readonly Uint32Array[]): number {
		this.#stamp++;
		const members: number[] = [];
		for (const part of parts) {
			for (const row of part) {
				if (this.#stamps[row] === this.#stamp) continue;
				this.#stamps[row] = this.#stamp;
				if (this.counts[row] === this.channels) return row;
				members.push(row);
			}
		}
		if (members.length === 1) return members[0]!;
		this.#checkBudget(members.length + 1);
		const union = new Uint32Array(this.#words);
		for (const member of members) {
			const row = this.rows[member]!;
			for (let word = 0; word < union.length; word++) union[word]! |= row[word]!;
		}
		return this.#intern(union);
	}

	/** Number of the row that equals this one, which is added where there is none. */
	#intern(row: Uint32Array): number {
		let hash = 0x811c9dc5;
		let count = 0;
		for (const word of row) {
			hash = Math.imul(hash ^ word, 0x01000193);
			count += bitCount(word);
		}
		const bucket = this.#byHash.get(hash) ?? [];
		const known = bucket.find((index) => isEqual(this.rows[index]!, row));
		if (known !== undefined) return known;
		const index = this.rows.push(row) - 1;
		this.counts.push(count);
		this.#stamps.push(0);
		this.#byHash.set(hash, [...bucket, index]);
		return index;
	}

	#checkBudget(rowsRead: number): void {
		this.#wordsRead += rowsRead * this.#words;
		const isWithin = this.#wordsRead <= MAX_WORDS_READ && this.rows.length * this.#words <= MAX_WORDS_KEPT;
		if (!isWithin) throw new GraphError('flowTooLarge', 'the channels mix in too many ways to be followed');
	}
}

function isEqual(a: Uint32Array, b: Uint32Array): boolean {
	for (let word = 0; word < a.length; word++) if (a[word] !== b[word]) return false;
	return true;
}

function bitCount(word: number): number {
	let v = word - ((word >>> 1) & 0x55555555);
	v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
	return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
