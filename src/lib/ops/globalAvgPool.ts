import { checkInputs } from './check';
import { costOf, dataOf, sizeOf, zeros } from './tensor';
import { traceBy } from './trace';
import type { Geometry, Operator, Shape } from './types';

/** Average of each channel over all positions: `[h, w, c]` to `[1, 1, c]`. */
export const globalAvgPool: Operator<object> = {
	kind: 'globalAvgPool',
	traits: { role: 'pool', channels: 'own', form: 'average' },
	fields: {},

	geometry(inputs) {
		checkInputs('globalAvgPool', inputs, 1);
		return { inputs, outputs: [[1, 1, inputs[0][2]]] };
	},

	weights: () => [],

	run(inputs, _, g) {
		const shape = g.inputs[0];
		const x = dataOf(inputs, 0);
		const output = zeros<Shape>([1, 1, shape[2]]);
		for (let i = 0; i < x.length; i++) output.data[i % shape[2]]! += x[i]!;
		for (let c = 0; c < shape[2]; c++) output.data[c]! /= positions(g);
		return [output];
	},

	...traceBy<Geometry>({
		taps: positions,
		tap(g, output, n) {
			const [, width] = g.inputs[0];
			const at = { tensor: 0, y: Math.floor(n / width), x: n % width, channel: output.channel };
			return { at, weight: null };
		},
		finish: (sum, _, __, g) => sum / positions(g)
	}),

	cost: (g) => costOf(g, [], { macs: 0, otherOps: sizeOf(g.inputs[0]) + sizeOf(g.outputs[0]) }),
	spatial: () => ({ kind: 'global' }),
	channelsRead: (_, output) => [{ tensor: 0, start: output.channel, count: 1 }],
	feeds: (_, { channel }) => [{ tensor: 0, y: 0, x: 0, channel }]
};

function positions(g: Geometry): number {
	const [height, width] = g.inputs[0];
	return height * width;
}
