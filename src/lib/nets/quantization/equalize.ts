import type { BatchNormGeometry, ChannelShuffleGeometry } from '../../ops';
import type { TrainedWeights } from '../foldBatchNorm';
import type { ResolvedGraph } from '../resolve';
import { groupNodes, onlyReader, type Group } from './groups';

/** What each channel of a tensor is divided by, by the tensor's name. */
export type ChannelFactors = ReadonlyMap<string, Float32Array>;

/** Standard deviations from the mean within which nearly all values of a channel are. */
const deviations = 4;
/** Narrower channels are widened no further: next to nothing is left of what they add. */
const least = 1 / 128;

/**
 * Factors that give all channels of a tensor about the same range, so that one scale suits all of them: what a convolution's output
 * channels are divided by, and the weights that read them multiplied by. Real numbers are not changed by it, and no picture is
 * needed: batch norm says how far a channel's values lie apart. Of tensors that one convolution alone reads, before which there is
 * nothing but ReLU, pooling and shuffling. Source: M. Nagel et al., Data-Free Quantization Through Weight Equalization and Bias
 * Correction, arXiv:1906.04721.
 */
export function equalizingFactors(resolved: ResolvedGraph, weights: TrainedWeights): ChannelFactors {
	const groups = groupNodes(resolved);
	const found = new Map<string, Float32Array>();
	for (const group of groups) {
		const reach = reachOf(group, weights);
		if (!reach) continue;
		const widest = reach.reduce((most, value) => Math.max(most, value), 0);
		let factors: Float32Array = reach.map((value) => Math.max(value / widest, least));
		const passed: [ref: string, Float32Array][] = [[group.output.ref, factors]];
		let next = nextGroup(group);
		for (
			;
			next && (next.main.op === 'maxPool' || next.main.op === 'channelShuffle');
			next = nextGroup(next)
		) {
			if (next.main.op === 'channelShuffle')
				factors = shuffled(factors, next.main.geometry as ChannelShuffleGeometry);
			passed.push([next.output.ref, factors]);
		}
		if (next?.main.op === 'conv2d') for (const [ref, of] of passed) found.set(ref, of);
	}
	return found;

	function nextGroup({ output }: Group): Group | null {
		const reader = onlyReader(resolved, output);
		return (reader && groups.find(({ nodes }) => nodes[0] === reader)) ?? null;
	}
}

/** How far from 0 the values of each channel lie, by its batch norm; `null` where none says it, or factors would change results. */
function reachOf({ main, batchNorm, activation }: Group, weights: TrainedWeights): Float32Array | null {
	if (main.op !== 'conv2d' || !batchNorm || activation === 'relu6') return null;
	const { scale, center } = batchNorm.geometry as BatchNormGeometry;
	const [gamma, beta] = [weights[batchNorm.id]?.['gamma']?.data, weights[batchNorm.id]?.['beta']?.data];
	if (!scale || !center || !gamma || !beta) return null;
	const reach = gamma.map((value, c) => {
		const spread = deviations * Math.abs(value);
		return activation === 'relu' ? Math.max(beta[c]! + spread, 0) : Math.abs(beta[c]!) + spread;
	});
	const widest = reach.reduce((most, value) => Math.max(most, value), 0);
	return widest > 0 && Number.isFinite(widest) ? reach : null;
}

function shuffled(factors: Float32Array, { groups }: ChannelShuffleGeometry): Float32Array {
	const each = factors.length / groups;
	const result = new Float32Array(factors.length);
	factors.forEach((factor, c) => (result[(c % each) * groups + Math.floor(c / each)] = factor));
	return result;
}

/** A kernel `[kh, kw, inChannels / groups, outChannels]` and its bias, by the factors of what it reads and gives. */
export function equalized(
	{ kernel, bias }: { readonly kernel: Float32Array; readonly bias: Float32Array },
	channels: { readonly inputs: number; readonly groups: number },
	read: Float32Array | undefined,
	given: Float32Array | undefined
): { readonly kernel: Float32Array; readonly bias: Float32Array } {
	if (!read && !given) return { kernel, bias };
	const outChannels = bias.length;
	const groupIn = channels.inputs / channels.groups;
	const groupOut = outChannels / channels.groups;
	return {
		kernel: kernel.map((value, i) => {
			const out = i % outChannels;
			const input = Math.floor(out / groupOut) * groupIn + (Math.floor(i / outChannels) % groupIn);
			return (value * (read?.[input] ?? 1)) / (given?.[out] ?? 1);
		}),
		bias: bias.map((value, c) => value / (given?.[c] ?? 1))
	};
}
