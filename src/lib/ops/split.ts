import { checkInputs, checkWhole } from './check';
import { formatValue, OpError } from './errors';
import { joined, parted, rearrangeBy } from './rearrange';
import type { Geometry, Shape } from './types';

/** Numbers of channels of the outputs, in order. */
export interface SplitOptions {
	readonly sizes: readonly number[];
}

export interface SplitGeometry extends Geometry {
	readonly sizes: readonly number[];
}

/** Deals the channels out to several outputs, in order: the inverse of concat. */
export const split = rearrangeBy<SplitOptions, SplitGeometry>(
	'split',
	{ sizes: 'numbers' },
	(inputs, options) => {
		checkInputs('split', inputs, 1);
		const [height, width, channels] = inputs[0];
		const sizes = Array.isArray(options.sizes)
			? options.sizes.map((size, i) => checkWhole('sizes', size, 1, `sizes[${i}]`))
			: [];
		const sum = sizes.reduce((total, size) => total + size, 0);
		if (sum !== channels) {
			throw new OpError({
				code: 'splitSum',
				argument: 'sizes',
				value: options.sizes,
				valid: [],
				params: { sum, channels },
				message: `sizes = ${formatValue(options.sizes)} add up to ${sum} channels; the input has ${channels}, and so must they`
			});
		}
		// They add up to something, so there is a first.
		const [first = 0, ...others] = sizes;
		const sized = (size: number): Shape => [height, width, size];
		return { inputs, outputs: [sized(first), ...others.map(sized)], sizes };
	},
	(g, output) => ({ tensor: 0, channel: joined(g.sizes, output) }),
	(g, input) => parted(g.sizes, input.channel)
);
