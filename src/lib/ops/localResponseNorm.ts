import { checkInputs, checkNumber, checkWhole } from './check';
import { cellIndex, costOf, dataOf, sizeOf, zeros } from './tensor';
import { traceBy } from './trace';
import type { Cell, Geometry, Operator } from './types';

/** AlexNet's values by default: `depthRadius` 2 (n = 5), `bias` 2 (k), `alpha` 1e-4, `beta` 0.75. */
export interface LocalResponseNormOptions {
	readonly depthRadius?: number;
	readonly bias?: number;
	readonly alpha?: number;
	readonly beta?: number;
}

export interface LocalResponseNormGeometry extends Geometry {
	readonly depthRadius: number;
	readonly bias: number;
	readonly alpha: number;
	readonly beta: number;
}

/**
 * Divides each value by `(bias + alpha * sum) ** beta`, the sum being that of the squares of the values at its position in
 * the channels up to `depthRadius` away. Source: AlexNet (NeurIPS 2012), section 3.3, and TensorFlow; PyTorch and Caffe
 * divide `alpha` by `2 * depthRadius + 1`.
 */
export const localResponseNorm: Operator<LocalResponseNormOptions, LocalResponseNormGeometry> = {
	kind: 'localResponseNorm',
	traits: { role: 'norm', channels: 'mixed', form: 'localNorm' },
	fields: { depthRadius: 'number?', bias: 'number?', alpha: 'number?', beta: 'number?' },

	geometry(inputs, options) {
		checkInputs('localResponseNorm', inputs, 1);
		const positive = (name: 'bias' | 'alpha' | 'beta', preset: number) =>
			checkNumber(name, options[name] ?? preset, (value) => value > 0, 'above 0', preset);
		return {
			inputs,
			outputs: inputs,
			depthRadius: checkWhole('depthRadius', options.depthRadius ?? 2, 0),
			bias: positive('bias', 2),
			alpha: positive('alpha', 1e-4),
			beta: positive('beta', 0.75)
		};
	},

	weights: () => [],

	run(inputs, _, g) {
		const shape = g.inputs[0];
		const x = dataOf(inputs, 0);
		const output = zeros(shape);
		for (let i = 0; i < x.length; i++) {
			const channel = i % shape[2];
			const [start, end] = neighbours(g, channel);
			let sum = 0;
			for (let c = start; c < end; c++) sum += x[i - channel + c]! ** 2;
			output.data[i] = normalize(g, x[i]!, sum);
		}
		return [output];
	},

	...traceBy<LocalResponseNormGeometry>({
		taps: (g) => 2 * g.depthRadius + 1,
		tap: (g, output, n) => ({
			at: { ...output, channel: output.channel - g.depthRadius + n },
			weight: null
		}),
		contribution: (value) => value ** 2,
		finish: (sum, output, inputs, g) => normalize(g, dataOf(inputs, 0)[cellIndex(g.inputs[0], output)]!, sum)
	}),

	cost(g) {
		// A square and an addition a tap; then alpha, bias, power and quotient.
		const perValue = 2 * (2 * g.depthRadius + 1) + 4;
		return costOf(g, [], { macs: 0, otherOps: perValue * sizeOf(g.inputs[0]) });
	},
	spatial: () => ({ kind: 'pointwise' }),

	channelsRead(g, { channel }) {
		const [start, end] = neighbours(g, channel);
		return [{ tensor: 0, start, count: end - start }];
	},

	feeds(g, input) {
		const [start, end] = neighbours(g, input.channel);
		return Array.from({ length: end - start }, (_, i): Cell => ({ ...input, channel: start + i }));
	}
};

/** The channels from the first to beyond the last whose squares are summed for a channel. */
function neighbours(g: LocalResponseNormGeometry, channel: number): [start: number, end: number] {
	const channels = g.inputs[0][2];
	return [Math.max(0, channel - g.depthRadius), Math.min(channels, channel + g.depthRadius + 1)];
}

function normalize(g: LocalResponseNormGeometry, value: number, sum: number): number {
	return value / (g.bias + g.alpha * sum) ** g.beta;
}
