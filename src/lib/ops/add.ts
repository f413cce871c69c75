import { checkInputs, firstShape, shapesDiffer } from './check';
import { costOf, dataOf, sizeOf, zeros } from './tensor';
import { traceBy } from './trace';
import type { Geometry, Operator } from './types';

/** Sum of two or more inputs of the same shape, value by value. */
export const add: Operator<object> = {
	kind: 'add',
	traits: { role: 'join', channels: 'own', form: 'sum' },
	fields: {},

	geometry(inputs) {
		checkInputs('add', inputs, 2, true);
		const first = firstShape(inputs);
		inputs.forEach((shape, i) => {
			if (shape.some((n, axis) => n !== first[axis])) throw shapesDiffer('add', inputs, i, 'equal shapes');
		});
		return { inputs, outputs: [first] };
	},

	weights: () => [],

	run(inputs, _, g) {
		const output = zeros(firstShape(g.inputs));
		for (let t = 0; t < g.inputs.length; t++) {
			dataOf(inputs, t).forEach((value, i) => {
				output.data[i]! += value;
			});
		}
		return [output];
	},

	...traceBy<Geometry>({
		taps: (g) => g.inputs.length,
		tap: (_, output, n) => ({ at: { ...output, tensor: n }, weight: null })
	}),

	cost: (g) => costOf(g, [], { macs: 0, otherOps: (g.inputs.length - 1) * sizeOf(firstShape(g.inputs)) }),
	spatial: () => ({ kind: 'pointwise' }),
	channelsRead: (g, { channel }) => g.inputs.map((_, tensor) => ({ tensor, start: channel, count: 1 })),
	feeds: (_, input) => [{ ...input, tensor: 0 }]
};
