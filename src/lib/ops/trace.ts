import { cellIndex, dataOf, isInside, sizeOf, totalSize, weightData } from './tensor';
import type { Cell, Geometry, Operator, Step, Tensor, Term, Weights } from './types';

/** Where a tap of an output value looks, padding included, and which weight it takes. */
export interface Tap {
	readonly at: Cell;
	readonly weight: number | null;
}

/** How the steps at grain `multiply` are dealt out to the output values, where these have different numbers of taps. */
export interface StepOrder<G extends Geometry> {
	stepCount(g: G): number;
	locate(g: G, n: number): { readonly output: Cell; readonly tap: number };
	stepOf(g: G, output: Cell): number;
}

/** How an operator computes one output value from its taps: all that a trace needs to know. */
export interface Rule<G extends Geometry> {
	/** Number of taps of an output value, those on padding included. */
	taps(g: G, output: Cell): number;
	tap(g: G, output: Cell, n: number): Tap;
	/** By default all output values have the same number of taps. */
	readonly order?: StepOrder<G>;
	/** What a tap on padding reads; 0 by default. */
	readonly padding?: number | ((g: G) => number);
	/** What the weight of this index multiplies by; its value in `kernel` by default. */
	weightValue?(weights: Weights, index: number, g: G): number;
	/** What a tap without a weight brings to the result; the value that it reads by default. */
	contribution?(value: number, output: Cell, inputs: readonly Tensor[]): number;
	/** Running result before the first tap; 0 by default. */
	readonly start?: number;
	/** The running result with one more product; their sum by default. */
	combine?(result: number, product: number): number;
	/** What is added after the last tap; 0 by default. */
	bias?(weights: Weights, output: Cell, g: G): number;
	/** The output value from the result of all taps, bias added; that itself by default. */
	finish?(result: number, output: Cell, inputs: readonly Tensor[], g: G, weights: Weights): number;
}

/** The parts of an operator that follow from its rule for one output value. */
export type Traced<G extends Geometry> = Pick<Operator<never, G>, 'stepCount' | 'step' | 'stepOf' | 'reads'>;

const add = (result: number, product: number) => result + product;
const kernelValue = (weights: Weights, index: number) => weightData(weights, 'kernel')[index]!;

/** Makes a trace with random access: step `n` is computed from `n` alone, in the time of its output value's taps. */
export function traceBy<G extends Geometry>(rule: Rule<G>): Traced<G> {
	const { padding = 0, start = 0, combine = add, weightValue = kernelValue } = rule;
	const order = rule.order ?? evenOrder(rule);

	function term(g: G, output: Cell, n: number, inputs: readonly Tensor[], weights: Weights): Term {
		const { at, weight } = rule.tap(g, output, n);
		const inside = isInside(g.inputs[at.tensor]!, at);
		const outside = typeof padding === 'number' ? padding : padding(g);
		const inputValue = inside ? dataOf(inputs, at.tensor)[cellIndex(g.inputs[at.tensor]!, at)]! : outside;
		const factor = weight === null ? null : weightValue(weights, weight, g);
		const product =
			factor !== null
				? inputValue * factor
				: inside && rule.contribution
					? rule.contribution(inputValue, output, inputs)
					: inputValue;
		return { input: inside ? at : null, at, inputValue, weight, weightValue: factor, product };
	}

	return {
		stepCount: (g, granularity) => (granularity === 'value' ? totalSize(g.outputs) : order.stepCount(g)),

		stepOf: (output, granularity, g) =>
			granularity === 'value' ? outputIndex(g, output) : order.stepOf(g, output),

		step(n, granularity, inputs, weights, g): Step {
			const { output, tap } =
				granularity === 'value' ? { output: outputAt(g, n), tap: 0 } : order.locate(g, n);
			const taps = rule.taps(g, output);
			const end = granularity === 'value' ? taps : Math.min(tap + 1, taps);
			const terms: Term[] = [];
			let before = start;
			let after = start;
			for (let t = 0; t < end; t++) {
				const next = term(g, output, t, inputs, weights);
				if (t === tap) before = after;
				if (t >= tap) terms.push(next);
				after = combine(after, next.product);
			}
			const bias = rule.bias?.(weights, output, g) ?? 0;
			const result = after + bias;
			const writes = end < taps ? null : (rule.finish?.(result, output, inputs, g, weights) ?? result);
			return { n, granularity, output, terms, tap, taps, before, after, bias, writes };
		},

		reads(g, output) {
			const cells: Cell[] = [];
			const taps = rule.taps(g, output);
			for (let t = 0; t < taps; t++) {
				const { at } = rule.tap(g, output, t);
				if (isInside(g.inputs[at.tensor]!, at)) cells.push(at);
			}
			return cells;
		}
	};
}

/** The order of steps where all output values have the same number of taps. */
function evenOrder<G extends Geometry>(rule: Rule<G>): StepOrder<G> {
	const taps = (g: G) => rule.taps(g, { tensor: 0, y: 0, x: 0, channel: 0 });
	return {
		stepCount: (g) => totalSize(g.outputs) * taps(g),
		locate: (g, n) => ({ output: outputAt(g, Math.floor(n / taps(g))), tap: n % taps(g) }),
		stepOf: (g, output) => outputIndex(g, output) * taps(g)
	};
}

/** The output cell that is `index`-th in the order of the trace: by tensor, then channel, then y, then x. */
export function outputAt(g: Geometry, index: number): Cell {
	let rest = index;
	let tensor = 0;
	for (const [h, w, c] of g.outputs) {
		if (rest < h * w * c) {
			const channel = Math.floor(rest / (h * w));
			const position = rest % (h * w);
			return { tensor, y: Math.floor(position / w), x: position % w, channel };
		}
		rest -= h * w * c;
		tensor++;
	}
	throw new RangeError(`step ${index} is beyond the last of ${totalSize(g.outputs)} output values`);
}

/** Inverse of {@link outputAt}. */
export function outputIndex(g: Geometry, { tensor, y, x, channel }: Cell): number {
	let index = 0;
	for (let t = 0; t < tensor; t++) index += sizeOf(g.outputs[t]!);
	const [h, w] = g.outputs[tensor]!;
	return index + (channel * h + y) * w + x;
}
