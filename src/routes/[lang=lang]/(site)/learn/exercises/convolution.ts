import { avgPool } from '$lib/ops/avgPool';
import { batchNorm } from '$lib/ops/batchNorm';
import { maxPool } from '$lib/ops/maxPool';
import { relu } from '$lib/ops/relu';
import { tensor, type Shape } from '$lib/ops';
import { seenBy } from '$lib/viz/figures/receptiveField/stacks';
import { sharesOf } from '$lib/viz/figures/softmax/shares';
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
	rectified: exercise({
		// Multiples of four, so that their mean is whole; one of them is above zero.
		draw: ({ between }) => ({
			...{ a: 4 * between(-5, 6), b: 4 * between(-5, -1) },
			...{ c: 4 * between(1, 8), d: 4 * between(-3, 6) }
		}),
		answer: (four) => meanOf(rectify(valuesOf(four))),
		values: (four) => {
			const [ra = 0, rb = 0, rc = 0, rd = 0] = rectify(valuesOf(four));
			return { ra, rb, rc, rd };
		},
		mistakes: {
			unrectified: (four) => meanOf(valuesOf(four)),
			sum: (four) => 4 * meanOf(rectify(valuesOf(four))),
			largest: (four) => Math.max(...valuesOf(four)),
			positive: (four) =>
				(4 * meanOf(rectify(valuesOf(four)))) / valuesOf(four).filter((value) => value > 0).length
		}
	}),
	normed: exercise({
		draw: ({ between, from }) => {
			const [mean, deviation] = [between(5, 20), from([2, 3, 4, 5])];
			return {
				...{ mean, deviation, gamma: from([2, 3, 4, 5]), beta: between(1, 9) },
				value: mean + deviation * between(2, 6)
			};
		},
		answer: (sizes) => normalized(sizes),
		values: ({ value, mean, deviation }) => ({ standard: (value - mean) / deviation }),
		mistakes: {
			shift: (sizes) => normalized({ ...sizes, beta: 0 }),
			scale: (sizes) => normalized({ ...sizes, gamma: 1 }),
			mean: (sizes) => normalized({ ...sizes, mean: 0 }),
			deviation: (sizes) => normalized({ ...sizes, deviation: 1 })
		}
	}),
	pooled: exercise({
		draw: ({ between, from }) => {
			const times = from([2, 3, 4]);
			return { times, side: 2 ** times * between(3, 9) };
		},
		answer: ({ side, times }) => pooledRows(side, times),
		mistakes: {
			once: ({ side }) => pooledRows(side, 1),
			places: ({ side, times }) => side / 4 ** times,
			off: ({ side, times }) => side - times
		}
	}),
	softened: exercise({
		draw: ({ between }) => ({ a: between(5, 40), b: between(2, 30), c: between(1, 20) }),
		digits: 1,
		answer: ({ a, b, c }) => 100 * sharesOf([a, b, c].map(Math.log))[0]!,
		values: ({ a, b, c }) => ({ sum: a + b + c }),
		mistakes: {
			others: ({ a, b, c }) => (100 * a) / (b + c),
			largest: ({ a, b, c }) => (100 * a) / Math.max(a, b, c),
			even: () => 100 / 3
		}
	}),
	erring: exercise({
		draw: ({ between, from }) => {
			const pictures = from([500, 1000, 2000, 5000]);
			const first = Math.round((pictures * between(55, 75)) / 100);
			return { pictures, first, more: Math.round((pictures * between(12, 20)) / 100) };
		},
		digits: 1,
		answer: ({ pictures, first, more }) => (100 * (pictures - first - more)) / pictures,
		values: ({ pictures, first, more }) => ({ right: first + more, wrong: pictures - first - more }),
		mistakes: {
			accuracy: ({ pictures, first, more }) => (100 * (first + more)) / pictures,
			topOne: ({ pictures, first }) => (100 * (pictures - first)) / pictures,
			between: ({ pictures, more }) => (100 * (pictures - more)) / pictures
		}
	}),
	'field-of-three': exercise({
		draw: ({ from }) => ({
			...{ k1: from([3, 5, 7]), s1: from([1, 2, 2]) },
			...{ k2: from([3, 5]), s2: from([1, 2]), k3: from([3, 5]) }
		}),
		answer: (sizes) => threeSeen(sizes)[2]!.size,
		values: (sizes) => {
			const [one, two] = threeSeen(sizes);
			return { j1: one!.jump, r2: two!.size, j2: two!.jump };
		},
		mistakes: {
			strides: (sizes) => threeSeen({ ...sizes, s1: 1, s2: 1 })[2]!.size,
			late: ({ k1, s1, k2, s2, k3 }) => 1 + (k1 - 1) * s1 + (k2 - 1) * s1 * s2 + (k3 - 1) * s1 * s2,
			sum: ({ k1, k2, k3 }) => k1 + k2 + k3,
			last: ({ k3 }) => k3
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

type Four = Readonly<Record<'a' | 'b' | 'c' | 'd', number>>;
const valuesOf = ({ a, b, c, d }: Four): readonly number[] => [a, b, c, d];

/** Values of a map of 2×2 after a ReLU. */
function rectify(values: readonly number[]): readonly number[] {
	const input = tensor([2, 2, 1] as const, values);
	return [...relu.run([input], {}, relu.geometry([input.shape], {}))[0]!.data];
}

/** What average pooling leaves of a map of 2×2. */
function meanOf(values: readonly number[]): number {
	const input = tensor([2, 2, 1] as const, values);
	const geometry = avgPool.geometry([input.shape], { kernelSize: 2, stride: 2 });
	return avgPool.run([input], {}, geometry)[0]!.data[0]!;
}

function pooledRows(side: number, times: number): number {
	let shape: Shape = [side, side, 1];
	for (let i = 0; i < times; i++) shape = maxPool.geometry([shape], { kernelSize: 2, stride: 2 }).outputs[0];
	return shape[0];
}

interface Normed {
	readonly value: number;
	readonly mean: number;
	readonly deviation: number;
	readonly gamma: number;
	readonly beta: number;
}

/** Batch norm of one value; its epsilon, without which it divides by nothing, is too small to be seen. */
function normalized({ value, mean, deviation, gamma, beta }: Normed): number {
	const input = tensor([1, 1, 1] as const, [value]);
	const weights = Object.fromEntries(
		Object.entries({ gamma, beta, mean, variance: deviation ** 2 }).map(([name, of]) => [
			name,
			tensor([1], [of])
		])
	);
	const geometry = batchNorm.geometry([input.shape], { epsilon: 1e-12 });
	return Number(batchNorm.run([input], weights, geometry)[0]!.data[0]!.toFixed(6));
}

interface Three {
	readonly k1: number;
	readonly s1: number;
	readonly k2: number;
	readonly s2: number;
	readonly k3: number;
}

/** What is seen behind three convolutions. */
const threeSeen = ({ k1, s1, k2, s2, k3 }: Three) =>
	seenBy(
		[
			{ kernel: k1, stride: s1 },
			{ kernel: k2, stride: s2 },
			{ kernel: k3, stride: 1 }
		].map((layer) => ({ kind: 'convolution', dilation: 1, ...layer })),
		64
	);

interface Plain {
	readonly side: number;
	readonly kernel: number;
	readonly channels: number;
	readonly filters: number;
}

/** A standard convolution without padding and bias. */
const plain = ({ side, kernel, channels, filters }: Plain) =>
	layer([side, side, channels], { outChannels: filters, kernelSize: kernel, bias: false });
