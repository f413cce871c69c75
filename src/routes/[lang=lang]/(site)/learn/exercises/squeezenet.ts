import { costOfFire, type FireModule } from '$lib/viz/figures/fire/modules';
import { exercise } from '../exercise';
import { layer } from '../layer';

export default {
	shape: exercise({
		draw: ({ from }) => ({
			inChannels: from([96, 128, 256]),
			s1: from([16, 24, 32]),
			e1: from([48, 64, 80]),
			e3: from([56, 72, 120])
		}),
		answer: (sizes) => costOfFire({ ...sizes, resolution: 14 }).output[2],
		mistakes: {
			squeeze: ({ s1, e1, e3 }) => s1 + e1 + e3,
			wide: ({ e3 }) => e3,
			narrow: ({ e1 }) => e1,
			input: ({ inChannels, e1, e3 }) => inChannels + e1 + e3
		}
	}),
	'fire-params': exercise({
		draw: ({ from }) => {
			const e1 = from([8, 16, 32]);
			return { inChannels: from([16, 24, 48, 64]), s1: from([2, 4, 5, 8]), e1, e3: e1 };
		},
		answer: (sizes) => fire(sizes).total.params,
		values: (sizes) => {
			const { squeeze1x1, expand1x1, expand3x3 } = fire(sizes).parts;
			return { squeeze: squeeze1x1.params, narrow: expand1x1.params, wide: expand3x3.params };
		},
		mistakes: {
			biases: (sizes) => fire(sizes).total.params - sizes.s1 - sizes.e1 - sizes.e3,
			expands: ({ inChannels, s1, e1, e3 }) =>
				s1 * (inChannels + 1) + e1 * (inChannels + 1) + e3 * (9 * inChannels + 1),
			chained: ({ inChannels, s1, e1, e3 }) => s1 * (inChannels + 1) + e1 * (s1 + 1) + e3 * (9 * e1 + 1),
			window: ({ inChannels, s1, e1, e3 }) => s1 * (inChannels + 1) + (e1 + e3) * (s1 + 1),
			squeeze: (sizes) => fire(sizes).total.params - fire(sizes).parts.squeeze1x1.params
		}
	}),
	'squeeze-saves': exercise({
		draw: ({ between, from }) => {
			const s1 = from([8, 12, 16, 24, 32]);
			return { inChannels: s1 * between(3, 10), s1, e3: from([32, 64, 128]) };
		},
		answer: ({ inChannels, s1, e3 }) => windows(inChannels, e3) / windows(s1, e3),
		mistakes: {
			squeezed: ({ s1 }) => s1,
			window: ({ inChannels, s1 }) => (9 * inChannels) / s1,
			filters: ({ inChannels, e3 }) => inChannels / e3,
			difference: ({ inChannels, s1 }) => inChannels - s1
		}
	})
};

const fire = (sizes: Omit<FireModule, 'resolution'>) => costOfFire({ ...sizes, resolution: 14 });

/** Weights of 3×3 filters that read so many channels. */
const windows = (channels: number, filters: number) =>
	layer([14, 14, channels], { outChannels: filters, kernelSize: 3, padding: 1, bias: false }).weights;
