import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { loadKernels } from '../../src/lib/engine/kernels';
import { normalize, type Preprocessing } from '../../src/lib/engine/picture';
import { Program } from '../../src/lib/engine/program/program';
import type { NetworkWeights } from '../../src/lib/formats/tensors';
import type { ResolvedGraph } from '../../src/lib/nets';
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
	await tf.setBackend('wasm');
	const kernels = await loadKernels();
	const program = new Program(resolved, weights, kernels);
	let right = 0;
	for (const [i, { pixels, label }] of pictures.entries()) {
		const { data } = (await program.run([normalize(pixels, preprocessing)])).output;
		if (data.indexOf(Math.max(...data)) === label) right++;
		progress(i + 1);
	}
	program.dispose();
	kernels?.dispose();
	return right / pictures.length;
}
