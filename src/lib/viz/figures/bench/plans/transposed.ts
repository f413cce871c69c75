import { transposedConv2d } from '$lib/ops/transposedConv2d';
import type { BenchSpec } from '../spec';
import { planStage, type PlannedStage } from '../stage';
import { inputOf, windowOf } from './convolutions';

export function planTransposed(spec: BenchSpec): PlannedStage[] {
	const { filters, dilation, outputPadding, groups, bias } = spec;
	const options = { ...windowOf(spec), dilation, outputPadding, outChannels: filters, groups, bias };
	const geometry = transposedConv2d.geometry([inputOf(spec)], options);
	return [planStage('transposed', transposedConv2d, { kind: 'transposedConv2d', options, geometry })];
}
