import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { loadKernels, type Kernels } from '../../../src/lib/engine/kernels';
import { GraphBuilder, resolveGraph, type Graph, type Ref, type ResolvedGraph } from '../../../src/lib/nets';
import { mulberry } from './random';

/** Takes the WASM backend, with our kernels or without. */
export async function useWasm(withKernels: boolean): Promise<Kernels | null> {
	await tf.setBackend('wasm');
	return withKernels ? await loadKernels() : null;
}

/** What must not grow. */
export function memory() {
	const { numTensors, numBytes } = tf.memory();
	return { numTensors, numBytes, ids: tf.engine().backend.numDataIds() };
}

/** Random values for the inputs of a graph, between -1 and 1. */
export function randomInputs(resolved: ResolvedGraph, seed: number): Float32Array[] {
	const random = mulberry(seed);
	return resolved.graph.inputs.map(({ shape }) =>
		Float32Array.from({ length: shape[0] * shape[1] * shape[2] }, () => 2 * random() - 1)
	);
}

/** The largest difference, over the largest value expected. */
export function relativeDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
	let difference = actual.length === expected.length ? 0 : Infinity;
	let largest = Number.MIN_VALUE;
	for (let i = 0; i < expected.length; i++) {
		const of = Math.abs(actual[i]! - expected[i]!);
		difference = Math.max(difference, Number.isNaN(of) ? Infinity : of);
		largest = Math.max(largest, Math.abs(expected[i]!));
	}
	return difference / largest;
}

/** A graph of what a builder does. */
export function build(
	shape: readonly [number, number, number],
	write: (net: GraphBuilder) => Ref
): ResolvedGraph {
	const net = new GraphBuilder('Test', shape);
	const graph: Graph = net.build(write(net));
	return resolveGraph(graph);
}
