import { conv2d, type Conv2dOptions } from '$lib/ops/conv2d';
import type { Shape } from '$lib/ops/types';

/** Times fewer MACs of depthwise and pointwise than of one standard convolution: 1 / (1/N + 1/k²), whatever the input. */
export function savingOf({ filters, kernel }: Layer): number {
	return 1 / (1 / filters + 1 / kernel ** 2);
}

/** Output channels from which on the saving is at least `times`; `null` where that is never so. */
export function filtersFor(times: number, kernel: number): number | null {
	const rest = 1 / times - 1 / kernel ** 2;
	return rest > 1e-9 ? Math.ceil(1 / rest - 1e-9) : null;
}

/** A layer as far as the saving depends on it: N output channels, k×k windows. */
export interface Layer {
	readonly filters: number;
	readonly kernel: number;
}

/** MACs of the layer, once as a standard convolution and once as a depthwise and a pointwise one. */
export interface LayerMacs {
	readonly input: Shape;
	readonly output: Shape;
	readonly standard: number;
	readonly depthwise: number;
	readonly pointwise: number;
}

/** Counts both on an input of 2 channels that is as large as gives an output of 3×3: with k = 3 the bench's 5×5×2. */
export function layerMacs({ filters, kernel }: Layer): LayerMacs {
	const input: Shape = [kernel + 2, kernel + 2, 2];
	const count = (from: Shape, options: Conv2dOptions) => {
		const geometry = conv2d.geometry([from], options);
		return { macs: conv2d.cost(geometry).macs, output: geometry.outputs[0]! };
	};
	const standard = count(input, { outChannels: filters, kernelSize: kernel });
	const depthwise = count(input, { outChannels: 2, groups: 2, kernelSize: kernel });
	const pointwise = count(depthwise.output, { outChannels: filters, kernelSize: 1 });
	return {
		input,
		output: pointwise.output,
		standard: standard.macs,
		depthwise: depthwise.macs,
		pointwise: pointwise.macs
	};
}

/** 1/N + 1/k² as a fraction in lowest terms. */
export function shareOf({ filters, kernel }: Layer): readonly [over: number, under: number] {
	const over = filters + kernel ** 2;
	const under = filters * kernel ** 2;
	const common = gcd(over, under);
	return [over / common, under / common];
}

function gcd(a: number, b: number): number {
	return b === 0 ? a : gcd(b, a % b);
}
