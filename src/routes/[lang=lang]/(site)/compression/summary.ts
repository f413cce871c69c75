import type { NamedTensor } from '$lib/engine/client';
import { nameWeights } from '$lib/formats/match';
import { logitsOf, type Graph, type ResolvedGraph, type TrainedWeights } from '$lib/nets';
import { compressionSteps, type CompressionOptions, type CompressionStep } from '$lib/nets/compression/layer';
import { compressNetwork, weightsAfter, type StepBytes } from '$lib/nets/compression/network';
import type { SizePart } from '$lib/viz/figures/compression/words';

/** A layer as the table has it. */
export interface KernelRow {
	readonly id: string;
	readonly shape: readonly number[];
	readonly count: number;
	readonly stored: number;
	readonly bytes: StepBytes;
	/** What the weights differ by in the end, over what they are, both by root mean square. */
	readonly relativeError: number;
}

/** A compressed network as plain data, on its way from the worker to the page. */
export interface Summary {
	readonly kernels: readonly KernelRow[];
	readonly rest: { readonly count: number; readonly bytes: StepBytes };
	readonly total: StepBytes;
	readonly parts: Readonly<Record<CompressionStep, Readonly<Record<SizePart, number>>>>;
	readonly relativeError: number;
	readonly graph: Graph;
	/** Reference of the tensor before softmax. */
	readonly logits: string;
	/** All weights as they are in the end. */
	readonly tensors: readonly NamedTensor[];
}

/** Compresses a network, and says of it what the page shows. */
export function summarize(
	resolved: ResolvedGraph,
	weights: TrainedWeights,
	options: CompressionOptions,
	progress: (done: number, total: number) => void
): Summary {
	const compressed = compressNetwork(resolved, weights, options, progress);
	const { kernels, rest, total, relativeError } = compressed;
	const partsOf = (step: CompressionStep) => {
		const sum = (part: 'values' | 'gaps' | 'tables') =>
			kernels.reduce((bits, { layer }) => bits + layer.size[step][part], 0) / 8;
		return { values: sum('values'), gaps: sum('gaps'), tables: sum('tables'), rest: rest.bytes[step] };
	};
	return {
		kernels: kernels.map(({ id, shape, layer, bytes }) => ({
			...{ id, shape, bytes, count: layer.count, stored: layer.positions.length },
			relativeError: layer.scale === 0 ? 0 : layer.error.huffman / layer.scale
		})),
		...{ rest, total, relativeError, graph: resolved.graph, logits: logitsOf(resolved).ref },
		parts: Object.fromEntries(compressionSteps.map((step) => [step, partsOf(step)])) as Summary['parts'],
		tensors: nameWeights(resolved, weightsAfter('huffman', resolved, weights, compressed))
	};
}
