import {
	divisorOf,
	type AvgPoolGeometry,
	type ChannelShuffleGeometry,
	type Conv2dGeometry,
	type PadGeometry,
	type PoolGeometry,
	type Shape,
	type Window
} from '../../ops';
import { resolveWindow } from '../../ops/window';
import { foldBatchNorm, scaleAndShift, type TrainedWeights } from '../foldBatchNorm';
import { logitsOf } from '../run';
import type { GraphTensor, ResolvedGraph } from '../resolve';
import { beforeDropout, notComputed, type Activation, type Group } from './groups';
import type { Integers } from './integers';
import type { IntegerKernel } from './kernel';
import { NotComputedError } from './notComputed';
import type { Bounds, IntegerNetwork, IntegerTensor, Step } from './steps';

/** A convolution or dense layer whose weights become integers. */
export interface Weighted {
	readonly group: Group;
	/** Of what it reads. */
	readonly from: Integers;
	/** Of what it reads. */
	readonly inChannels: number;
	readonly groups: number;
	/** With what is folded into them. */
	readonly kernel: Float32Array;
	readonly bias: Float32Array;
}

/** Integer weights, and biases in units of the input's scale times the channel's; the input's zero point is not in them. */
export interface IntegerWeights {
	readonly kernel: IntegerKernel;
	readonly bias: ArrayLike<number>;
	/** What is stored for them. */
	readonly bits: number;
}

/** Where the scales of a network on integers come from: from what values were seen, or from a file. */
export interface Scales {
	readonly groups: readonly Group[];
	/** What a tensor's integers stand for: of the input, or of what a group gives; `null` where sums stay real numbers. */
	of(tensor: GraphTensor, group: Group | null): Integers | null;
	/** What a group's results are clamped by. */
	activations(group: Group): readonly Activation[];
	/** Whether a part of a concatenation was clamped by the activation after that. */
	isClamped(part: GraphTensor, whole: Group): boolean;
	weights(of: Weighted): IntegerWeights;
	/** What the channels of a tensor are divided by. */
	factors(ref: string): Float32Array | undefined;
}

const sums: ReadonlySet<string> = new Set(['conv2d', 'dense', 'batchNorm', 'avgPool', 'globalAvgPool']);

/** Whether a group's sums can be what a network gives, without being rounded again. */
export function canBeReal({ main, activation }: Group): boolean {
	return activation === 'none' && sums.has(main.op);
}

/** The logits, before dropout. */
export const logitsBefore = (resolved: ResolvedGraph): GraphTensor => beforeDropout(logitsOf(resolved));

/**
 * The steps of a network on integers.
 * @throws {NotComputedError} for a network that has something which is not computed with integers
 */
export function assembleSteps(
	resolved: ResolvedGraph,
	weights: TrainedWeights,
	scalesOf: () => Scales
): IntegerNetwork {
	const hindrance = notComputed(resolved);
	if (hindrance) throw new NotComputedError(hindrance.id, hindrance.op);
	return new StepAssembly(resolved, weights, scalesOf()).network();
}

type Base = Pick<Step, 'inputs' | 'output' | 'nodes'>;

class StepAssembly {
	readonly #tensors = new Map<string, IntegerTensor>();
	readonly #steps: Step[] = [];
	#storedBits = 0;

	constructor(
		readonly resolved: ResolvedGraph,
		readonly weights: TrainedWeights,
		readonly scales: Scales
	) {}

	network(): IntegerNetwork {
		const { resolved, scales } = this;
		const [graphInput] = resolved.tensors;
		const integers = scales.of(graphInput, null);
		if (!integers) throw new NotComputedError(graphInput.ref, 'input', 'tensor');
		const input = this.#append(graphInput.ref, graphInput.shape, integers);
		for (const group of scales.groups) this.#take(group);
		const { ref, shape } = logitsBefore(resolved);
		return {
			steps: this.#steps,
			tensors: this.#tensors,
			input,
			output: { ref, shape, isReal: !this.#tensors.has(ref) },
			hasSoftmax: resolved.output.producer?.op === 'softmax',
			// A scale and a zero point for each tensor of integers.
			bytes: Math.ceil(this.#storedBits / 8) + 5 * this.#tensors.size
		};
	}

	#append(ref: string, shape: Shape, integers: Integers): IntegerTensor {
		const factors = this.scales.factors(ref);
		const tensor = { ref, shape, integers, ...(factors && { factors }) };
		this.#tensors.set(ref, tensor);
		return tensor;
	}

	#tensor(ref: string): IntegerTensor {
		return this.#tensors.get(ref)!;
	}

	#take(group: Group): void {
		const { main, pad, inputs, output, nodes } = group;
		const base: Base = {
			inputs: inputs.map(({ ref }) => ref),
			output: output.ref,
			nodes: nodes.map(({ id }) => id)
		};
		const first = this.#tensor(inputs[0]!.ref);
		switch (main.op) {
			case 'conv2d': {
				const g = main.geometry as Conv2dGeometry;
				const folded = foldBatchNorm(this.weights, main, group.batchNorm);
				const window = pad ? paddedWindow(g, pad.geometry as PadGeometry) : g;
				return this.#convolve(group, base, { window, groups: g.groups, ...folded });
			}
			case 'dense': {
				const window = resolveWindow(first.shape, { kernelSize: [first.shape[0], first.shape[1]] });
				const folded = foldBatchNorm(this.weights, main, group.batchNorm);
				return this.#convolve(group, base, { window, groups: 1, ...folded });
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
				const window = windowOf(group, first.shape);
				return this.#inherit(group, (ref) => ({ ...base, output: ref, kind: 'maxPool', window }));
			}
			case 'channelShuffle': {
				const { groups } = main.geometry as ChannelShuffleGeometry;
				return this.#inherit(group, (ref) => ({ ...base, output: ref, kind: 'shuffle', groups }));
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
			case 'concat':
				return this.#concat(group, base);
			default: {
				const to = this.#rounded(group);
				const multipliers = Float32Array.from(
					base.inputs,
					(ref) => this.#tensor(ref).integers.scale / to.scale
				);
				this.#steps.push({ ...base, kind: 'sum', multipliers, ...this.#bounds(group, to) });
			}
		}
	}

	/** A step whose results have the input's scale, and one that brings them to their own where that is another. */
	#inherit(group: Group, step: (ref: string) => Step): void {
		const { ref, shape } = group.output;
		const from = this.#tensor(group.inputs[0]!.ref).integers;
		const to = this.scales.of(group.output, group) ?? from;
		if (isLike(from, to)) {
			this.#append(ref, shape, from);
			this.#steps.push(step(ref));
			return;
		}
		const before = `${group.inputs[0]!.ref} → ${ref}`;
		this.#append(before, shape, from);
		this.#steps.push(step(before));
		this.#append(ref, shape, to);
		this.#rescale(before, ref, { low: 0, high: to.most });
	}

	/** A concatenation, after steps for those parts that have another scale, or are yet to be clamped. */
	#concat(group: Group, base: Base): void {
		const to = this.#rounded(group);
		const inputs = group.inputs.map((part) => {
			const { ref, shape } = part;
			const isClamped = group.activation === 'none' || this.scales.isClamped(part, group);
			if (isLike(this.#tensor(ref).integers, to) && isClamped) return ref;
			const own = `${ref} → ${group.output.ref}`;
			if (!this.#tensors.has(own)) {
				this.#append(own, shape, to);
				this.#rescale(ref, own, this.#bounds(group, to));
			}
			return own;
		});
		this.#steps.push({ ...base, inputs, kind: 'concat' });
	}

	/** Brings a tensor to another's scale. */
	#rescale(from: string, to: string, bounds: Bounds): void {
		const multipliers = Float32Array.of(this.#tensor(from).integers.scale / this.#tensor(to).integers.scale);
		this.#steps.push({ kind: 'sum', inputs: [from], output: to, nodes: [], multipliers, ...bounds });
	}

	#convolve(
		group: Group,
		base: Base,
		of: {
			readonly window: Window;
			readonly groups: number;
			readonly kernel: Float32Array;
			readonly bias: Float32Array;
		}
	): void {
		const { integers: from, shape } = this.#tensor(base.inputs[0]!);
		const found = this.scales.weights({
			...{ group, from, inChannels: shape[2], groups: of.groups, kernel: of.kernel, bias: of.bias }
		});
		const { kernel } = found;
		const outChannels = of.bias.length;
		const sums = new Int32Array(outChannels);
		kernel.values.forEach((value, i) => (sums[i % outChannels]! += value));
		const bias = Int32Array.from(sums, (sum, c) => found.bias[c]! - from.zeroPoint * sum);
		const to = this.#result(group);
		const multipliers = Float32Array.from(kernel.scales, (scale) => (from.scale * scale) / (to?.scale ?? 1));
		this.#storedBits += found.bits;
		this.#steps.push({
			...{ ...base, kind: 'convolution', window: of.window, groups: of.groups, kernel, bias, multipliers },
			...this.#bounds(group, to)
		});
	}

	/** Adds a group's tensor, where it is one of integers. */
	#result(group: Group): Integers | null {
		const { ref, shape } = group.output;
		const integers = this.scales.of(group.output, group);
		return integers && this.#append(ref, shape, integers).integers;
	}

	#rounded(group: Group): Integers {
		const result = this.#result(group);
		if (!result) throw new NotComputedError(group.nodes.at(-1)!.id, group.main.op, 'tensor');
		return result;
	}

	/** What a group's results are kept within. */
	#bounds(group: Group, integers: Integers | null): Bounds {
		if (!integers) return { low: -Infinity, high: Infinity };
		const { scale, zeroPoint, most } = integers;
		const activations = this.scales.activations(group);
		const isPositive = activations.some((of) => of === 'relu' || of === 'relu6');
		const six = zeroPoint + Math.round(6 / scale);
		return {
			low: isPositive ? zeroPoint : 0,
			high: activations.includes('relu6') ? Math.min(six, most) : most
		};
	}
}

const isLike = (a: Integers, b: Integers): boolean => a.scale === b.scale && a.zeroPoint === b.zeroPoint;

function windowOf({ main }: Group, shape: Shape): Window {
	return main.op === 'maxPool' || main.op === 'avgPool'
		? (main.geometry as PoolGeometry)
		: resolveWindow(shape, { kernelSize: [shape[0], shape[1]] });
}

/** A window over an input with zeros around it, as one over the input itself. */
function paddedWindow(window: Window, { padding: around }: PadGeometry): Window {
	const { top, bottom, left, right } = window.padding;
	const padding = {
		top: top + around.top,
		bottom: bottom + around.bottom,
		left: left + around.left,
		right: right + around.right
	};
	return { ...window, padding };
}
