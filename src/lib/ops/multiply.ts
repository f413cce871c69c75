import { broadcastGeometry, cellsFed, outputOf, sourceIndices, sourceOf } from './broadcast';
import { cellAt, costOf, dataOf, sizeOf, zeros } from './tensor';
import { traceBy } from './trace';
import type { Geometry, Operator } from './types';

/** Product of two inputs, value by value; one of a single position is a factor for each channel, one of a single channel for each position. */
export const multiply: Operator<object> = {
	kind: 'multiply',
	traits: { role: 'join', channels: 'mixed', form: 'product' },
	fields: {},
	geometry: (inputs) => broadcastGeometry('multiply', inputs, 2, false),
	weights: () => [],

	run(inputs, _, g) {
		const output = zeros(outputOf(g));
		const [first, second] = [dataOf(inputs, 0), dataOf(inputs, 1)];
		const [a, b] = [sourceIndices(g, 0), sourceIndices(g, 1)];
		for (let i = 0; i < output.data.length; i++) {
			const cell = cellAt(output.shape, i);
			output.data[i] = first[a(i, cell)]! * second[b(i, cell)]!;
		}
		return [output];
	},

	...traceBy<Geometry>({
		taps: () => 2,
		tap: (g, output, n) => ({ at: sourceOf(g, n, output), weight: null }),
		start: 1,
		combine: (result, value) => result * value
	}),

	cost: (g) => costOf(g, [], { macs: 0, otherOps: sizeOf(outputOf(g)) }),
	spatial: () => ({ kind: 'pointwise' }),
	channelsRead: (g, { channel }) =>
		g.inputs.map(([, , channels], tensor) => ({ tensor, start: channels === 1 ? 0 : channel, count: 1 })),
	feeds: cellsFed
};
