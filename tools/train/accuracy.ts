import { maxIndex } from 'd3-array';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { loadKernels } from '../../src/lib/engine/kernels';
import { observeTensors } from '../../src/lib/engine/int8/calibrate';
import { normalize, type Preprocessing } from '../../src/lib/engine/picture';
import { Program } from '../../src/lib/engine/program/program';
import type { NetworkWeights } from '../../src/lib/formats/tensors';
import type { ResolvedGraph } from '../../src/lib/nets';
import type { ChannelFactors } from '../../src/lib/nets/quantization/equalize';
import type { Histogram } from '../../src/lib/nets/quantization/range';
import type { TestPicture } from './pictures';

/**
 * Share of pictures of which the class with the largest output is the right one, by the engine on WASM in Node.
 * @param progress is told how many pictures are done
 */
export async function accuracyOf(
	resolved: ResolvedGraph,
	weights: NetworkWeights,
	preprocessing: Preprocessing,
	pictures: readonly TestPicture[],
	progress: (done: number) => void = () => {}
): Promise<number> {
	const answers = await answersOf(
		resolved,
		weights,
		pictures.map(({ pixels }) => normalize(pixels, preprocessing)),
		progress
	);
	return answers.filter((answer, i) => answer === pictures[i]!.label).length / pictures.length;
}

/** The class with the largest output for each input, likewise. */
export function answersOf(
	resolved: ResolvedGraph,
	weights: NetworkWeights,
	inputs: readonly Float32Array[],
	progress: (done: number) => void = () => {}
): Promise<number[]> {
	return withProgram(resolved, weights, async (program) => {
		const answers: number[] = [];
		for (const input of inputs) {
			const { data } = (await program.run([input])).output;
			answers.push(maxIndex(data));
			progress(answers.length);
		}
		return answers;
	});
}

/** What values the tensors have for these inputs that a network on integers has to know. */
export function observe(
	resolved: ResolvedGraph,
	weights: NetworkWeights,
	inputs: readonly Float32Array[],
	factors: ChannelFactors
): Promise<Record<string, Histogram>> {
	return withProgram(resolved, weights, (program) => observeTensors(program, inputs, { factors }));
}

async function withProgram<T>(
	resolved: ResolvedGraph,
	weights: NetworkWeights,
	use: (program: Program) => Promise<T>
): Promise<T> {
	await tf.setBackend('wasm');
	const kernels = await loadKernels();
	const program = new Program(resolved, weights, kernels);
	try {
		return await use(program);
	} finally {
		program.dispose();
		kernels?.dispose();
	}
}
