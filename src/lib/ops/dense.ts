import { checkFlag, checkInputs, checkWhole } from './check';
import { addBias, biasOf, type Filters } from './filters';
import { cellAt, costOf, dataOf, sizeOf, weightData, zeros } from './tensor';
import { traceBy } from './trace';
import type { Cell, Geometry, Operator, Shape, WeightSpec } from './types';

/** `bias` is true by default. */
export interface DenseOptions {
	readonly outChannels: number;
	readonly bias?: boolean;
}

export interface DenseGeometry extends Geometry, Pick<Filters, 'outChannels' | 'bias'> {
	/** Number of values of the input, flattened row-major. */
	readonly taps: number;
}

/** Fully connected layer over the flattened input. Weights: `kernel` `[inputs, outChannels]`, `bias` `[outChannels]`. */
export const dense: Operator<DenseOptions, DenseGeometry> = {
	kind: 'dense',
	traits: { role: 'dense', channels: 'mixed', form: 'sum' },
	fields: { outChannels: 'number', bias: 'flag?' },

	geometry(inputs, options) {
		checkInputs('dense', inputs, 1);
		const outChannels = checkWhole('outChannels', options.outChannels, 1);
		return {
			inputs,
			outputs: [[1, 1, outChannels]],
			outChannels,
			bias: checkFlag('bias', options.bias ?? true),
			taps: sizeOf(inputs[0])
		};
	},

	weights: weightsOf,

	run(inputs, weights, g) {
		const x = dataOf(inputs, 0);
		const kernel = weightData(weights, 'kernel');
		const output = zeros<Shape>([1, 1, g.outChannels]);
		for (let i = 0; i < g.taps; i++) {
			for (let o = 0; o < g.outChannels; o++) output.data[o]! += x[i]! * kernel[i * g.outChannels + o]!;
		}
		addBias(output.data, weights, g);
		return [output];
	},

	...traceBy<DenseGeometry>({
		taps: (g) => g.taps,
		tap: (g, output, n) => ({
			at: cellAt(g.inputs[0], n),
			weight: n * g.outChannels + output.channel
		}),
		bias: biasOf
	}),

	cost: (g) =>
		costOf(g, weightsOf(g), { macs: g.taps * g.outChannels, otherOps: g.bias ? g.outChannels : 0 }),
	spatial: () => ({ kind: 'global' }),
	channelsRead: (g) => [{ tensor: 0, start: 0, count: g.inputs[0][2] }],
	feeds: (g) => Array.from({ length: g.outChannels }, (_, channel) => outputCell(channel)),
	weightFeeds(g, weight) {
		const input = cellAt(g.inputs[0], Math.floor(weight / g.outChannels));
		return [{ output: outputCell(weight % g.outChannels), input }];
	}
};

function weightsOf(g: DenseGeometry): WeightSpec[] {
	const kernel: WeightSpec = { name: 'kernel', shape: [g.taps, g.outChannels], role: 'weight' };
	return g.bias ? [kernel, { name: 'bias', shape: [g.outChannels], role: 'bias' }] : [kernel];
}

function outputCell(channel: number): Cell {
	return { tensor: 0, y: 0, x: 0, channel };
}
