import { avgPool } from '$lib/ops/avgPool';
import { channelShuffle } from '$lib/ops/channelShuffle';
import { conv2d, type Conv2dOptions } from '$lib/ops/conv2d';
import { globalAvgPool } from '$lib/ops/globalAvgPool';
import { maxPool } from '$lib/ops/maxPool';
import { transposedConv2d } from '$lib/ops/transposedConv2d';
import type { Shape } from '$lib/ops/types';
import type { BenchSpec, StageId } from './spec';
import { planStage, type PlannedStage } from './stage';

/** The stages of a spec, shapes resolved, without values. Throws an `OpError` where an operator's arguments do not fit. */
export function planStages(spec: BenchSpec): PlannedStage[] {
	const { height, width, channels, filters, groups, bias, padding, dilation } = spec;
	const input: Shape = [height, width, channels];
	const kernelSize = [spec.kernelHeight, spec.kernelWidth] as const;
	const stride = [spec.stride, spec.stride] as const;
	const window = { kernelSize, stride, padding };
	const pointwise = { kernelSize: [1, 1], outChannels: filters, bias } as const;

	switch (spec.op) {
		case 'standard':
		case 'group':
			return [convolution('conv', input, { ...window, dilation, outChannels: filters, groups, bias })];
		case 'pointwise':
			return [convolution('conv', input, { ...pointwise, stride, groups })];
		case 'depthwise': {
			const outChannels = channels * spec.multiplier;
			return [convolution('depthwise', input, { ...window, dilation, outChannels, groups: channels, bias })];
		}
		case 'separable': {
			const first = { ...window, dilation, outChannels: channels, groups: channels, bias };
			const depthwise = convolution('depthwise', input, first);
			return [depthwise, convolution('pointwise', depthwise.outputShape, pointwise)];
		}
		case 'shuffle': {
			const first = convolution('first', input, { ...pointwise, groups });
			const second = convolution('second', first.outputShape, { ...pointwise, groups });
			return spec.shuffle ? [first, shuffle(first.outputShape, groups), second] : [first, second];
		}
		case 'transposed': {
			const options = { ...window, dilation, outChannels: filters, groups, bias };
			const geometry = transposedConv2d.geometry([input], options);
			return [planStage('transposed', transposedConv2d, { kind: 'transposedConv2d', options, geometry })];
		}
		case 'pooling':
			return [pool(input, spec)];
	}
}

function convolution(id: StageId, input: Shape, options: Conv2dOptions): PlannedStage {
	return planStage(id, conv2d, { kind: 'conv2d', options, geometry: conv2d.geometry([input], options) });
}

function shuffle(input: Shape, groups: number): PlannedStage {
	const options = { groups };
	const geometry = channelShuffle.geometry([input], options);
	return planStage('shuffle', channelShuffle, { kind: 'channelShuffle', options, geometry });
}

function pool(input: Shape, spec: BenchSpec): PlannedStage {
	const { kernelHeight, kernelWidth, stride, padding, ceil, countPadding } = spec;
	const options = {
		kernelSize: [kernelHeight, kernelWidth],
		stride: [stride, stride],
		padding,
		ceil
	} as const;
	switch (spec.pool) {
		case 'max':
			return planStage('pool', maxPool, {
				kind: 'maxPool',
				options,
				geometry: maxPool.geometry([input], options)
			});
		case 'average': {
			const counting = { ...options, countPadding };
			const geometry = avgPool.geometry([input], counting);
			return planStage('pool', avgPool, { kind: 'avgPool', options: counting, geometry });
		}
		case 'global': {
			const geometry = globalAvgPool.geometry([input], {});
			return planStage('pool', globalAvgPool, { kind: 'globalAvgPool', options: {}, geometry });
		}
	}
}
