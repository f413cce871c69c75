import { logitsOf, networkById, resolveGraph, type KnobValues, type ResolvedGraph } from '../../src/lib/nets';

/** Who runs a network: this site's engine, the same on integers, onnxruntime-web, that on integers, or TensorFlow.js's plain layers. */
export const runners = ['own', 'integers', 'onnxruntime', 'onnxruntimeIntegers', 'layers'] as const;
export type RunnerName = (typeof runners)[number];

export interface Job {
	readonly runner: RunnerName;
	readonly network: string;
	/** Other than its defaults. */
	readonly knobs?: KnobValues;
	readonly threads: number;
	/** Runs that are counted. */
	readonly runs: number;
	/** Runs before those: three, where it is not said. */
	readonly warmUps?: number;
	/** Times each unit too, where the engine runs. */
	readonly units: boolean;
}

export interface Outcome {
	readonly milliseconds: readonly number[];
	/** What came out: the same for all runners, but for rounding. */
	readonly output: readonly number[];
	readonly units?: readonly { readonly nodes: readonly string[]; readonly milliseconds: readonly number[] }[];
}

/** Of the networks' random weights. */
export const seed = 1;

/** A network up to its logits: behind a softmax, most differences would vanish. */
export function upToLogits(network: string, knobs?: KnobValues): ResolvedGraph {
	const graph = networkById(network).build(knobs);
	const logits = logitsOf(resolveGraph(graph)).ref;
	const nodes = graph.nodes.filter(({ op }) => op !== 'softmax');
	return resolveGraph({ ...graph, nodes, output: logits });
}
