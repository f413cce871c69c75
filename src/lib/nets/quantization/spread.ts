import type { Conv2dGeometry } from '../../ops';
import { layerKind, type LayerKind } from '../analyses/layerKind';
import { foldBatchNorm, type TrainedWeights } from '../foldBatchNorm';
import type { ResolvedGraph } from '../resolve';
import { equalized, type ChannelFactors } from './equalize';
import { groupNodes } from './groups';
import { scaleOr1 } from './integers';
import { nearest, type Granularity } from './kernel';

/** How far apart a layer's channels lie, and what one scale for all of them costs. */
export interface LayerSpread {
	readonly id: string;
	readonly kind: LayerKind;
	/** Output channels. */
	readonly channels: number;
	/** Of channels from the widest to the narrowest, as many as were asked for at most: the largest weight of each over that of the widest. */
	readonly largest: readonly number[];
	/** By bits of a weight: {@link RoundingError}. */
	readonly errors: Readonly<Record<number, RoundingError>>;
}

/** What weights differ by after rounding, over what they are, both by root mean square; the mean of all channels, each counting alike. */
export type RoundingError = Readonly<Record<Granularity, number>>;

/** The largest integer that so many bits have, symmetric about zero. */
export const largestInteger = (bits: number): number => 2 ** (bits - 1) - 1;

/**
 * Looks at the weights of each layer of a network, batch norm folded in.
 * @param bits of a weight, each of which is tried
 * @param points how many channels to tell of
 * @param factors what channels are divided by before they are rounded
 */
export function layerSpreads(
	resolved: ResolvedGraph,
	weights: TrainedWeights,
	bits: readonly number[],
	points: number,
	factors: ChannelFactors = new Map()
): LayerSpread[] {
	return groupNodes(resolved)
		.filter(({ main }) => main.op === 'conv2d' || main.op === 'dense')
		.map(({ main, batchNorm, inputs, output }) => {
			const { kernel, bias } = equalized(
				foldBatchNorm(weights, main, batchNorm),
				{
					inputs: inputs[0]!.shape[2],
					groups: main.op === 'conv2d' ? (main.geometry as Conv2dGeometry).groups : 1
				},
				factors.get(inputs[0]!.ref),
				factors.get(output.ref)
			);
			const channels = bias.length;
			const wide = new Float64Array(channels);
			kernel.forEach((weight, i) => {
				wide[i % channels] = Math.max(wide[i % channels]!, Math.abs(weight));
			});
			const largest = wide.toSorted((a, b) => b - a);
			const widest = largest[0]! || 1;
			const count = Math.min(points, channels);
			const error = (bits: number, granularity: Granularity) => {
				const most = largestInteger(bits);
				const scales = Float32Array.from(wide, (of) =>
					scaleOr1((granularity === 'tensor' ? widest : of) / most)
				);
				return meanError(kernel, scales, most);
			};
			return {
				...{ id: main.id, kind: layerKind(main), channels },
				largest: Array.from({ length: count }, (_, i) => {
					const at = count === 1 ? 0 : Math.round((i * (channels - 1)) / (count - 1));
					return largest[at]! / widest;
				}),
				errors: Object.fromEntries(
					bits.map((count) => [count, { channel: error(count, 'channel'), tensor: error(count, 'tensor') }])
				)
			};
		});
}

/** Rounded as `quantizeKernel` does it: the largest weight of a scale is the largest integer. */
function meanError(kernel: Float32Array, scales: Float32Array, most: number): number {
	const channels = scales.length;
	const squares = new Float64Array(channels);
	const errors = new Float64Array(channels);
	for (let i = 0; i < kernel.length; i++) {
		const channel = i % channels;
		const [weight, scale] = [kernel[i]!, scales[channel]!];
		squares[channel]! += weight ** 2;
		errors[channel]! += (weight - nearest(weight, scale, most) * scale) ** 2;
	}
	return (
		squares.reduce((sum, square, c) => sum + (square === 0 ? 0 : Math.sqrt(errors[c]! / square)), 0) /
		channels
	);
}
