import { checkFlag, checkInputs } from './check';
import { costOf, dataOf, sizeOf, weightData, zeros } from './tensor';
import { traceBy } from './trace';
import type { Geometry, Operator, Weights, WeightSpec } from './types';

/** `scale` (gamma) and `center` (beta) are true by default. */
export interface ScaleOptions {
	readonly scale?: boolean;
	readonly center?: boolean;
}

export interface ScaleGeometry extends Geometry {
	readonly scale: boolean;
	readonly center: boolean;
}

/**
 * A factor and a summand for each channel, `gamma * x + beta`: Caffe's Scale and Bias, ConvNeXt's layer scale, and normalisation of
 * the input by fixed means. Weights, each `[channels]`: `gamma`, `beta`.
 */
export const scale: Operator<ScaleOptions, ScaleGeometry> = {
	kind: 'scale',
	traits: { role: 'norm', channels: 'own', form: 'sum' },
	fields: { scale: 'flag?', center: 'flag?' },

	geometry(inputs, options) {
		checkInputs('scale', inputs, 1);
		const own = {
			scale: checkFlag('scale', options.scale ?? true),
			center: checkFlag('center', options.center ?? true)
		};
		return { ...own, inputs, outputs: inputs };
	},

	weights: weightsOf,

	run(inputs, weights, g) {
		const shape = g.inputs[0];
		const output = zeros(shape);
		dataOf(inputs, 0).forEach((x, i) => {
			output.data[i] = x * factorOf(weights, i % shape[2], g) + summandOf(weights, i % shape[2], g);
		});
		return [output];
	},

	...traceBy<ScaleGeometry>({
		taps: () => 1,
		tap: (_, output) => ({ at: output, weight: output.channel }),
		weightValue: factorOf,
		bias: (weights, output, g) => summandOf(weights, output.channel, g)
	}),

	cost: (g) => costOf(g, weightsOf(g), { macs: 0, otherOps: weightsOf(g).length * sizeOf(g.inputs[0]) }),
	spatial: () => ({ kind: 'pointwise' }),
	channelsRead: (_, output) => [{ tensor: 0, start: output.channel, count: 1 }],
	feeds: (_, input) => [input]
};

function weightsOf(g: ScaleGeometry): WeightSpec[] {
	const shape = [g.inputs[0][2]];
	return [
		...(g.scale ? [{ name: 'gamma', shape, role: 'weight' as const }] : []),
		...(g.center ? [{ name: 'beta', shape, role: 'bias' as const }] : [])
	];
}

function factorOf(weights: Weights, channel: number, g: ScaleGeometry): number {
	return g.scale ? weightData(weights, 'gamma')[channel]! : 1;
}

function summandOf(weights: Weights, channel: number, g: ScaleGeometry): number {
	return g.center ? weightData(weights, 'beta')[channel]! : 0;
}
