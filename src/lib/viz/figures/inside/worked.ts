import type { GraphTensor, ResolvedNode } from '$lib/nets';
import {
	type AvgPoolGeometry,
	type Cell,
	divisorOf,
	type Form,
	sizeOf,
	type Step,
	type Tensor
} from '$lib/ops';
import type { ChannelSum } from '../../tensor/channelSums';

/** What one channel of one input brings to a value. */
export interface WorkedPart extends ChannelSum {
	/** The tensor that it is a channel of. */
	readonly from: GraphTensor;
	/** Its sum; of a maximum, its largest value. */
	readonly total: number;
	/** Where its terms lie, those on padding included. */
	readonly at: readonly { readonly y: number; readonly x: number }[];
}

/** A value of a network worked out. */
export interface Worked {
	readonly form: Form;
	/** The strongest first; where nothing is to be compared, in the order of the inputs. */
	readonly parts: readonly WorkedPart[];
	/** Terms of all parts. */
	readonly taps: number;
	/** Added at the end; `null` where there is none. */
	readonly bias: number | null;
	/** What the sum is divided by, for an average. */
	readonly divisor: number;
	/** The sum, maximum or product of all terms, bias not yet in. */
	readonly total: number;
	/** The value. */
	readonly result: number;
}

/** What channels are called beside their numbers. */
export interface PartNames {
	input(from: GraphTensor, channel: number): string;
	readonly kernel: string;
}

/**
 * Works out one value of a node's output, from the values that it reads and its weights.
 * @param cell `tensor` is which of the node's outputs it lies in
 */
export function workOut(
	node: ResolvedNode,
	cell: Cell,
	inputs: readonly Tensor[],
	weights: Readonly<Record<string, Tensor<readonly number[]>>>,
	names: PartNames
): Worked {
	const { operator, geometry } = node;
	const step = operator.step(operator.stepOf(cell, 'value', geometry), 'value', inputs, weights, geometry);
	const { form } = operator.traits;
	const parts = partsOf(node, step, form, names);
	const hasBias = node.op === 'batchNorm' || node.op === 'scale' || 'bias' in weights;
	return {
		form,
		parts,
		taps: step.terms.length,
		bias: hasBias ? step.bias : null,
		divisor: divisorFor(node, cell),
		total: step.after,
		result: step.writes ?? step.after
	};
}

/** The terms by the channel that they read, numbered in the order in which they are shown. */
function partsOf(node: ResolvedNode, step: Step, form: Form, names: PartNames): WorkedPart[] {
	const groups = new Map<string, Step['terms'][number][]>();
	for (const term of step.terms) {
		const key = `${term.at.tensor} ${term.at.channel}`;
		const group = groups.get(key);
		if (group) group.push(term);
		else groups.set(key, [term]);
	}
	const parts = [...groups.values()].map((terms) => {
		const { tensor, channel, y } = terms[0]!.at;
		const from = node.inputs[tensor]!;
		const products = terms.map(({ product }) => product);
		return {
			from,
			channel,
			input: names.input(from, channel),
			kernel: terms[0]!.weight === null ? '' : names.kernel,
			columns: terms.filter(({ at }) => at.y === y).length,
			terms: terms.map((term) => ({
				value: term.inputValue,
				isPadding: term.input === null,
				weight: term.weightValue,
				product: term.product
			})),
			at: terms.map(({ at }) => ({ y: at.y, x: at.x })),
			start: 0,
			total: form === 'max' ? Math.max(...products) : products.reduce((sum, product) => sum + product, 0)
		};
	});
	if (form === 'sum' || form === 'softmax' || form === 'localNorm' || form === 'channelNorm')
		parts.sort((a, b) => Math.abs(b.total) - Math.abs(a.total));
	let start = 0;
	for (const part of parts) {
		part.start = start;
		start += part.terms.length;
	}
	return parts;
}

function divisorFor({ op, geometry }: ResolvedNode, cell: Cell): number {
	if (op === 'globalAvgPool') return sizeOf(geometry.inputs[0]!.slice(0, 2));
	return op === 'avgPool' ? divisorOf(geometry as AvgPoolGeometry, cell) : 1;
}

/** The running result once the first `done` terms are in; `-Infinity` before the first of a maximum. */
export function runningResult({ form, parts }: Worked, done: number): number {
	let result = form === 'max' ? -Infinity : form === 'product' ? 1 : 0;
	for (const { terms, start } of parts) {
		for (const { product } of terms.slice(0, Math.max(0, done - start))) {
			if (form === 'max') result = Math.max(result, product);
			else if (form === 'product') result *= product;
			else result += product;
		}
	}
	return result;
}

/** Terms that are in after step `n` of a timeline, by channels or by single terms. */
export function termsDone({ parts, taps }: Worked, granularity: WorkedGranularity, n: number): number {
	if (granularity === 'term') return Math.min(taps, n + 1);
	const part = parts[Math.min(n, parts.length - 1)];
	return part ? part.start + part.terms.length : 0;
}

export const workedGranularities = ['channel', 'term'] as const;
export type WorkedGranularity = (typeof workedGranularities)[number];

/** Which part the last of so many terms belongs to. */
export function partOf({ parts }: Worked, done: number): number {
	let low = 0;
	for (let i = 0; i < parts.length && parts[i]!.start < done; i++) low = i;
	return low;
}
