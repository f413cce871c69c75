import * as tf from '@tensorflow/tfjs-core';
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadKernels, type Kernels } from '../../src/lib/engine/kernels';
import { median } from 'd3-array';
import type { Layer } from './layers';

export interface Settings {
	/** Folder of TensorFlow.js's WASM files, with a slash at its end; Node finds them itself. */
	readonly wasm?: string;
	readonly threads: number;
	readonly relaxed?: boolean;
	readonly rounds: number;
}

/** A layer's time in ms: medians of all rounds, and library over own in each round, also by median. */
export interface Row {
	readonly layer: string;
	readonly network: string;
	readonly count: number;
	readonly macs: number;
	readonly library: number;
	readonly own: number;
	readonly ratio: number;
	/** Fastest rounds, which a busy machine disturbs least. */
	readonly libraryBest: number;
	readonly ownBest: number;
}

export interface Report {
	readonly relaxed: boolean;
	readonly threads: number;
	/** What the library got of the threads that were asked for. */
	readonly libraryThreads: number;
	readonly rows: readonly Row[];
}

/** Measures library and own kernel in turn, layer by layer. */
export async function measure(layers: readonly Layer[], settings: Settings): Promise<Report> {
	const kernels = await takeWasm(settings);
	const rows: Row[] = [];
	for (const layer of layers) rows.push(measureLayer(layer, kernels, settings.rounds));
	const { threads, relaxed } = kernels;
	kernels.dispose();
	return { relaxed, threads, libraryThreads: getThreadsCount(), rows };
}

/** Takes the WASM backend with our kernels. */
export async function takeWasm(settings: Settings): Promise<Kernels> {
	setThreadsCount(settings.threads);
	if (settings.wasm !== undefined) setWasmPaths(settings.wasm);
	await tf.setBackend('wasm');
	const kernels = await loadKernels(settings);
	if (!kernels) throw new Error('our kernels do not run here');
	// The library's own threads load only while this one is idle.
	await new Promise((done) => setTimeout(done, 1000));
	return kernels;
}

/** Milliseconds of two ways to compute the same, which take turns. */
export function takeTurns<Who extends string>(
	runs: Readonly<Record<Who, () => tf.Tensor>>,
	rounds: number
): Record<Who, number[]> {
	const names = Object.keys(runs) as Who[];
	const once = (name: Who) => runs[name]().dispose();
	names.forEach(once);
	const started = performance.now();
	once(names[0]!);
	// Long enough for the clock, short enough to fall between what else the machine does.
	const times = Math.ceil(1 / Math.max(performance.now() - started, 0.02));
	const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Who, number[]>;
	for (let round = 0; round < rounds; round++)
		for (const name of names) {
			const start = performance.now();
			for (let i = 0; i < times; i++) once(name);
			taken[name].push((performance.now() - start) / times);
		}
	return taken;
}

function measureLayer(layer: Layer, kernels: Kernels, rounds: number): Row {
	const { size, inChannels, outChannels, kernelSize, groups, stride } = layer;
	const x = tf.randomNormal([1, size, size, inChannels], 0, 1, 'float32', 1) as tf.Tensor4D;
	const taken = takeTurns({ library: library(layer, x), own: own(layer, x, kernels) }, rounds);
	x.dispose();
	const outSize = Math.ceil((layer.padding === 'same' ? size : size - kernelSize + 1) / stride);
	const name = groups === 1 ? '' : groups === inChannels ? ' depthwise' : ` g${groups}`;
	return {
		layer: `${size}² ${inChannels}→${outChannels} ${kernelSize}×${kernelSize}/${stride}${name}`,
		network: layer.network,
		count: layer.count,
		macs: (outSize ** 2 * kernelSize ** 2 * inChannels * outChannels) / groups,
		library: median(taken.library)!,
		own: median(taken.own)!,
		ratio: median(taken.library.map((ms, i) => ms / taken.own[i]!))!,
		libraryBest: Math.min(...taken.library),
		ownBest: Math.min(...taken.own)
	};
}

/** The library's fastest way that is generally so: groups as one convolution with block-diagonal weights. */
function library(layer: Layer, x: tf.Tensor4D): () => tf.Tensor {
	const { inChannels, outChannels, kernelSize: k, groups, stride: strides, padding: pad } = layer;
	const bias = tf.randomNormal([outChannels]) as tf.Tensor1D;
	if (groups === inChannels) {
		const filter = tf.randomNormal([k, k, inChannels, 1]) as tf.Tensor4D;
		return () => tf.fused.depthwiseConv2d({ x, filter, strides, pad, bias, activation: 'relu' });
	}
	const filter = tf.randomNormal([k, k, inChannels, outChannels]) as tf.Tensor4D;
	return () => tf.fused.conv2d({ x, filter, strides, pad, bias, activation: 'relu' });
}

function own(layer: Layer, x: tf.Tensor4D, kernels: Kernels): () => tf.Tensor {
	const { inChannels, outChannels, kernelSize, groups, stride, padding } = layer;
	const options = { stride, padding, activation: 'relu' } as const;
	const kernel = new Float32Array((kernelSize ** 2 * inChannels * outChannels) / groups).fill(0.01);
	if (groups === inChannels) {
		const packed = kernels.packDepthwise({ kernel, kernelSize, channels: inChannels });
		return () => kernels.depthwise(x, packed, options);
	}
	const packed = kernels.packConvolution({ kernel, kernelSize, inChannels, outChannels, groups });
	return () => kernels.convolution(x, packed, options);
}
