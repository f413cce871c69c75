import {
	divisorOf,
	type AvgPoolGeometry,
	type ChannelShuffleGeometry,
	type Conv2dGeometry,
	type DenseGeometry,
	type PoolGeometry,
	type Shape,
	type Window
} from '../../ops';
import { resolveWindow } from '../../ops/window';
import { foldBatchNorm, scaleAndShift, type TrainedWeights } from '../foldBatchNorm';
import { logitsOf } from '../run';
import type { GraphTensor, ResolvedGraph } from '../resolve';
import { beforeDropout, groupNodes, notComputed, onlyReader, type Group } from './groups';
import { activationBits, integersFor, type Integers, type Range } from './integers';
import { quantizeKernel, type Granularity, type IntegerKernel } from './kernel';
import { chooseRange, type Calibration, type Histogram } from './range';

export interface QuantizationOptions {
	/** Of a weight, 2 to 8; an activation has as many, but at most {@link activationBits}. Default 8. */
	readonly bits?: number;
	/** Default `'channel'`. */
	readonly granularity?: Granularity;
	/** Of activations; `'squares'` fits the weights' scales, too. Default `'squares'`. */
	readonly calibration?: Calibration;
}

/** A tensor of integers by the name that steps have for it. */
export interface IntegerTensor {
	readonly ref: string;
	readonly shape: Shape;
	readonly integers: Integers;
}

/** Bounds that results are kept within. */
interface Bounds {
	readonly low: number;
	readonly high: number;
}

/** What is computed next. All read tensors of integers, and all but `shuffle` and `concat` bring their results to another scale. */
export type Step = {
	readonly inputs: readonly string[];
	readonly output: string;
	/** Ids of the nodes that it computes; none where it only brings a part of a concatenation to the others' scale. */
	readonly nodes: readonly string[];
} & (
	| ({
			readonly kind: 'convolution';
			readonly window: Window;
			readonly groups: number;
			/** `[kh, kw, inChannels / groups, outChannels]`. */
			readonly kernel: IntegerKernel;
			/** Of each output channel: the bias, less what the input's zero point adds to each sum. */
			readonly bias: Int32Array;
			/** Of each output channel: what brings the sum to the output's scale, or to a real number. */
			readonly multipliers: Float32Array;
	  } & Bounds)
	| { readonly kind: 'maxPool'; readonly window: Window }
	/** Sums of a window, of what is no padding, times the multiplier of each output position. */
	| ({ readonly kind: 'averagePool'; readonly window: Window; readonly multipliers: Float32Array } & Bounds)
	/** Each of one or two inputs less its zero point, times its multiplier. */
	| ({ readonly kind: 'sum'; readonly multipliers: Float32Array } & Bounds)
	| { readonly kind: 'shuffle'; readonly groups: number }
	| { readonly kind: 'concat' }
);

/** A network on integers. */
export interface IntegerNetwork {
	readonly steps: readonly Step[];
	/** All tensors, by name; the graph's names where it has them. */
	readonly tensors: ReadonlyMap<string, IntegerTensor>;
	readonly input: IntegerTensor;
	/** The logits, which are real numbers where they are sums: nothing reads them as integers. */
	readonly output: { readonly ref: string; readonly shape: Shape; readonly isReal: boolean };
	/** Whether a softmax follows. */
	readonly hasSoftmax: boolean;
	/** What is stored: weights of so many bits, packed, and scales, biases and zero points. */
	readonly bytes: number;
}

/** Why a network cannot be computed with integers. */
export class NotComputedError extends RangeError {
	constructor(
		/** The first node that cannot. */
		readonly node: string,
		readonly op: string
	) {
		super(`${node}: a ${op} is not computed with integers`);
		this.name = 'NotComputedError';
	}
}

/** Tensors whose range has to be known: what to watch when pictures are shown for calibration. */
export function calibratedTensors(resolved: ResolvedGraph): string[] {
	const [input] = resolved.tensors;
	const output = beforeDropout(logitsOf(resolved));
	return [
		input.ref,
		...groupNodes(resolved)
			.filter((group) => !isReal(group, output) && !inherits.has(group.main.op))
			.map((group) => group.output.ref)
	];
}

/** Kinds whose results have the scale of what they read. */
const inherits: ReadonlySet<string> = new Set(['maxPool', 'globalMaxPool', 'channelShuffle']);

const sums: ReadonlySet<string> = new Set(['conv2d', 'dense', 'batchNorm', 'avgPool', 'globalAvgPool']);

/** Whether a group's sums are not rounded again, since they are what the network gives. */
function isReal({ main, output, activation }: Group, logits: GraphTensor): boolean {
	return output === logits && activation === 'none' && sums.has(main.op);
}

/** Chooses ranges from what was seen of each tensor. */
export function chooseRanges(
	seen: Readonly<Record<string, Histogram>>,
	calibration: Calibration,
	bits = 8
): Record<string, Range> {
	return Object.fromEntries(
		Object.entries(seen).map(([ref, histogram]) => [
			ref,
			chooseRange(histogram, calibration, Math.min(bits, activationBits))
		])
	);
}

/**
 * Turns a trained network into one on integers: batch norm is folded into weights, weights and activations are rounded, and each
 * layer gets what brings its sums to the next scale.
 * @param ranges of {@link calibratedTensors}
 * @throws {NotComputedError} for a network that has something which is not computed with integers
 */
export function quantizeNetwork(
	resolved: ResolvedGraph,
	weights: TrainedWeights,
	ranges: Readonly<Record<string, Range>>,
	options: QuantizationOptions = {}
): IntegerNetwork {
	const hindrance = notComputed(resolved);
	if (hindrance) throw new NotComputedError(hindrance.id, hindrance.op);
	return new Quantizer(resolved, weights, ranges, options).network();
}

class Quantizer {
	readonly #bits: number;
	readonly #granularity: Granularity;
	readonly #isFitted: boolean;
	readonly #groups: readonly Group[];
	readonly #tensors = new Map<string, IntegerTensor>();
	readonly #steps: Step[] = [];
	readonly #logits: GraphTensor;
	#storedBits = 0;

	constructor(
		readonly resolved: ResolvedGraph,
		readonly weights: TrainedWeights,
		readonly ranges: Readonly<Record<string, Range>>,
		{ bits = 8, granularity = 'channel', calibration = 'squares' }: QuantizationOptions
	) {
		this.#bits = bits;
		this.#granularity = granularity;
		this.#isFitted = calibration === 'squares';
		this.#groups = groupNodes(resolved);
		this.#logits = beforeDropout(logitsOf(resolved));
	}

	network(): IntegerNetwork {
		const { resolved } = this;
		const [graphInput] = resolved.tensors;
		const input = this.#append(graphInput.ref, graphInput.shape, this.#calibrated(graphInput.ref));
		for (const group of this.#groups) this.#take(group);
		const { ref, shape } = this.#logits;
		const last = this.#groups.find(({ output }) => output === this.#logits);
		return {
			steps: this.#steps,
			tensors: this.#tensors,
			input,
			output: { ref, shape, isReal: last !== undefined && isReal(last, this.#logits) },
			hasSoftmax: resolved.output.producer?.op === 'softmax',
			// A scale and a zero point for each tensor of integers.
			bytes: Math.ceil(this.#storedBits / 8) + 5 * this.#tensors.size
		};
	}

	#append(ref: string, shape: Shape, integers: Integers): IntegerTensor {
		const tensor = { ref, shape, integers };
		this.#tensors.set(ref, tensor);
		return tensor;
	}

	#calibrated(ref: string): Integers {
		const range = this.ranges[ref];
		if (!range) throw new RangeError(`ranges: ${ref} has none`);
		return integersFor(range, Math.min(this.#bits, activationBits));
	}

	#tensor(ref: string): IntegerTensor {
		return this.#tensors.get(ref)!;
	}

	#take(group: Group): void {
		const { main, inputs, output, nodes } = group;
		const base = {
			inputs: inputs.map(({ ref }) => ref),
			output: output.ref,
			nodes: nodes.map(({ id }) => id)
		};
		const first = this.#tensor(inputs[0]!.ref);
		switch (main.op) {
			case 'conv2d': {
				const g = main.geometry as Conv2dGeometry;
				const folded = foldBatchNorm(this.weights, main, group.batchNorm);
				return this.#convolve(group, base, { window: g, groups: g.groups, ...folded });
			}
			case 'dense': {
				const g = main.geometry as DenseGeometry;
				const window = resolveWindow(first.shape, { kernelSize: [first.shape[0], first.shape[1]] });
				const folded = foldBatchNorm(this.weights, main, group.batchNorm);
				return this.#convolve(group, base, { window, groups: 1, ...folded, outChannels: g.outChannels });
			}
			case 'batchNorm': {
				// A filter of one weight for each channel.
				const { factor, shift } = scaleAndShift(this.weights, main);
				const window = resolveWindow(first.shape, { kernelSize: 1 });
				return this.#convolve(group, base, {
					...{ window, groups: factor.length, kernel: factor, bias: shift }
				});
			}
			case 'maxPool':
			case 'globalMaxPool': {
				this.#append(output.ref, output.shape, first.integers);
				this.#steps.push({ ...base, kind: 'maxPool', window: windowOf(group, first.shape) });
				return;
			}
			case 'avgPool':
			case 'globalAvgPool': {
				const to = this.#result(group);
				const window = windowOf(group, first.shape);
				const [rows, columns] = window.outputSize;
				const multipliers = Float32Array.from({ length: rows * columns }, (_, i) => {
					const divisor =
						main.op === 'avgPool'
							? divisorOf(main.geometry as AvgPoolGeometry, { y: Math.floor(i / columns), x: i % columns })
							: first.shape[0] * first.shape[1];
					return first.integers.scale / ((to?.scale ?? 1) * divisor);
				});
				this.#steps.push({
					...{ ...base, kind: 'averagePool', window, multipliers },
					...this.#bounds(group, to)
				});
				return;
			}
			case 'channelShuffle': {
				const { groups } = main.geometry as ChannelShuffleGeometry;
				this.#append(output.ref, output.shape, first.integers);
				this.#steps.push({ ...base, kind: 'shuffle', groups });
				return;
			}
			case 'concat':
				return this.#concat(group, base);
			default: {
				const to = this.#append(output.ref, output.shape, this.#integersAfter(group));
				const multipliers = Float32Array.from(
					base.inputs,
					(ref) => this.#tensor(ref).integers.scale / to.integers.scale
				);
				this.#steps.push({ ...base, kind: 'sum', multipliers, ...this.#bounds(group, to.integers) });
			}
		}
	}

	/** A concatenation, after steps for those parts that have another scale, or are yet to be clamped. */
	#concat(group: Group, base: Pick<Step, 'inputs' | 'output' | 'nodes'>): void {
		const to = this.#append(group.output.ref, group.output.shape, this.#integersAfter(group));
		const inputs = group.inputs.map(({ ref, shape }) => {
			const { integers } = this.#tensor(ref);
			const isLike = integers.scale === to.integers.scale && integers.zeroPoint === to.integers.zeroPoint;
			const isClamped = group.activation === 'none' || this.#writesInto(ref)?.output === group.output;
			if (isLike && isClamped) return ref;
			const part = `${ref} → ${group.output.ref}`;
			if (!this.#tensors.has(part)) {
				this.#append(part, shape, to.integers);
				const multipliers = Float32Array.of(integers.scale / to.integers.scale);
				this.#steps.push({
					...{ kind: 'sum', inputs: [ref], output: part, nodes: [], multipliers },
					...this.#bounds(group, to.integers)
				});
			}
			return part;
		});
		this.#steps.push({ ...base, inputs, kind: 'concat' });
	}

	#convolve(
		group: Group,
		base: Pick<Step, 'inputs' | 'output' | 'nodes'>,
		of: {
			readonly window: Window;
			readonly groups: number;
			readonly kernel: Float32Array;
			readonly bias: Float32Array;
			readonly outChannels?: number;
		}
	): void {
		const outChannels = of.bias.length;
		const from = this.#tensor(base.inputs[0]!).integers;
		// Sums stay below 2²⁴, which float32 holds, even where a channel has next to no weights.
		const leastScales = of.bias.map((value) => Math.abs(value) / (from.scale * 2 ** 23));
		const kernel = quantizeKernel(
			of.kernel,
			outChannels,
			{ bits: this.#bits, granularity: this.#granularity, isFitted: this.#isFitted },
			leastScales
		);
		const sums = new Int32Array(outChannels);
		kernel.values.forEach((value, i) => (sums[i % outChannels]! += value));
		const bias = Int32Array.from(
			sums,
			(sum, c) => Math.round(of.bias[c]! / (from.scale * kernel.scales[c]!)) - from.zeroPoint * sum
		);
		const to = this.#result(group);
		const multipliers = Float32Array.from(kernel.scales, (scale) => (from.scale * scale) / (to?.scale ?? 1));
		this.#storedBits +=
			this.#bits * of.kernel.length +
			32 * outChannels +
			32 * (this.#granularity === 'tensor' ? 1 : outChannels);
		this.#steps.push({
			...{ ...base, kind: 'convolution', window: of.window, groups: of.groups, kernel, bias, multipliers },
			...this.#bounds(group, to)
		});
	}

	/** The group of the concatenation that alone reads a tensor, whose scale can be that of the concatenation then. */
	#writesInto(ref: string): Group | null {
		const tensor = this.resolved.byRef.get(ref)!;
		const producer = this.#groups.find((group) => group.output === tensor);
		if (!producer || inherits.has(producer.main.op) || producer.main.op === 'concat') return null;
		const reader = onlyReader(this.resolved, tensor);
		return reader?.op === 'concat' ? this.#groups.find(({ main }) => main === reader)! : null;
	}

	#integersAfter({ output }: Group): Integers {
		return this.#calibrated((this.#writesInto(output.ref)?.output ?? output).ref);
	}

	/** Adds a group's tensor, where it is one of integers. */
	#result(group: Group): Integers | null {
		if (isReal(group, this.#logits)) return null;
		const { ref, shape } = group.output;
		return this.#append(ref, shape, this.#integersAfter(group)).integers;
	}

	/** What a group's results are kept within: its activation's bounds and, where it is a part, those of its concatenation. */
	#bounds({ activation, output }: Group, integers: Integers | null): Bounds {
		if (!integers) return { low: -Infinity, high: Infinity };
		const { scale, zeroPoint, most } = integers;
		const activations = [activation, this.#writesInto(output.ref)?.activation];
		const isPositive = activations.some((of) => of === 'relu' || of === 'relu6');
		const six = zeroPoint + Math.round(6 / scale);
		return {
			low: isPositive ? zeroPoint : 0,
			high: activations.includes('relu6') ? Math.min(six, most) : most
		};
	}
}

function windowOf({ main }: Group, shape: Shape): Window {
	return main.op === 'maxPool' || main.op === 'avgPool'
		? (main.geometry as PoolGeometry)
		: resolveWindow(shape, { kernelSize: [shape[0], shape[1]] });
}
