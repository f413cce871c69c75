import { integersFor, mostActivationBits, toIntegers } from '$lib/nets/quantization/integers';
import { roofAt } from '$lib/viz/figures/roofline/roof';
import { exercise } from '../exercise';
import { layer } from '../layer';

/** The largest integer of an activation. */
const most = 2 ** mostActivationBits - 1;

/** Integers for values from `-low` on, of which so many steps make a unit. */
const codes = ({ steps, low }: { readonly steps: number; readonly low: number }) =>
	integersFor({ low: -low, high: most / steps - low }, mostActivationBits);

export default {
	'code-of': exercise({
		draw: ({ between, from }) => {
			const steps = from([5, 8, 10, 12]);
			const low = between(1, Math.floor(most / 2 / steps));
			return { steps, low, value: between(1, Math.floor(most / steps) - low) };
		},
		answer: (sizes) => toIntegers([sizes.value], codes(sizes))[0]!,
		values: (sizes) => ({ zero: codes(sizes).zeroPoint }),
		mistakes: {
			unshifted: ({ steps, value }) => steps * value,
			unscaled: ({ steps, low, value }) => steps * value + low,
			wrongWay: ({ steps, low, value }) => steps * (value - low)
		}
	}),
	'flops-per-byte': exercise({
		draw: ({ from }) => ({
			side: from([7, 14, 28]),
			channels: from([32, 64, 128, 256]),
			filters: from([32, 64, 128, 256])
		}),
		answer: (sizes) => intensity(pointwise(sizes)),
		digits: 1,
		values: (sizes) => moved(pointwise(sizes)),
		mistakes: {
			macs: (sizes) => intensity(pointwise(sizes)) / 2,
			numbers: (sizes) => 4 * intensity(pointwise(sizes)),
			weights: (sizes) => of(pointwise(sizes), ({ read, written }) => read + written),
			output: (sizes) => of(pointwise(sizes), ({ read, weights }) => read + weights),
			input: (sizes) => of(pointwise(sizes), ({ weights, written }) => weights + written)
		}
	}),
	'share-of-peak': exercise({
		draw: ({ from }) => ({
			side: from([28, 56, 112]),
			channels: from([32, 64, 128]),
			balance: from([4, 5, 8, 10, 16, 20])
		}),
		answer: (sizes) => 100 * roofAt(intensity(depthwise(sizes)), { peak: 1, balance: sizes.balance }),
		values: (sizes) => {
			const values = moved(depthwise(sizes));
			return { ...values, could: sizes.balance * values.bytes };
		},
		digits: 1,
		mistakes: {
			macs: (sizes) => (50 * intensity(depthwise(sizes))) / sizes.balance,
			numbers: (sizes) => Math.min(100, (400 * intensity(depthwise(sizes))) / sizes.balance),
			part: (sizes) => intensity(depthwise(sizes)) / sizes.balance,
			inverse: (sizes) => (100 * sizes.balance) / intensity(depthwise(sizes))
		}
	}),
	'cut-and-mixed': exercise({
		draw: ({ between, from }) => {
			const groups = between(2, 4);
			return { groups, channels: groups * from([4, 6, 8]), side: between(4, 8) };
		},
		answer: ({ side, channels, groups }) =>
			2 * pointwiseMacs({ side, channels, groups }) + depthwise({ side, channels }).macs,
		values: ({ side, channels, groups }) => ({
			grouped: pointwiseMacs({ side, channels, groups }),
			depthwise: depthwise({ side, channels }).macs
		}),
		mistakes: {
			ungrouped: ({ side, channels }) => side ** 2 * (2 * channels ** 2 + 9 * channels),
			one: ({ side, channels, groups }) => side ** 2 * (channels ** 2 / groups + 9 * channels),
			square: ({ side, channels, groups }) => side ** 2 * (2 * (channels / groups) ** 2 + 9 * channels),
			window: ({ side, channels, groups }) => side ** 2 * ((2 * channels ** 2) / groups + channels),
			places: ({ channels, groups }) => (2 * channels ** 2) / groups + 9 * channels
		}
	})
};

interface Sizes {
	readonly side: number;
	readonly channels: number;
}

/** A layer, and the numbers that it moves: each of its tensors once. */
interface Moving {
	readonly macs: number;
	readonly read: number;
	readonly weights: number;
	readonly written: number;
}

const moving = ({ side, channels }: Sizes, options: Parameters<typeof layer>[1]): Moving => {
	const { macs, weights, output } = layer([side, side, channels], { bias: false, ...options });
	return { macs, read: side ** 2 * channels, weights, written: output[0] * output[1] * output[2] };
};
const pointwise = ({ filters, ...sizes }: Sizes & { readonly filters: number }) =>
	moving(sizes, { outChannels: filters, kernelSize: 1 });
const depthwise = (sizes: Sizes) =>
	moving(sizes, {
		...{ outChannels: sizes.channels, groups: sizes.channels },
		...{ kernelSize: 3, padding: 'same' }
	});
const pointwiseMacs = ({ groups, ...sizes }: Sizes & { readonly groups: number }) =>
	moving(sizes, { outChannels: sizes.channels, kernelSize: 1, groups }).macs;

/** FLOPs for each byte of so many 32-bit numbers. */
const of = (layer: Moving, numbers: (layer: Moving) => number) => (2 * layer.macs) / (4 * numbers(layer));
const intensity = (layer: Moving) => of(layer, ({ read, weights, written }) => read + weights + written);
/** What the words name of it. */
const moved = ({ macs, read, weights, written }: Moving) => ({
	...{ macs, read, weights, written, flops: 2 * macs },
	bytes: 4 * (read + weights + written)
});
