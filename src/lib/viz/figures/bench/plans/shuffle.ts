import { m } from '$lib/i18n';
import { channelShuffle } from '$lib/ops/channelShuffle';
import type { BenchSpec } from '../spec';
import { moves, planStage, type PlannedStage } from '../stage';
import { convolution, inputOf } from './convolutions';

/** Two group convolutions, with or without a shuffle between. */
export function planShuffle(spec: BenchSpec): PlannedStage[] {
	const { filters, groups, bias } = spec;
	const options = { kernelSize: 1, outChannels: filters, groups, bias };
	const first = convolution('first', inputOf(spec), options);
	const second = convolution('second', first.outputShape, options);
	if (!spec.shuffle) return [first, second];
	const geometry = channelShuffle.geometry([first.outputShape], { groups });
	const layer = { kind: 'channelShuffle', options: { groups }, geometry } as const;
	const { channelsPerGroup: rest } = geometry;
	const tell = ({ local }: { readonly local: number }) => sentences[moves[local]!]({ groups, rest });
	return [first, planStage('shuffle', channelShuffle, layer, { tell }), second];
}

const sentences = {
	reshape: m.bench_move_reshape,
	transpose: m.bench_move_transpose,
	flatten: m.bench_move_flatten
};
