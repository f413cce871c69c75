import { checkFlag, checkInputs, checkNumber } from './check';
import { costOf, dataOf, sizeOf, weightData, zeros } from './tensor';
import { traceBy } from './trace';
import type { Geometry, Operator, Weights, WeightSpec } from './types';

/** `epsilon` is 0.001 by default, as in Keras; `scale` (gamma) and `center` (beta) are true by default. */
export interface BatchNormOptions {
	readonly epsilon?: number;
	readonly scale?: boolean;
	readonly center?: boolean;
}

export interface BatchNormGeometry extends Geometry {
	readonly epsilon: number;
	readonly scale: boolean;
	readonly center: boolean;
}

/**
 * Batch norm at inference, `gamma * (x - mean) / sqrt(variance + epsilon) + beta`, computed as one multiplication and one
 * addition: the weight of its only tap is `gamma / sqrt(variance + epsilon)`, its bias `beta - mean * weight`.
 *
 * Weights, each `[channels]`: `gamma`, `beta`, `mean`, `variance`.
 */
export const batchNorm: Operator<BatchNormOptions, BatchNormGeometry> = {
	kind: 'batchNorm',
	traits: { role: 'norm', channels: 'own', form: 'sum' },
	fields: { epsilon: 'number?', scale: 'flag?', center: 'flag?' },

	geometry(inputs, options) {
		checkInputs('batchNorm', inputs, 1);
		const epsilon = checkNumber('epsilon', options.epsilon ?? 1e-3, (value) => value > 0, 'above 0', 1e-3);
		const scale = checkFlag('scale', options.scale ?? true);
		const center = checkFlag('center', options.center ?? true);
		return { inputs, outputs: inputs, epsilon, scale, center };
	},

	weights: weightsOf,

	run(inputs, weights, g) {
		const shape = g.inputs[0];
		const channels = shape[2];
		const factors = Float64Array.from({ length: channels }, (_, c) => factorOf(weights, c, g));
		const shifts = Float64Array.from({ length: channels }, (_, c) => shiftOf(weights, c, g));
		const output = zeros(shape);
		dataOf(inputs, 0).forEach((x, i) => {
			output.data[i] = x * factors[i % channels]! + shifts[i % channels]!;
		});
		return [output];
	},

	...traceBy<BatchNormGeometry>({
		taps: () => 1,
		tap: (_, output) => ({ at: output, weight: output.channel }),
		weightValue: factorOf,
		bias: (weights, output, g) => shiftOf(weights, output.channel, g)
	}),

	cost: (g) => costOf(g, weightsOf(g), { macs: 0, otherOps: 2 * sizeOf(g.inputs[0]) }),
	spatial: () => ({ kind: 'pointwise' }),
	channelsRead: (_, output) => [{ tensor: 0, start: output.channel, count: 1 }],
	feeds: (_, input) => [input]
};

function weightsOf(g: BatchNormGeometry): WeightSpec[] {
	const shape = [g.inputs[0][2]];
	const specs: WeightSpec[] = [
		{ name: 'mean', shape, role: 'bnStatistics' },
		{ name: 'variance', shape, role: 'bnStatistics' }
	];
	if (g.center) specs.unshift({ name: 'beta', shape, role: 'bnTrainable' });
	if (g.scale) specs.unshift({ name: 'gamma', shape, role: 'bnTrainable' });
	return specs;
}

function factorOf(weights: Weights, channel: number, g: BatchNormGeometry): number {
	const gamma = g.scale ? weightData(weights, 'gamma')[channel]! : 1;
	return gamma / Math.sqrt(weightData(weights, 'variance')[channel]! + g.epsilon);
}

function shiftOf(weights: Weights, channel: number, g: BatchNormGeometry): number {
	const beta = g.center ? weightData(weights, 'beta')[channel]! : 0;
	return beta - weightData(weights, 'mean')[channel]! * factorOf(weights, channel, g);
}
