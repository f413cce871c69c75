import type { ResolvedGraph, ResolvedNode } from '../resolve';
import { graphCost } from './cost';

/** What of a layer differs between two networks. */
export const differences = ['kind', 'output', 'params', 'macs', 'options', 'weights'] as const;
export type Difference = (typeof differences)[number];

/** A layer as it stands in a network. */
export interface ComparedLayer {
	readonly node: ResolvedNode;
	/** Trainable parameters. */
	readonly params: number;
	readonly macs: number;
	/** Whether its multiply-adds are not known. */
	readonly isUncounted: boolean;
	/** Whether its parameters are not known, since its sizes are not. */
	readonly isUnsized: boolean;
	/** Its largest weight as it is stored; `null` where there is none. */
	readonly stored: StoredWeight | null;
	/** Its weights by name. */
	readonly weights: Readonly<Record<string, Weight>>;
}

/** How a weight is stored: what pruning and quantising change. */
export interface StoredWeight {
	/** Share of its values that are 0. */
	readonly zeros: number;
	/** How many values it has. */
	readonly count: number;
	/** Whether it is stored as integers with a scale. */
	readonly isQuantized: boolean;
}

/** A weight as readers of files give it. */
interface Weight {
	readonly data: Float32Array;
	readonly quantized?: object;
}
/** Weights by node and name. */
export type ComparedWeights = Readonly<Record<string, Readonly<Record<string, Weight>>>> | null;

/** An option of which two layers were told other things; `undefined` where one of them has none. */
export interface OptionDifference {
	readonly name: string;
	readonly a: unknown;
	readonly b: unknown;
}

/** Layers of two networks that are the same one, or one that only one of them has. */
export type ComparedRow = (
	| { readonly a: ComparedLayer; readonly b: ComparedLayer; readonly differs: readonly Difference[] }
	| { readonly a: ComparedLayer; readonly b: null; readonly differs: readonly [] }
	| { readonly a: null; readonly b: ComparedLayer; readonly differs: readonly [] }
) & {
	/** Of layers of one kind. */
	readonly options: readonly OptionDifference[];
	/** How far the values of their weights are apart: the largest difference as a share of the largest weight. */
	readonly apart: number;
};

/** Two networks, layer by layer in the order of both. */
export interface GraphDifference {
	readonly rows: readonly ComparedRow[];
	/** Layers that are in one alone, or differ. */
	readonly changed: number;
	/** Layers of both, beside each other. */
	readonly paired: number;
	/** Whether hardly any layer of one is one of the other: what stands beside each other then is of one kind, no more. */
	readonly isUnrelated: boolean;
	/** Share of the weights of each that are 0; `null` where it has none. */
	readonly zeros: readonly [number | null, number | null];
	/** In what layers of both differ, and how many do: the most frequent first. */
	readonly kinds: readonly (readonly [Difference, number])[];
}

/** Longest networks whose layers are put beside each other by what they are; longer ones go by name and order. */
const longest = 4000;

/**
 * Puts two networks side by side: layers of one name are the same one; between these, in order, layers of one kind with the same
 * options, then layers of one kind. What is left is in one of them alone.
 */
export function differenceOf(
	a: ResolvedGraph,
	b: ResolvedGraph,
	weights: readonly [ComparedWeights, ComparedWeights] = [null, null]
): GraphDifference {
	const steps = differenceSteps(a, b, weights);
	for (;;) {
		const { done, value } = steps.next();
		if (done) return value;
	}
}

/** As {@link differenceOf}, in steps of {@link stepLength} weights or less: who draws meanwhile need not wait for all of it. */
export function* differenceSteps(
	a: ResolvedGraph,
	b: ResolvedGraph,
	weights: readonly [ComparedWeights, ComparedWeights]
): Generator<void, GraphDifference, void> {
	const left = yield* layersOf(a, weights[0]);
	const right = yield* layersOf(b, weights[1]);
	const pairs = anchored(left, right);
	const rows: ComparedRow[] = [];
	let [i, j] = [0, 0];
	for (const [to, other] of [...pairs, [left.length, right.length] as const]) {
		for (const [x, y] of aligned(left.slice(i, to), right.slice(j, other))) rows.push(yield* rowOf(x, y));
		if (to < left.length) rows.push(yield* rowOf(left[to]!, right[other]!));
		[i, j] = [to + 1, other + 1];
	}
	return {
		rows,
		changed: rows.filter((row) => !row.a || !row.b || row.differs.length > 0).length,
		paired: rows.filter(({ a, b }) => a && b).length,
		isUnrelated: rows.filter(isCommon).length < leastCommon * Math.min(left.length, right.length),
		zeros: [zerosOf(left), zerosOf(right)],
		kinds: differences
			.map((kind) => [kind, rows.filter((row) => ownDifferences(row).includes(kind)).length] as const)
			.filter(([, count]) => count > 0)
			.toSorted(([, x], [, y]) => y - x)
	};
}

/** Share of layers that two versions of one network have in common at least. */
const leastCommon = 0.1;

/** Whether layers are the same one: by their name, or by what they have to train and what they give. */
const isCommon = ({ a, b, differs }: ComparedRow): boolean =>
	a !== null &&
	b !== null &&
	(a.node.id === b.node.id || (a.params > 0 && !differs.includes('params') && !differs.includes('output')));

function zerosOf(layers: readonly ComparedLayer[]): number | null {
	let [zeros, count] = [0, 0];
	for (const { stored } of layers) {
		if (!stored) continue;
		zeros += stored.zeros * stored.count;
		count += stored.count;
	}
	return count === 0 ? null : zeros / count;
}

/** In what two layers differ, without what follows from it: what a layer costs follows from what it was told. */
export const ownDifferences = ({ differs, options }: ComparedRow): readonly Difference[] =>
	differs.filter((kind) => options.length === 0 || (kind !== 'params' && kind !== 'macs'));

/** Weights that are looked at in one step: some milliseconds. */
const stepLength = 1 << 18;

type Steps<Result> = Generator<void, Result, void>;

function* layersOf(net: ResolvedGraph, weights: ComparedWeights): Steps<ComparedLayer[]> {
	const costs = graphCost(net).nodes;
	const layers: ComparedLayer[] = [];
	for (const node of net.nodes) {
		const { params, macs, uncounted, unsized } = costs[node.index]!;
		const of = weights?.[node.id] ?? {};
		layers.push({
			...{
				node,
				params: params.trainable,
				macs,
				stored: yield* storedWeight(Object.values(of)),
				weights: of
			},
			...{ isUncounted: uncounted > 0, isUnsized: unsized > 0 }
		});
	}
	return layers;
}

function* storedWeight(weights: readonly Weight[]): Steps<StoredWeight | null> {
	const [largest] = weights.toSorted((x, y) => y.data.length - x.data.length);
	if (!largest || largest.data.length === 0) return null;
	let zeros = 0;
	for (const part of partsOf(largest.data)) {
		for (const value of part) if (value === 0) zeros++;
		yield;
	}
	const count = largest.data.length;
	return { zeros: zeros / count, count, isQuantized: largest.quantized !== undefined };
}

function* partsOf(data: Float32Array): Generator<Float32Array> {
	for (let from = 0; from < data.length; from += stepLength) yield data.subarray(from, from + stepLength);
}

/** Pairs of one name whose order is the same in both: the longest run of them. */
function anchored(
	left: readonly ComparedLayer[],
	right: readonly ComparedLayer[]
): (readonly [number, number])[] {
	const places = new Map(right.map(({ node }, j) => [node.id, j]));
	const found = left.flatMap(({ node }, i) => {
		const j = places.get(node.id);
		return j !== undefined && right[j]!.node.op === node.op ? [[i, j] as const] : [];
	});
	// The longest increasing run, by patience: for each length, the pair that ends earliest.
	const ends: number[] = [];
	const before: (number | null)[] = [];
	found.forEach(([, j], at) => {
		let [low, high] = [0, ends.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (found[ends[middle]!]![1] < j) low = middle + 1;
			else high = middle;
		}
		before[at] = low > 0 ? ends[low - 1]! : null;
		ends[low] = at;
	});
	const run: (readonly [number, number])[] = [];
	let at: number | null = ends.at(-1) ?? null;
	while (at !== null) {
		run.push(found[at]!);
		at = before[at] ?? null;
	}
	return run.reverse();
}

type Pair = readonly [ComparedLayer | null, ComparedLayer | null];

/** Layers beside each other by what they are: the alignment with the most in common. */
function aligned(left: readonly ComparedLayer[], right: readonly ComparedLayer[]): Pair[] {
	if (left.length === 0) return right.map((y): Pair => [null, y]);
	if (right.length === 0) return left.map((x): Pair => [x, null]);
	if (left.length * right.length > longest * longest)
		return [...left.map((x): Pair => [x, null]), ...right.map((y): Pair => [null, y])];
	const width = right.length + 1;
	const best = new Float64Array((left.length + 1) * width);
	for (let i = left.length - 1; i >= 0; i--)
		for (let j = right.length - 1; j >= 0; j--) {
			const both = likeness(left[i]!, right[j]!);
			best[i * width + j] = Math.max(
				best[(i + 1) * width + j]!,
				best[i * width + j + 1]!,
				both > 0 ? both + best[(i + 1) * width + j + 1]! : 0
			);
		}
	const pairs: Pair[] = [];
	let [i, j] = [0, 0];
	while (i < left.length || j < right.length) {
		const here = i < left.length && j < right.length ? best[i * width + j]! : 0;
		const both = i < left.length && j < right.length ? likeness(left[i]!, right[j]!) : 0;
		if (both > 0 && here === both + best[(i + 1) * width + j + 1]!) pairs.push([left[i++]!, right[j++]!]);
		else if (i < left.length && (j === right.length || here === best[(i + 1) * width + j]!))
			pairs.push([left[i++]!, null]);
		else pairs.push([null, right[j++]!]);
	}
	return pairs;
}

/** How much two layers are the same one: 0 where their kinds differ. */
function likeness(x: ComparedLayer, y: ComparedLayer): number {
	if (x.node.op !== y.node.op) return 0;
	return 1 + (optionsText(x) === optionsText(y) ? 1 : 0) + (shapeText(x) === shapeText(y) ? 1 : 0);
}

const shapeText = ({ node }: ComparedLayer) => String(node.outputs[0].shape);
/** What an operator was told, as it came out: files say the same thing in several ways. What follows from its inputs is left out. */
const told = new Set(
	(
		'kernelSize stride dilation padding groups outChannels bias epsilon scale center alpha beta gamma min max offset countPadding ' +
		'depthRadius shared value size coordinates blockSize blockLast sizes rate'
	).split(' ')
);
const optionsOf = ({ node }: ComparedLayer): ReadonlyMap<string, unknown> =>
	new Map(
		Object.entries(node.geometry)
			.filter(([name]) => told.has(name))
			.sort(([x], [y]) => (x < y ? -1 : 1))
	);
/** Some files have numbers as float32 and some as decimals: 0.001 is both. */
const textOf = (value: unknown): string | undefined =>
	JSON.stringify(value, (_, of: unknown) => {
		if (typeof of !== 'number') return of;
		return Number.isFinite(of) ? Math.fround(of) : String(of);
	});
const optionsText = (layer: ComparedLayer) => textOf([...optionsOf(layer)]);

function optionDifferences(a: ComparedLayer, b: ComparedLayer): OptionDifference[] {
	if (a.node.op !== b.node.op) return [];
	const [of, other] = [optionsOf(a), optionsOf(b)];
	return [...new Set([...of.keys(), ...other.keys()])].flatMap((name) => {
		const found = { name, a: of.get(name), b: other.get(name) };
		return textOf(found.a) === textOf(found.b) ? [] : [found];
	});
}

/** Whether weights are stored in another way, or only one of the two has them. */
const areStoredOtherwise = (a: StoredWeight | null, b: StoredWeight | null) =>
	a?.isQuantized !== b?.isQuantized;

/** The largest difference of weights of one name and size, as a share of the largest of them. */
function* apartOf(a: ComparedLayer['weights'], b: ComparedLayer['weights']): Steps<number> {
	let most = 0;
	for (const [name, { data }] of Object.entries(a)) {
		const other = b[name]?.data;
		if (!other || other === data || other.length !== data.length) continue;
		let [difference, largest, from] = [0, 0, 0];
		for (const part of partsOf(data)) {
			const found = apartIn(part, other.subarray(from, from + part.length));
			difference = Math.max(difference, found.difference);
			largest = Math.max(largest, found.largest);
			from += part.length;
			yield;
		}
		if (difference > 0) most = Math.max(most, difference === Infinity ? difference : difference / largest);
	}
	return most;
}

function apartIn(a: Float32Array, b: Float32Array): { difference: number; largest: number } {
	let difference = 0;
	let largest = 0;
	for (let i = 0; i < a.length; i++) {
		const x = a[i]!;
		const y = b[i]!;
		const size = x < 0 ? -x : x;
		const other = y < 0 ? -y : y;
		if (size > largest) largest = size;
		if (other > largest) largest = other;
		if (x === y || (x !== x && y !== y)) continue;
		const apart = x < y ? y - x : x - y;
		// A number beside one that is none is as far as can be.
		if (apart !== apart) difference = Infinity;
		else if (apart > difference) difference = apart;
	}
	return { difference, largest };
}

function* rowOf(a: ComparedLayer | null, b: ComparedLayer | null): Steps<ComparedRow> {
	if (!a) return { a, b: b!, differs: [], options: [], apart: 0 };
	if (!b) return { a, b, differs: [], options: [], apart: 0 };
	const apart = yield* apartOf(a.weights, b.weights);
	const is: Readonly<Record<Difference, boolean>> = {
		kind: a.node.op !== b.node.op,
		output: shapeText(a) !== shapeText(b),
		params: a.params !== b.params || a.isUnsized !== b.isUnsized,
		macs: a.macs !== b.macs || a.isUncounted !== b.isUncounted,
		options: optionsText(a) !== optionsText(b),
		weights: apart > 0 || areStoredOtherwise(a.stored, b.stored)
	};
	const differs = differences.filter((name) => is[name]);
	return { a, b, differs, options: optionDifferences(a, b), apart };
}
