import { checkFlag, checkInputs, checkNumber } from './check';
import { cellIndex, costOf, dataOf, sizeOf, weightData, zeros } from './tensor';
import { traceBy } from './trace';
import type { Geometry, Operator, Weights, WeightSpec } from './types';

/** `epsilon` is 1e-5 by default, as in PyTorch (Keras: 1e-3); `scale` (gamma) and `center` (beta) are true. */
export interface LayerNormOptions {
	readonly epsilon?: number;
	readonly scale?: boolean;
	readonly center?: boolean;
}

export interface LayerNormGeometry extends Geometry {
	readonly epsilon: number;
	readonly scale: boolean;
	readonly center: boolean;
}

/**
 * Layer norm over the channels of each position, as ConvNeXt and transformers have it: `gamma * (x - mean) / sqrt(variance + epsilon) +
 * beta`, mean and variance being those of the channels at the position. Source: Ba et al., arXiv 1607.06450. Weights, each
 * `[channels]`: `gamma`, `beta`.
 */
export const layerNorm: Operator<LayerNormOptions, LayerNormGeometry> = {
	kind: 'layerNorm',
	traits: { role: 'norm', channels: 'mixed', form: 'channelNorm' },
	fields: { epsilon: 'number?', scale: 'flag?', center: 'flag?' },

	geometry(inputs, options) {
		checkInputs('layerNorm', inputs, 1);
		return {
			...{ inputs, outputs: inputs },
			epsilon: checkNumber('epsilon', options.epsilon ?? 1e-5, (value) => value > 0, 'above 0', 1e-5),
			scale: checkFlag('scale', options.scale ?? true),
			center: checkFlag('center', options.center ?? true)
		};
	},

	weights: weightsOf,

	run(inputs, weights, g) {
		const shape = g.inputs[0];
		const x = dataOf(inputs, 0);
		const output = zeros(shape);
		for (let start = 0; start < x.length; start += shape[2]) {
			const { mean, deviation } = spreadOf(x.subarray(start, start + shape[2]), g);
			for (let c = 0; c < shape[2]; c++)
				output.data[start + c] = scaledBy(weights, c, (x[start + c]! - mean) / deviation, g);
		}
		return [output];
	},

	...traceBy<LayerNormGeometry>({
		taps: (g) => g.inputs[0][2],
		tap: (_, output, n) => ({ at: { ...output, channel: n }, weight: null }),
		finish(_, output, inputs, g, weights) {
			const shape = g.inputs[0];
			const x = dataOf(inputs, 0);
			const start = cellIndex(shape, { ...output, channel: 0 });
			const { mean, deviation } = spreadOf(x.subarray(start, start + shape[2]), g);
			return scaledBy(weights, output.channel, (x[start + output.channel]! - mean) / deviation, g);
		}
	}),

	/** Mean, differences, their squares and sum, quotient; then scale and shift. */
	cost: (g) =>
		costOf(g, weightsOf(g), { macs: 0, otherOps: (5 + weightsOf(g).length) * sizeOf(g.inputs[0]) }),
	spatial: () => ({ kind: 'pointwise' }),
	channelsRead: (g) => [{ tensor: 0, start: 0, count: g.inputs[0][2] }],
	feeds: (g, input) => Array.from({ length: g.inputs[0][2] }, (_, channel) => ({ ...input, channel }))
};

function weightsOf(g: LayerNormGeometry): WeightSpec[] {
	const shape = [g.inputs[0][2]];
	return [
		...(g.scale ? [{ name: 'gamma', shape, role: 'weight' as const }] : []),
		...(g.center ? [{ name: 'beta', shape, role: 'bias' as const }] : [])
	];
}

function spreadOf(values: Float64Array, { epsilon }: LayerNormGeometry) {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
	return { mean, deviation: Math.sqrt(variance + epsilon) };
}

function scaledBy(weights: Weights, channel: number, value: number, g: LayerNormGeometry): number {
	const scaled = g.scale ? value * weightData(weights, 'gamma')[channel]! : value;
	return g.center ? scaled + weightData(weights, 'beta')[channel]! : scaled;
}
