import { checkInputs } from './check';
import { cellIndex, costOf, dataOf, sizeOf, zeros } from './tensor';
import { traceBy } from './trace';
import type { Cell, Geometry, Operator } from './types';

/**
 * Softmax over the channels of each position. The value of channel c is `1 / Σⱼ exp(xⱼ - x_c)`, which is
 * `exp(x_c) / Σⱼ exp(xⱼ)` without its overflow; a tap adds one `exp`.
 */
export const softmax: Operator<object> = {
	kind: 'softmax',
	traits: { role: 'activation', channels: 'mixed', form: 'softmax' },
	fields: {},

	geometry(inputs) {
		checkInputs('softmax', inputs, 1);
		return { inputs, outputs: inputs };
	},

	weights: () => [],

	run(inputs, _, g) {
		const shape = g.inputs[0];
		const channels = shape[2];
		const x = dataOf(inputs, 0);
		const output = zeros(shape);
		for (let start = 0; start < x.length; start += channels) {
			const values = x.subarray(start, start + channels);
			const max = values.reduce((a, b) => Math.max(a, b), -Infinity);
			const powers = values.map((value) => Math.exp(value - max));
			const sum = powers.reduce((a, b) => a + b, 0);
			output.data.set(
				powers.map((power) => power / sum),
				start
			);
		}
		return [output];
	},

	...traceBy<Geometry>({
		taps: (g) => g.inputs[0][2],
		tap: (_, output, n) => ({ at: { ...output, channel: n }, weight: null }),
		contribution: (value, output, inputs) =>
			Math.exp(value - dataOf(inputs, 0)[cellIndex(inputs[0]!.shape, output)]!),
		finish: (sum) => 1 / sum
	}),

	/** Maximum, difference, power, sum and quotient of each value. */
	cost: (g) => costOf(g, [], { macs: 0, otherOps: 5 * sizeOf(g.inputs[0]) }),
	spatial: () => ({ kind: 'pointwise' }),
	channelsRead: (g) => [{ tensor: 0, start: 0, count: g.inputs[0][2] }],
	feeds: (g, input) => Array.from({ length: g.inputs[0][2] }, (_, channel): Cell => ({ ...input, channel }))
};
