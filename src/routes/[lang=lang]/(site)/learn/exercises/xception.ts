import { exercise } from '../exercise';
import { layer } from '../layer';

export default {
	segments: exercise({
		draw: ({ between, from }) => {
			const segments = between(2, 6);
			return { segments, channels: segments * from([2, 4, 5, 8]) };
		},
		answer: ({ segments, channels }) => windows(channels, segments).weights,
		values: ({ segments, channels }) => ({ each: channels / segments }),
		mistakes: {
			segments: ({ channels }) => 9 * channels ** 2,
			one: ({ segments, channels }) => 9 * (channels / segments) ** 2,
			extreme: ({ channels }) => 9 * channels,
			window: ({ segments, channels }) => channels ** 2 / segments
		}
	}),
	seen: exercise({
		draw: ({ from }) => ({ kernel: from([3, 5, 7]), channels: from([4, 6, 8, 12, 16, 32, 64]) }),
		answer: ({ kernel, channels }) =>
			layer([14, 14, channels], {
				outChannels: channels,
				groups: channels,
				kernelSize: kernel,
				padding: 'same'
			}).taps,
		values: ({ kernel, channels }) => ({
			after: layer([14, 14, channels], { outChannels: channels, kernelSize: kernel, padding: 'same' }).taps
		}),
		mistakes: {
			after: ({ kernel, channels }) => kernel ** 2 * channels,
			order: ({ channels }) => channels,
			sum: ({ kernel, channels }) => kernel ** 2 + channels,
			side: ({ kernel }) => kernel
		}
	})
};

/** 3×3 convolutions over segments of the channels. */
const windows = (channels: number, segments: number) =>
	layer([14, 14, channels], {
		...{ outChannels: channels, groups: segments },
		...{ kernelSize: 3, padding: 1, bias: false }
	});
