import { checkFlag, checkInputs } from './check';
import { costOf, dataOf, sizeOf, weightData } from './tensor';
import { traceBy } from './trace';
import type { Geometry, Operator, Weights, WeightSpec } from './types';

export interface PreluOptions {
	/** One slope for all channels; false by default: one for each. */
	readonly shared?: boolean;
}

export interface PreluGeometry extends Geometry {
	readonly shared: boolean;
}

/** `max(0, x) + alpha * min(0, x)` with a learnt slope `alpha`. Source: He et al., arXiv 1502.01852. Weights: `alpha` `[channels]` or `[1]`. */
export const prelu: Operator<PreluOptions, PreluGeometry> = {
	kind: 'prelu',
	traits: { role: 'activation', channels: 'own', form: 'slope' },
	fields: { shared: 'flag?' },

	geometry(inputs, options) {
		checkInputs('prelu', inputs, 1);
		return { inputs, outputs: inputs, shared: checkFlag('shared', options.shared ?? false) };
	},

	weights: weightsOf,

	run(inputs, weights, g) {
		const shape = g.inputs[0];
		const data = dataOf(inputs, 0).map((x, i) => sloped(x, i % shape[2], weights, g));
		return [{ shape, data }];
	},

	...traceBy<PreluGeometry>({
		taps: () => 1,
		tap: (_, output) => ({ at: output, weight: null }),
		finish: (x, output, _, g, weights) => sloped(x, output.channel, weights, g)
	}),

	cost: (g) => costOf(g, weightsOf(g), { macs: 0, otherOps: 2 * sizeOf(g.inputs[0]) }),
	spatial: () => ({ kind: 'pointwise' }),
	channelsRead: (_, output) => [{ tensor: 0, start: output.channel, count: 1 }],
	feeds: (_, input) => [input]
};

function weightsOf(g: PreluGeometry): WeightSpec[] {
	return [{ name: 'alpha', shape: [g.shared ? 1 : g.inputs[0][2]], role: 'weight' }];
}

function sloped(x: number, channel: number, weights: Weights, g: PreluGeometry): number {
	return x < 0 ? x * weightData(weights, 'alpha')[g.shared ? 0 : channel]! : x;
}
