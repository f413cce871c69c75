import { middleOf } from '$lib/viz/figures/equalCost/bottlenecks';
import type { Shape } from '$lib/ops/types';
import { layer } from './layer';

/** Weights and MACs of a unit that halves the size and doubles the channels: as ShuffleNet has it, its branch concatenated to the pooled input, and as ResNet would, added to a 1×1 convolution of it. */
export function stridedUnits(input: Shape, groups: number) {
	const [inChannels, outChannels] = [input[2], 2 * input[2]];
	const middle = middleOf(outChannels);
	const pointwise = { kernelSize: 1, bias: false } as const;
	const first = layer(input, { ...pointwise, groups, outChannels: middle });
	const window = layer(first.output, {
		...{ kernelSize: 3, stride: 2, padding: 1, bias: false },
		...{ groups: middle, outChannels: middle }
	});
	const last = (channels: number) => layer(window.output, { ...pointwise, groups, outChannels: channels });
	const projection = layer(input, { ...pointwise, stride: 2, outChannels });
	return {
		concatenated: sumOf([first, window, last(outChannels - inChannels)]),
		projected: sumOf([first, window, last(outChannels), projection])
	};
}

function sumOf(layers: readonly { readonly weights: number; readonly macs: number }[]) {
	const sum = (of: 'weights' | 'macs') => layers.reduce((total, layer) => total + layer[of], 0);
	return { weights: sum('weights'), macs: sum('macs') };
}

/** For each place of a unit of stride 1: its MACs, and the values that its three convolutions read and write. */
export function unitMoves(channels: number, groups: number) {
	const middle = middleOf(channels);
	const place: Shape = [1, 1, channels];
	const pointwise = { kernelSize: 1, groups, bias: false } as const;
	const first = layer(place, { ...pointwise, outChannels: middle });
	const window = layer(first.output, {
		...{ kernelSize: 3, padding: 1, bias: false },
		...{ groups: middle, outChannels: middle }
	});
	const last = layer(window.output, { ...pointwise, outChannels: channels });
	return {
		macs: first.macs + window.macs + last.macs,
		values: channels + middle + (middle + middle) + (middle + channels)
	};
}
