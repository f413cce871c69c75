import { exercise } from '../exercise';
import { layer } from '../layer';

export default {
	planes: exercise({
		draw: ({ from }) => ({ kernel: from([3, 5]), channels: from([8, 16, 24, 32, 48, 64, 96, 128]) }),
		answer: ({ kernel, channels }) =>
			layer([8, 8, channels], { outChannels: 1, kernelSize: kernel, bias: false }).weights,
		mistakes: {
			depth: ({ kernel }) => kernel ** 2,
			window: ({ channels }) => channels,
			row: ({ kernel, channels }) => kernel * channels,
			bias: ({ kernel, channels }) => kernel ** 2 * channels + 1
		}
	}),
	params: exercise({
		draw: ({ from }) => ({
			kernel: from([3, 5]),
			channels: from([2, 3, 4, 6, 8, 10]),
			filters: from([4, 5, 8, 10, 12, 16, 20])
		}),
		answer: ({ kernel, channels, filters }) =>
			layer([8, 8, channels], { outChannels: filters, kernelSize: kernel }).params,
		values: ({ kernel, channels }) => ({
			each: layer([8, 8, channels], { outChannels: 1, kernelSize: kernel, bias: false }).weights
		}),
		mistakes: {
			biases: ({ kernel, channels, filters }) => kernel ** 2 * channels * filters,
			oneBias: ({ kernel, channels, filters }) => kernel ** 2 * channels * filters + 1,
			planeBiases: ({ kernel, channels, filters }) => (kernel ** 2 + 1) * channels * filters,
			depth: ({ kernel, filters }) => (kernel ** 2 + 1) * filters,
			filters: ({ kernel, channels }) => kernel ** 2 * channels + 1
		}
	}),
	strided: exercise({
		draw: ({ between, from }) => ({
			side: between(7, 12),
			kernel: from([3, 5]),
			stride: from([2, 3]),
			padding: from([0, 1, 2])
		}),
		answer: ({ side, kernel, stride, padding }) =>
			layer([side, side, 1], { outChannels: 1, kernelSize: kernel, stride, padding }).output[0],
		values: ({ side, kernel, padding }) => ({ room: side + 2 * padding - kernel }),
		mistakes: {
			padding: ({ side, kernel, stride }) => Math.floor((side - kernel) / stride) + 1,
			oneSide: ({ side, kernel, stride, padding }) => Math.floor((side + padding - kernel) / stride) + 1,
			start: ({ side, kernel, stride, padding }) => Math.floor((side + 2 * padding - kernel) / stride),
			up: ({ side, kernel, stride, padding }) => Math.ceil((side + 2 * padding - kernel) / stride) + 1,
			stride: ({ side, kernel, padding }) => side + 2 * padding - kernel + 1,
			kernel: ({ side, stride }) => Math.ceil(side / stride)
		}
	}),
	macs: exercise({
		draw: ({ between, from }) => ({
			side: between(6, 9),
			kernel: from([3, 5]),
			channels: from([2, 3, 4, 8]),
			filters: from([4, 5, 6, 10])
		}),
		answer: (sizes) => plain(sizes).macs,
		values: (sizes) => ({ rows: plain(sizes).output[0], each: plain(sizes).taps }),
		mistakes: {
			places: (sizes) => plain(sizes).weights,
			input: (sizes) => plain(sizes).weights * sizes.side ** 2,
			depth: (sizes) => plain(sizes).macs / sizes.channels,
			filters: (sizes) => plain(sizes).macs / sizes.filters,
			values: ({ filters, ...sizes }) => plain({ filters, ...sizes }).output[0] ** 2 * filters,
			flops: (sizes) => 2 * plain(sizes).macs
		}
	}),
	'one-by-one': exercise({
		draw: ({ between, from }) => ({
			side: between(4, 8),
			channels: from([3, 5, 6, 8, 10, 12]),
			filters: from([2, 4, 5, 7, 10, 16, 20])
		}),
		answer: ({ side, channels, filters }) =>
			layer([side, side, channels], { outChannels: filters, kernelSize: 1, bias: false }).macs,
		values: ({ side, channels, filters }) => ({ places: side ** 2, weights: channels * filters }),
		mistakes: {
			places: ({ channels, filters }) => channels * filters,
			depth: ({ side, filters }) => side ** 2 * filters,
			filters: ({ side, channels }) => side ** 2 * channels,
			window: ({ side, channels, filters }) => 9 * side ** 2 * channels * filters
		}
	})
};

interface Plain {
	readonly side: number;
	readonly kernel: number;
	readonly channels: number;
	readonly filters: number;
}

/** A standard convolution without padding and bias. */
const plain = ({ side, kernel, channels, filters }: Plain) =>
	layer([side, side, channels], { outChannels: filters, kernelSize: kernel, bias: false });
