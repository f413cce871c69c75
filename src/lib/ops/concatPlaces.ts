import { checkInputs, shapesDiffer } from './check';
import { cellAt, costOf, dataOf, sizeOf, zeros } from './tensor';
import { traceBy } from './trace';
import type { Cell, Geometry, Operator } from './types';

const placesOf = ([height, width]: readonly number[]) => sizeOf([height!, width!]);

/**
 * Puts the positions of its inputs in one row, row by row and input after input: `[h, w, c]` of each to `[1, Σ h · w, c]`. Detectors
 * join what they say at several sizes so.
 */
export const concatPlaces: Operator<object> = {
	kind: 'concatPlaces',
	traits: { role: 'rearrange', channels: 'own', form: 'copy' },
	fields: {},

	geometry(inputs) {
		checkInputs('concatPlaces', inputs, 1, true);
		const [, , channels] = inputs[0];
		inputs.forEach((shape, i) => {
			if (shape[2] !== channels) throw shapesDiffer('concatPlaces', inputs, i, 'the same number of channels');
		});
		return { inputs, outputs: [[1, inputs.reduce((sum, shape) => sum + placesOf(shape), 0), channels]] };
	},

	weights: () => [],
	run(inputs, _, g) {
		const output = zeros(g.outputs[0]);
		let at = 0;
		for (const tensor of inputs.keys()) {
			const data = dataOf(inputs, tensor);
			output.data.set(data, at);
			at += data.length;
		}
		return [output];
	},
	...traceBy<Geometry>({ taps: () => 1, tap: (g, output) => ({ at: sourceOf(g, output), weight: null }) }),
	cost: (g) => costOf(g, [], { macs: 0, otherOps: 0 }),
	spatial: ({ inputs }) => ({ kind: 'lined', sizes: inputs.map(([height, width]) => [height, width]) }),
	channelsRead: ({ inputs }, { channel }) =>
		inputs.map((_, tensor) => ({ tensor, start: channel, count: 1 })),
	feeds: ({ inputs }, { tensor, y, x, channel }) => {
		const before = inputs.slice(0, tensor).reduce((sum, shape) => sum + placesOf(shape), 0);
		return [{ tensor: 0, y: 0, x: before + y * inputs[tensor]![1] + x, channel }];
	}
};

function sourceOf({ inputs }: Geometry, { x, channel }: Cell): Cell {
	let [tensor, place] = [0, x];
	while (place >= placesOf(inputs[tensor]!)) place -= placesOf(inputs[tensor++]!);
	const shape = inputs[tensor]!;
	return cellAt(shape, place * shape[2] + channel, tensor);
}
