import { dense } from '$lib/ops/dense';
import { exercise } from '../exercise';

export default {
	size: exercise({
		draw: ({ between, from }) => ({
			side: between(2, 5),
			channels: from([8, 10, 12, 20]),
			neurons: from([10, 25, 50]),
			bits: from([8, 16, 32])
		}),
		answer: (sizes) => (weights(sizes) * sizes.bits) / 8,
		values: (sizes) => ({
			inputs: sizes.side ** 2 * sizes.channels,
			weights: weights(sizes),
			bytes: sizes.bits / 8
		}),
		mistakes: {
			bytes: (sizes) => weights(sizes) * sizes.bits,
			bits: (sizes) => weights(sizes),
			depth: (sizes) => (weights(sizes) * sizes.bits) / 8 / sizes.channels,
			side: (sizes) => (weights(sizes) * sizes.bits) / 8 / sizes.side,
			neurons: (sizes) => (weights(sizes) * sizes.bits) / 8 / sizes.neurons
		}
	})
};

/** Weights of a fully connected layer over a map. */
function weights({ side, channels, neurons }: Readonly<Record<'side' | 'channels' | 'neurons', number>>) {
	const geometry = dense.geometry([[side, side, channels]], { outChannels: neurons, bias: false });
	return dense.cost(geometry).params.weight;
}
