import type { TrainedWeights } from '../foldBatchNorm';
import type { GraphTensor, ResolvedGraph } from '../resolve';
import {
	assembleSteps,
	canBeReal,
	logitsBefore,
	type IntegerWeights,
	type Scales,
	type Weighted
} from './assemble';
import { equalized, equalizingFactors, type ChannelFactors } from './equalize';
import { groupNodes, inherits, wholeOf, type Activation, type Group } from './groups';
import { activationBitsFor, integersFor, mostActivationBits, type Integers, type Range } from './integers';
import { quantizeKernel, type Granularity } from './kernel';
import { chooseRange, type Calibration, type Histogram } from './range';
import type { IntegerNetwork } from './steps';

export interface QuantizationOptions {
	/** Of a weight, 2 to 8. Default 8. */
	readonly bits?: number;
	/** Of an activation, 2 to 7. Default {@link activationBitsFor} as many of a weight. */
	readonly activationBits?: number;
	/** Default `'channel'`. */
	readonly granularity?: Granularity;
	/** Of activations; `'squares'` fits the weights' scales, too. Default `'squares'`. */
	readonly calibration?: Calibration;
	/** Gives channels of a tensor about the same range first; ranges are those of the tensors then. Default `false`. */
	readonly isEqualized?: boolean;
}

/** Tensors whose range has to be known: what to watch when pictures are shown for calibration. */
export function calibratedTensors(resolved: ResolvedGraph): string[] {
	const [input] = resolved.tensors;
	const logits = logitsBefore(resolved);
	return [
		input.ref,
		...groupNodes(resolved)
			.filter((group) => !(group.output === logits && canBeReal(group)) && !inherits.has(group.main.op))
			.map((group) => group.output.ref)
	];
}

/** Chooses ranges from what was seen of each tensor. @param bits of an activation */
export function chooseRanges(
	seen: Readonly<Record<string, Histogram>>,
	calibration: Calibration,
	bits = mostActivationBits
): Record<string, Range> {
	return Object.fromEntries(
		Object.entries(seen).map(([ref, histogram]) => [ref, chooseRange(histogram, calibration, bits)])
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
	const factors = options.isEqualized
		? equalizingFactors(resolved, weights)
		: new Map<string, Float32Array>();
	return assembleSteps(resolved, weights, () => new CalibratedScales(resolved, ranges, factors, options));
}

/** Scales that are chosen by what values were seen. */
class CalibratedScales implements Scales {
	readonly groups: readonly Group[];
	readonly #bits: number;
	readonly #activationBits: number;
	readonly #granularity: Granularity;
	readonly #isFitted: boolean;
	readonly #logits: GraphTensor;

	constructor(
		readonly resolved: ResolvedGraph,
		readonly ranges: Readonly<Record<string, Range>>,
		readonly divided: ChannelFactors,
		{ bits = 8, activationBits, granularity = 'channel', calibration = 'squares' }: QuantizationOptions
	) {
		this.#bits = bits;
		this.#activationBits = activationBits ?? activationBitsFor(bits);
		this.#granularity = granularity;
		this.#isFitted = calibration === 'squares';
		this.#logits = logitsBefore(resolved);
		this.groups = groupNodes(resolved);
	}

	of(tensor: GraphTensor, group: Group | null): Integers | null {
		if (group && (inherits.has(group.main.op) || (tensor === this.#logits && canBeReal(group)))) return null;
		const { ref } = this.#writesInto(tensor)?.output ?? tensor;
		const range = this.ranges[ref];
		if (!range) throw new RangeError(`ranges: ${ref} has none`);
		return integersFor(range, this.#activationBits);
	}

	/** Its own and, where it is a part, that of its concatenation. */
	activations({ activation, output }: Group): readonly Activation[] {
		return [activation, this.#writesInto(output)?.activation ?? 'none'];
	}

	isClamped(part: GraphTensor, whole: Group): boolean {
		return this.#writesInto(part)?.output === whole.output;
	}

	factors(ref: string): Float32Array | undefined {
		return this.divided.get(ref);
	}

	weights({ group, from, inChannels, groups, kernel: real, bias: realBias }: Weighted): IntegerWeights {
		const { kernel: weights, bias } = equalized(
			{ kernel: real, bias: realBias },
			{ inputs: inChannels, groups },
			this.divided.get(group.inputs[0]!.ref),
			this.divided.get(group.output.ref)
		);
		const outChannels = bias.length;
		// Sums stay below 2²⁴, which float32 holds, even where a channel has next to no weights.
		const leastScales = bias.map((value) => Math.abs(value) / (from.scale * 2 ** 23));
		const kernel = quantizeKernel(
			weights,
			outChannels,
			{ bits: this.#bits, granularity: this.#granularity, isFitted: this.#isFitted },
			leastScales
		);
		return {
			kernel,
			bias: Array.from(bias, (value, c) => Math.round(value / (from.scale * kernel.scales[c]!))),
			bits:
				this.#bits * weights.length +
				32 * outChannels +
				32 * (this.#granularity === 'tensor' ? 1 : outChannels)
		};
	}

	#writesInto(tensor: GraphTensor): Group | null {
		return wholeOf(this.resolved, this.groups, tensor);
	}
}
