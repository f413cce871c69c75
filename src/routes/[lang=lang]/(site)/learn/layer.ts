import { conv2d, type Conv2dOptions } from '$lib/ops/conv2d';
import type { Shape } from '$lib/ops/types';

/** A convolution, as far as a text speaks of it. */
export function layer(input: Shape, options: Conv2dOptions) {
	const geometry = conv2d.geometry([input], options);
	const { params, macs } = conv2d.cost(geometry);
	return {
		weights: params.weight,
		params: params.weight + params.bias,
		macs,
		output: geometry.outputs[0]!,
		/** Numbers that one output value is made of. */
		taps: geometry.taps
	};
}
