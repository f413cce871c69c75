import { bitsOfNumbers, roundNumbers } from '../float16';
import type { TrainedWeights } from '../foldBatchNorm';
import type { ResolvedGraph } from '../resolve';
import { weightSpecs } from '../run';
import {
	bytesAfter,
	compressionSteps,
	compressLayer,
	valuesAfter,
	type CompressedLayer,
	type CompressionOptions,
	type CompressionStep
} from './layer';

/** Bytes after each step. */
export type StepBytes = Readonly<Record<CompressionStep, number>>;

/** A kernel of a network, compressed. */
export interface CompressedKernel {
	/** Id of its node. */
	readonly id: string;
	readonly shape: readonly number[];
	readonly layer: CompressedLayer;
	readonly bytes: StepBytes;
}

/** A network whose kernels are compressed. */
export interface CompressedNetwork {
	readonly kernels: readonly CompressedKernel[];
	/** Biases and batch norm, which only become float16. */
	readonly rest: { readonly count: number; readonly bytes: StepBytes };
	/** Bytes of all. */
	readonly total: StepBytes;
	/** Of all kernels: what they differ by after all steps, over what they are, both by root mean square. */
	readonly relativeError: number;
}

/**
 * Filters that read no more channels than this are not pruned: those of depthwise layers, which have one channel each, and those
 * that read the picture. They have a few weights each, of which none can be spared, and few of a network's weights in all.
 */
const fewChannels = 3;

/**
 * Compresses all kernels of a network, each by itself; biases and batch norm become float16. All but those of
 * {@link fewChannels} are pruned by the same share.
 * @param progress is told the number of weights that are done, and of all
 */
export function compressNetwork(
	resolved: ResolvedGraph,
	weights: TrainedWeights,
	options: CompressionOptions,
	progress: (done: number, total: number) => void = () => {}
): CompressedNetwork {
	const tensors = tensorsOf(resolved, weights);
	const total = tensors.reduce((sum, { data }) => sum + data.length, 0);
	let done = 0;
	const kernels: CompressedKernel[] = [];
	let restCount = 0;
	let restBytes = 0;
	for (const { id, name, shape, data } of tensors) {
		if (name === 'kernel') {
			const isSpared = shape.length === 4 && shape[2]! <= fewChannels;
			const prune = isSpared ? 0 : options.prune;
			const layer = compressLayer(data, { ...options, prune });
			kernels.push({ id, shape, layer, bytes: bytesAfter(layer) });
		} else {
			restCount += data.length;
			restBytes += (data.length * bitsOfNumbers(data)) / 8;
		}
		progress((done += data.length), total);
	}
	const rest = {
		count: restCount,
		bytes: byStep((step) => (step === 'float32' ? 4 * restCount : restBytes))
	};
	const square = (of: (layer: CompressedLayer) => number) =>
		kernels.reduce((sum, { layer }) => sum + layer.count * of(layer) ** 2, 0);
	const scale = square((layer) => layer.scale);
	return {
		kernels,
		rest,
		total: byStep((step) => kernels.reduce((sum, { bytes }) => sum + bytes[step], rest.bytes[step])),
		relativeError: scale === 0 ? 0 : Math.sqrt(square((layer) => layer.error.huffman) / scale)
	};
}

/** All weights of the network as they are after a step. */
export function weightsAfter(
	step: CompressionStep,
	resolved: ResolvedGraph,
	weights: TrainedWeights,
	{ kernels }: CompressedNetwork
): TrainedWeights {
	const layers = new Map(kernels.map(({ id, layer }) => [id, layer]));
	const result: Record<string, Record<string, { shape: readonly number[]; data: Float32Array }>> = {};
	for (const { id, name, shape, data } of tensorsOf(resolved, weights)) {
		const changed =
			name === 'kernel'
				? valuesAfter(step, data, layers.get(id)!)
				: step === 'float32'
					? data
					: roundNumbers(data, bitsOfNumbers(data));
		(result[id] ??= {})[name] = { shape, data: changed };
	}
	return result;
}

function tensorsOf(resolved: ResolvedGraph, weights: TrainedWeights) {
	return weightSpecs(resolved).flatMap(({ id, specs }) =>
		specs.map(({ name }) => ({ id, name, ...weights[id]![name]! }))
	);
}

function byStep(bytes: (step: CompressionStep) => number): StepBytes {
	return Object.fromEntries(compressionSteps.map((step) => [step, bytes(step)])) as StepBytes;
}
