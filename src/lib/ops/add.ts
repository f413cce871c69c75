import { broadcastGeometry, cellsFed, outputOf, sourceIndices, sourceOf } from './broadcast';
import { cellAt, costOf, dataOf, sizeOf, zeros } from './tensor';
import { traceBy } from './trace';
import type { Geometry, Operator } from './types';

/** Sum of two or more inputs, value by value; an input of a single row, column or channel is added to all of them. */
export const add: Operator<object> = {
	kind: 'add',
	traits: { role: 'join', channels: 'mixed', form: 'sum' },
	fields: {},
	geometry: (inputs) => broadcastGeometry('add', inputs, 2, true),
	weights: () => [],

	run(inputs, _, g) {
		const output = zeros(outputOf(g));
		for (let t = 0; t < g.inputs.length; t++) {
			const data = dataOf(inputs, t);
			const source = sourceIndices(g, t);
			for (let i = 0; i < output.data.length; i++)
				output.data[i]! += data[source(i, cellAt(output.shape, i))]!;
		}
		return [output];
	},

	...traceBy<Geometry>({
		taps: (g) => g.inputs.length,
		tap: (g, output, n) => ({ at: sourceOf(g, n, output), weight: null })
	}),

	cost: (g) => costOf(g, [], { macs: 0, otherOps: (g.inputs.length - 1) * sizeOf(outputOf(g)) }),
	spatial: () => ({ kind: 'pointwise' }),
	channelsRead: (g, { channel }) =>
		g.inputs.map(([, , channels], tensor) => ({ tensor, start: channels === 1 ? 0 : channel, count: 1 })),
	feeds: cellsFed
};
