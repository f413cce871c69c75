import { checkInputs } from './check';
import { costOf, dataOf, sizeOf, zeros } from './tensor';
import { traceBy } from './trace';
import type { Geometry, Operator, Shape } from './types';

/** Maximum of each channel over all positions: `[h, w, c]` to `[1, 1, c]`. */
export const globalMaxPool: Operator<object> = {
	kind: 'globalMaxPool',
	traits: { role: 'pool', channels: 'own', form: 'max' },
	fields: {},

	geometry(inputs) {
		checkInputs('globalMaxPool', inputs, 1);
		return { inputs, outputs: [[1, 1, inputs[0][2]]] };
	},

	weights: () => [],

	run(inputs, _, g) {
		const shape = g.inputs[0];
		const output = zeros<Shape>([1, 1, shape[2]]);
		output.data.fill(-Infinity);
		dataOf(inputs, 0).forEach((value, i) => {
			output.data[i % shape[2]] = Math.max(output.data[i % shape[2]]!, value);
		});
		return [output];
	},

	...traceBy<Geometry>({
		taps: (g) => sizeOf(g.inputs[0].slice(0, 2)),
		tap(g, output, n) {
			const [, width] = g.inputs[0];
			return {
				at: { tensor: 0, y: Math.floor(n / width), x: n % width, channel: output.channel },
				weight: null
			};
		},
		start: -Infinity,
		combine: Math.max
	}),

	cost: (g) => costOf(g, [], { macs: 0, otherOps: sizeOf(g.inputs[0]) }),
	spatial: () => ({ kind: 'global' }),
	channelsRead: (_, output) => [{ tensor: 0, start: output.channel, count: 1 }],
	feeds: (_, { channel }) => [{ tensor: 0, y: 0, x: 0, channel }]
};
