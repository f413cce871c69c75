import { checkInputs, checkNumber } from './check';
import { costOf, dataOf, zeros } from './tensor';
import { traceBy } from './trace';
import type { Geometry, Operator, Shape } from './types';
import { checkSides, paddedSize, type Sides } from './window';

/** Rows and columns on each side, or one number for all; `value` is 0 by default. */
export interface PadOptions {
	readonly padding: number | Sides;
	readonly value?: number;
}

export interface PadGeometry extends Geometry {
	readonly padding: Sides;
	readonly value: number;
}

/** Puts rows and columns of one value around the input. */
export const pad: Operator<PadOptions, PadGeometry> = {
	kind: 'pad',
	traits: { role: 'rearrange', channels: 'own', form: 'copy' },
	fields: { padding: 'padding', value: 'number?' },

	geometry(inputs, options) {
		checkInputs('pad', inputs, 1);
		const padding = checkSides(options.padding);
		const value = checkNumber('value', options.value ?? 0, () => true, 'that is finite', 0);
		const [height, width, channels] = inputs[0];
		const { top, bottom, left, right } = padding;
		const size = [paddedSize(0, height, top, bottom), paddedSize(1, width, left, right)] as const;
		return { inputs, outputs: [[...size, channels]], padding, value };
	},

	weights: () => [],

	run(inputs, _, g) {
		const [height, width, channels] = g.inputs[0];
		const x = dataOf(inputs, 0);
		const output = zeros<Shape>(g.outputs[0]!);
		output.data.fill(g.value);
		for (let y = 0; y < height; y++) {
			const to = ((y + g.padding.top) * g.outputs[0]![1] + g.padding.left) * channels;
			output.data.set(x.subarray(y * width * channels, (y + 1) * width * channels), to);
		}
		return [output];
	},

	...traceBy<PadGeometry>({
		taps: () => 1,
		tap: ({ padding }, output) => ({
			at: { ...output, y: output.y - padding.top, x: output.x - padding.left },
			weight: null
		}),
		padding: ({ value }) => value
	}),

	cost: (g) => costOf(g, [], { macs: 0, otherOps: 0 }),
	spatial: ({ padding: { top, left } }) => ({
		...{ kind: 'window', kernelSize: [1, 1], stride: [1, 1], dilation: [1, 1] },
		padding: [top, left]
	}),
	channelsRead: (_, output) => [{ tensor: 0, start: output.channel, count: 1 }],
	feeds: ({ padding }, input) => [{ ...input, y: input.y + padding.top, x: input.x + padding.left }]
};
