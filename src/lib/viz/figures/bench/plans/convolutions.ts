import { conv2d, type Conv2dOptions } from '$lib/ops/conv2d';
import type { Shape } from '$lib/ops/types';
import type { BenchSpec, StageId } from '../spec';
import { planStage, type PlannedStage } from '../stage';

/** A convolution of any kind over an input. */
export function convolution(id: StageId, input: Shape, options: Conv2dOptions): PlannedStage {
	return planStage(id, conv2d, { kind: 'conv2d', options, geometry: conv2d.geometry([input], options) });
}

/** The window that a spec slides over its input. */
export function windowOf(spec: BenchSpec) {
	const { kernelHeight, kernelWidth, stride, padding } = spec;
	return { kernelSize: [kernelHeight, kernelWidth], stride: [stride, stride], padding } as const;
}

export function planConvolution(spec: BenchSpec): PlannedStage[] {
	const { filters, dilation, groups, bias } = spec;
	return [
		convolution('conv', inputOf(spec), { ...windowOf(spec), dilation, outChannels: filters, groups, bias })
	];
}

export function planPointwise(spec: BenchSpec): PlannedStage[] {
	const { filters, stride, groups, bias } = spec;
	const options = { kernelSize: 1, stride, outChannels: filters, groups, bias };
	return [convolution('conv', inputOf(spec), options)];
}

export function planDepthwise(spec: BenchSpec): PlannedStage[] {
	return [depthwise(spec, spec.multiplier)];
}

export function planSeparable(spec: BenchSpec): PlannedStage[] {
	const first = depthwise(spec, 1);
	const options = { kernelSize: 1, outChannels: spec.filters, bias: spec.bias };
	return [first, convolution('pointwise', first.outputShape, options)];
}

function depthwise(spec: BenchSpec, multiplier: number): PlannedStage {
	const { channels, dilation, bias } = spec;
	const options = { ...windowOf(spec), dilation, outChannels: channels * multiplier, groups: channels, bias };
	return convolution('depthwise', inputOf(spec), options);
}

export function inputOf({ height, width, channels }: BenchSpec): Shape {
	return [height, width, channels];
}
