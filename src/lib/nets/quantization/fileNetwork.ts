import type { GraphTensor, ResolvedGraph } from '../resolve';
import {
	assembleSteps,
	canBeReal,
	logitsBefore,
	type IntegerWeights,
	type Scales,
	type Weighted
} from './assemble';
import { groupNodes, inherits, type Activation, type Group } from './groups';
import type { Integers } from './integers';
import type { StoredWeights } from './kernel';
import { NotComputedError } from './notComputed';
import type { IntegerNetwork } from './steps';

/** What integers of a file stand for, by the name of the tensor. */
export type FileIntegers = Readonly<Record<string, Integers>>;

/** Sums have to be below it, and are integers of 32 bits. */
const mostSum = 2 ** 31 - 1;

/**
 * A network on the integers that its file has: its scales and zero points, activations of 8 bits.
 * @param integers of its tensors; those that have none here are folded into what reads them, or stay real numbers at the end
 * @throws {NotComputedError} for a network that has something which is not computed with integers, or for which the file has none
 */
export function networkOfFile(
	resolved: ResolvedGraph,
	weights: StoredWeights,
	integers: FileIntegers
): IntegerNetwork {
	return assembleSteps(resolved, weights, () => new FileScales(resolved, weights, integers));
}

class FileScales implements Scales {
	readonly groups: readonly Group[];
	readonly #logits: GraphTensor;

	constructor(
		resolved: ResolvedGraph,
		readonly stored: StoredWeights,
		readonly integers: FileIntegers
	) {
		this.#logits = logitsBefore(resolved);
		this.groups = groupNodes(resolved, ({ ref }) => Object.hasOwn(integers, ref));
		for (const { pad } of this.groups) if (pad) this.#checkPad(pad.inputs[0].ref, pad.outputs[0].ref, pad.id);
	}

	of(tensor: GraphTensor, group: Group | null): Integers | null {
		if (Object.hasOwn(this.integers, tensor.ref)) return this.integers[tensor.ref]!;
		if (!group || inherits.has(group.main.op)) return null;
		if (tensor === this.#logits && canBeReal(group)) return null;
		throw new NotComputedError(group.nodes.at(-1)!.id, group.main.op, 'tensor');
	}

	activations({ activation }: Group): readonly Activation[] {
		return [activation];
	}

	factors(): undefined {
		return undefined;
	}

	isClamped(): boolean {
		return false;
	}

	weights({ group, from, bias: real }: Weighted): IntegerWeights {
		const { main, batchNorm } = group;
		const kernel = this.stored[main.id]?.['kernel']?.quantized;
		const refuse = (hindrance: 'weights' | 'sums') => new NotComputedError(main.id, main.op, hindrance);
		// Integers of a file stand for the weights as they are: with batch norm folded in they would be others.
		if (!kernel || batchNorm || main.op === 'batchNorm') throw refuse('weights');
		const outChannels = real.length;
		const { values, zeroPoints } = kernel;
		const scales = eachChannel(kernel.scales, outChannels);
		const zeros = eachChannel(zeroPoints.length > 0 ? zeroPoints : [0], outChannels);
		if (!scales?.every((scale) => Number.isFinite(scale) && scale > 0) || !zeros) throw refuse('weights');
		const whole = Int16Array.from(values, (value, i) => value - zeros[i % outChannels]!);
		const { data } = this.stored[main.id]!['kernel']!;
		// Whether they are of 8 bits, and go with these scales along the last axis: they stand for the weights as they are then.
		const isSame = whole.every((value, i) => {
			const real = value * scales[i % outChannels]!;
			return Math.abs(value) < 256 && Math.abs(real - data[i]!) <= 1e-6 * Math.abs(real);
		});
		if (!isSame) throw refuse('weights');
		const bias = this.#bias(main.id, real, from.scale, scales);
		const sizes = new Float64Array(outChannels);
		whole.forEach((value, i) => (sizes[i % outChannels]! += Math.abs(value)));
		if (!sizes.every((size, c) => Math.abs(bias[c]!) + 255 * size <= mostSum)) throw refuse('sums');
		return {
			kernel: { values: whole, scales: Float32Array.from(scales) },
			bias,
			bits: 8 * whole.length + 32 * outChannels + 32 * kernel.scales.length
		};
	}

	/** The file's own integers, where they have the scale that sums have; else the nearest that do. */
	#bias(id: string, real: Float32Array, from: number, scales: readonly number[]): ArrayLike<number> {
		const stored = this.stored[id]?.['bias']?.quantized;
		const own = stored && eachChannel(stored.scales, real.length);
		const isSame =
			own?.every((scale, c) => Math.abs(scale / (from * scales[c]!) - 1) < 1e-5) &&
			stored!.zeroPoints.every((zero) => zero === 0);
		return isSame ? stored!.values : Array.from(real, (value, c) => Math.round(value / (from * scales[c]!)));
	}

	/** Padding becomes the convolution's own, which is of the integer that stands for 0 in what is padded. */
	#checkPad(from: string, to: string, id: string): void {
		const [a, b] = [this.integers[from], this.integers[to]];
		if (b && (a?.scale !== b.scale || a.zeroPoint !== b.zeroPoint))
			throw new NotComputedError(id, 'pad', 'tensor');
	}
}

/** One number for each channel, where there is one for all or for each; `null` otherwise. */
function eachChannel(of: readonly number[], channels: number): readonly number[] | null {
	if (of.length === channels) return of;
	return of.length === 1 ? new Array<number>(channels).fill(of[0]!) : null;
}
