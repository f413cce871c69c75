import { checkInputs, firstShape } from './check';
import { costOf, dataOf, sizeOf } from './tensor';
import { traceBy } from './trace';
import type { Geometry, Operator } from './types';

/** Makes the operator that applies a function to every value; `opsPerValue` counts its arithmetic. */
export function elementwise(
	kind: string,
	apply: (value: number) => number,
	opsPerValue: number
): Operator<object> {
	return {
		kind,
		geometry(inputs) {
			checkInputs(kind, inputs, 1);
			return { inputs, outputs: inputs };
		},
		weights: () => [],
		run: (inputs, _, g) => [{ shape: firstShape(g.inputs), data: dataOf(inputs, 0).map(apply) }],
		...traceBy<Geometry>({
			taps: () => 1,
			tap: (_, output) => ({ at: output, weight: null }),
			finish: apply
		}),
		cost: (g) => costOf(g, [], { macs: 0, otherOps: opsPerValue * sizeOf(firstShape(g.inputs)) }),
		spatial: () => ({ kind: 'pointwise' }),
		channelsRead: (_, output) => [{ tensor: 0, start: output.channel, count: 1 }],
		feeds: (_, input) => [input]
	};
}
