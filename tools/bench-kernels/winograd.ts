import * as tf from '@tensorflow/tfjs-core';
import { median } from 'd3-array';
import type { Kernels } from '../../src/lib/engine/kernels';
import { prefersWinograd } from '../../src/lib/engine/program/method';
import { resolveWindow } from '../../src/lib/ops/window';
import { takeTurns, takeWasm, type Settings } from './measure';

/** A layer that Winograd's method can compute, 3×3 at stride 1 or 7×7 at stride 2: rows and columns of its input. */
export interface WinogradLayer {
	readonly size: number;
	readonly kernelSize: 3 | 7;
	readonly inChannels: number;
	readonly outChannels: number;
}

const square = (size: number, ...channels: readonly (readonly [number, number])[]): WinogradLayer[] =>
	channels.map(([inChannels, outChannels]) => ({ size, kernelSize: 3, inChannels, outChannels }));
const first = (size: number, inChannels: number, outChannels: number): WinogradLayer => ({
	...{ size, kernelSize: 7, inChannels, outChannels }
});

/** Of SqueezeNet, ResNet, VGG, GoogLeNet and networks for pictures of 32×32, and what lies between and beyond them. */
export const winogradLayers: readonly WinogradLayer[] = [
	...square(112, [3, 64], [64, 64]),
	...square(56, [4, 16], [8, 8], [16, 64], [32, 128], [64, 64], [64, 192]),
	...square(32, [3, 16], [4, 16], [8, 8], [16, 16], [32, 32]),
	...square(28, [8, 8], [32, 128], [96, 128], [128, 128], [128, 192]),
	...square(16, [16, 16], [32, 32], [64, 64]),
	...square(14, [16, 48], [48, 192], [64, 256], [112, 224], [256, 256], [512, 512]),
	...square(9, [64, 64], [256, 256]),
	...square(8, [16, 16], [64, 64], [256, 256]),
	...square(7, [32, 64], [64, 64], [160, 320], [512, 512]),
	...square(5, [32, 32], [64, 64]),
	...square(4, [64, 64], [256, 256]),
	...square(3, [64, 64]),
	...square(1, [64, 64]),
	...[first(227, 3, 96), first(224, 3, 64), first(112, 3, 64), first(64, 3, 32)],
	...[first(64, 3, 8), first(32, 3, 16), first(16, 3, 16), first(56, 1, 32), first(28, 64, 64)]
];

/** Milliseconds of a layer by both methods, in turn, and what the engine's rule takes it for. */
export interface WinogradRow {
	readonly layer: string;
	readonly direct: number;
	readonly winograd: number;
	/** Winograd's over the direct one's, of each round: their median. */
	readonly ratio: number;
	/** Fastest rounds, which a busy machine disturbs least. */
	readonly directBest: number;
	readonly winogradBest: number;
	readonly isChosen: boolean;
}

/** Measures both ways of computing each layer. */
export async function measureWinograd(
	layers: readonly WinogradLayer[],
	settings: Settings
): Promise<readonly WinogradRow[]> {
	const kernels = await takeWasm(settings);
	const rows = layers.map((layer) => measureLayer(layer, kernels, settings.rounds));
	kernels.dispose();
	return rows;
}

function measureLayer(layer: WinogradLayer, kernels: Kernels, rounds: number): WinogradRow {
	const { size, kernelSize, inChannels, outChannels } = layer;
	const stride = kernelSize === 3 ? 1 : 2;
	const options = { stride, padding: (kernelSize - 1) / 2, activation: 'relu' } as const;
	const x = tf.randomNormal([1, size, size, inChannels], 0, 1, 'float32', 1) as tf.Tensor4D;
	const kernel = Float32Array.from(
		{ length: kernelSize ** 2 * inChannels * outChannels },
		(_, i) => ((i * 7919) % 200) / 1e4 - 0.01
	);
	const weights = { kernel, kernelSize, inChannels, outChannels };
	const packed = { direct: kernels.packConvolution(weights), winograd: kernels.packWinograd(weights) };
	const taken = takeTurns(
		{
			direct: () => kernels.convolution(x, packed.direct, options),
			winograd: () => kernels.convolution(x, packed.winograd, options)
		},
		rounds
	);
	packed.direct.dispose();
	packed.winograd.dispose();
	x.dispose();
	const { outputSize } = resolveWindow([size, size, inChannels], { kernelSize, ...options });
	return {
		layer: `${size}² ${inChannels}→${outChannels} ${kernelSize}×${kernelSize}/${stride}`,
		direct: median(taken.direct)!,
		winograd: median(taken.winograd)!,
		ratio: median(taken.winograd.map((ms, i) => ms / taken.direct[i]!))!,
		directBest: Math.min(...taken.direct),
		winogradBest: Math.min(...taken.winograd),
		isChosen: prefersWinograd({
			...{ kernelSize: [kernelSize, kernelSize], stride: [stride, stride], dilation: [1, 1], groups: 1 },
			...{ inChannels, outChannels, outputSize }
		})
	};
}
