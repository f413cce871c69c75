import { layerMacs } from '$lib/viz/figures/ratio/saving';
import { exercise } from '../exercise';
import { layer } from '../layer';

export default {
	'saving-of-sixty-four': exercise({
		draw: ({ from }) => ({ kernel: from([3, 5]), filters: from([8, 12, 16, 24, 32, 48, 64, 96, 128]) }),
		answer: (sizes) => {
			const { standard, depthwise, pointwise } = layerMacs(sizes);
			return standard / (depthwise + pointwise);
		},
		digits: 1,
		values: ({ kernel }) => ({ window: kernel ** 2 }),
		mistakes: {
			pointwise: ({ kernel }) => kernel ** 2,
			depthwise: ({ filters }) => filters,
			sum: ({ kernel, filters }) => kernel ** 2 + filters,
			share: ({ kernel, filters }) => 1 / filters + 1 / kernel ** 2
		}
	}),
	'depthwise-weights': exercise({
		draw: ({ from }) => ({ kernel: from([3, 5]), channels: from([16, 24, 32, 48, 64, 96, 128]) }),
		answer: ({ kernel, channels }) =>
			layer([14, 14, channels], { outChannels: channels, groups: channels, kernelSize: kernel, bias: false })
				.weights,
		values: ({ kernel, channels }) => ({
			window: kernel ** 2,
			pointwise: layer([14, 14, channels], { outChannels: channels, kernelSize: 1, bias: false }).weights,
			standard: layer([14, 14, channels], { outChannels: channels, kernelSize: kernel, bias: false }).weights
		}),
		mistakes: {
			channels: ({ kernel }) => kernel ** 2,
			standard: ({ kernel, channels }) => kernel ** 2 * channels ** 2,
			pointwise: ({ channels }) => channels ** 2,
			both: ({ kernel, channels }) => kernel ** 2 * channels + channels ** 2
		}
	}),
	'separable-macs': exercise({
		draw: ({ between, from }) => ({
			side: between(4, 8),
			channels: from([3, 4, 6, 8]),
			filters: from([5, 10, 12])
		}),
		answer: (sizes) => depthwise(sizes).macs + pointwise(sizes).macs,
		values: (sizes) => ({ depthwise: depthwise(sizes).macs, pointwise: pointwise(sizes).macs }),
		mistakes: {
			standard: ({ side, channels, filters }) => 9 * side ** 2 * channels * filters,
			depthwiseOnly: ({ side, channels }) => 9 * side ** 2 * channels,
			pointwiseOnly: ({ side, channels, filters }) => side ** 2 * channels * filters,
			places: ({ channels, filters }) => 9 * channels + channels * filters,
			filters: ({ side, channels, filters }) => 9 * side ** 2 * filters + side ** 2 * channels * filters
		}
	})
};

interface Separable {
	readonly side: number;
	readonly channels: number;
	readonly filters: number;
}

const depthwise = ({ side, channels }: Separable) =>
	layer([side, side, channels], {
		...{ outChannels: channels, groups: channels },
		...{ kernelSize: 3, padding: 'same', bias: false }
	});
const pointwise = ({ side, channels, filters }: Separable) =>
	layer([side, side, channels], { outChannels: filters, kernelSize: 1, bias: false });
