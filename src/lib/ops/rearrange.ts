import { costOf, dataOf, zeros } from './tensor';
import { traceBy } from './trace';
import type { Fields, Geometry, Operator } from './types';

/** One channel of one of several tensors. */
export interface Channel {
	readonly tensor: number;
	readonly channel: number;
}

/** Makes an operator that copies whole channels: `source` says where an output channel comes from, `target` is its inverse. */
export function rearrangeBy<Options, G extends Geometry>(
	kind: string,
	fields: Fields<Options>,
	geometry: Operator<Options, G>['geometry'],
	source: (g: G, output: Channel) => Channel,
	target: (g: G, input: Channel) => Channel
): Operator<Options, G> {
	return {
		kind,
		traits: { role: 'rearrange', channels: 'moved', form: 'copy' },
		fields,
		geometry,
		weights: () => [],
		run(inputs, _, g) {
			return g.outputs.map((shape, tensor) => {
				const output = zeros(shape);
				for (let channel = 0; channel < shape[2]; channel++) {
					const from = source(g, { tensor, channel });
					const data = dataOf(inputs, from.tensor);
					const channels = g.inputs[from.tensor]![2];
					for (let i = 0; i < shape[0] * shape[1]; i++) {
						output.data[i * shape[2] + channel] = data[i * channels + from.channel]!;
					}
				}
				return output;
			});
		},
		...traceBy<G>({
			taps: () => 1,
			tap: (g, output) => ({ at: { ...output, ...source(g, output) }, weight: null })
		}),
		cost: (g) => costOf(g, [], { macs: 0, otherOps: 0 }),
		spatial: () => ({ kind: 'pointwise' }),
		channelsRead(g, output) {
			const { tensor, channel } = source(g, output);
			return [{ tensor, start: channel, count: 1 }];
		},
		feeds: (g, input) => [{ ...input, ...target(g, input) }]
	};
}

/** The channel that `channel` is when tensors of these numbers of channels stand one behind the other. */
export function joined(counts: readonly number[], { tensor, channel }: Channel): number {
	return counts.slice(0, tensor).reduce((sum, n) => sum + n, channel);
}

/** Inverse of {@link joined}. */
export function parted(counts: readonly number[], channel: number): Channel {
	let rest = channel;
	let tensor = 0;
	while (rest >= (counts[tensor] ?? Infinity)) rest -= counts[tensor++]!;
	return { tensor, channel: rest };
}
