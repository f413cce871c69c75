import { checkInputs, shapesDiffer } from './check';
import { joined, parted, rearrangeBy } from './rearrange';
import type { Geometry } from './types';

const channelsOf = (g: Geometry) => g.inputs.map((shape) => shape[2]);

/** Puts the channels of two or more inputs of the same height and width one behind the other. */
export const concat = rearrangeBy<object, Geometry>(
	'concat',
	{},
	(inputs) => {
		checkInputs('concat', inputs, 2, true);
		const [height, width] = inputs[0];
		inputs.forEach((shape, i) => {
			if (shape[0] !== height || shape[1] !== width) {
				throw shapesDiffer('concat', inputs, i, 'the same height and width');
			}
		});
		const channels = inputs.reduce((sum, shape) => sum + shape[2], 0);
		return { inputs, outputs: [[height, width, channels]] };
	},
	(g, output) => parted(channelsOf(g), output.channel),
	(g, input) => ({ tensor: 0, channel: joined(channelsOf(g), input) })
);
