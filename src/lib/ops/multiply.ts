import { checkInputs, firstShape, shapesDiffer } from './check';
import { cellAt, costOf, dataOf, sizeOf, zeros } from './tensor';
import { traceBy } from './trace';
import type { Cell, Geometry, Operator, Shape } from './types';

export interface MultiplyGeometry extends Geometry {
	/** The second input is `[1, 1, c]`: one factor a channel. */
	readonly channelWise: boolean;
}

/** Product of two inputs, value by value: of the same shape, or `[h, w, c]` and a factor for each channel, `[1, 1, c]`. */
export const multiply: Operator<object, MultiplyGeometry> = {
	kind: 'multiply',
	traits: { role: 'join', channels: 'own', form: 'product' },
	fields: {},

	geometry(inputs) {
		checkInputs('multiply', inputs, 2);
		const [first, second] = inputs as readonly [Shape, Shape];
		const sameSize = first[0] === second[0] && first[1] === second[1];
		const channelWise = !sameSize && second[0] === 1 && second[1] === 1;
		if (first[2] !== second[2] || !(sameSize || channelWise)) {
			const rule = `the same shape or [1, 1, ${first[2]}]`;
			throw shapesDiffer('multiply', inputs, 1, rule, [first, [1, 1, first[2]]]);
		}
		return { inputs, outputs: [first], channelWise };
	},

	weights: () => [],

	run(inputs, _, g) {
		const shape = firstShape(g.inputs);
		const output = zeros(shape);
		const factors = dataOf(inputs, 1);
		dataOf(inputs, 0).forEach((value, i) => {
			output.data[i] = value * factors[g.channelWise ? i % shape[2] : i]!;
		});
		return [output];
	},

	...traceBy<MultiplyGeometry>({
		taps: () => 2,
		tap: (g, output, n) => ({ at: n === 0 ? output : factorCell(g, output), weight: null }),
		start: 1,
		combine: (result, value) => result * value
	}),

	cost: (g) => costOf(g, [], { macs: 0, otherOps: sizeOf(firstShape(g.inputs)) }),
	spatial: () => ({ kind: 'pointwise' }),
	channelsRead: (_, { channel }) => [0, 1].map((tensor) => ({ tensor, start: channel, count: 1 })),

	feeds(g, input) {
		if (input.tensor === 0 || !g.channelWise) return [{ ...input, tensor: 0 }];
		const [height, width] = firstShape(g.inputs);
		return Array.from({ length: height * width }, (_, i) => ({
			...cellAt([height, width, 1], i),
			channel: input.channel
		}));
	}
};

function factorCell(g: MultiplyGeometry, output: Cell): Cell {
	return g.channelWise ? { ...output, tensor: 1, y: 0, x: 0 } : { ...output, tensor: 1 };
}
