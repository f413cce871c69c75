import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Kernels } from '../../../src/lib/engine/kernels';
import { Program } from '../../../src/lib/engine/program/program';
import { randomNetworkWeights } from '../../../src/lib/engine/program/weights';
import { networkById, resolveGraph } from '../../../src/lib/nets';
import { randomInputs, relativeDifference, useWasm } from './graphs';
import { layersModel } from './layersModel';

/** Both in float32, added in different orders, through up to a hundred layers. */
const tolerance = 1e-4;

let kernels: Kernels | null;
beforeAll(async () => {
	kernels = await useWasm(true);
});
afterAll(() => kernels?.dispose());

it.each([
	['squeezenet', 'pool10'],
	['mobilenet', 'conv_preds'],
	['shufflenet', 'fc'],
	['xception', 'predictions']
])(
	'%s at full size gives what TensorFlow.js’s layers give, with our kernels and without',
	async (id, logits) => {
		const resolved = resolveGraph(networkById(id).build());
		const weights = randomNetworkWeights(resolved, 5);
		const [input] = randomInputs(resolved, 6);
		const model = layersModel(resolved, weights, logits);
		const expected = tf.tidy(() => {
			const x = tf.tensor(input!, [1, ...resolved.graph.inputs[0]!.shape]);
			return (model.predict(x) as tf.Tensor).dataSync();
		});
		model.dispose();
		for (const own of [kernels, null]) {
			const program = new Program(resolved, weights, own);
			const { watched } = await program.run([input!], { watch: [logits] });
			expect(relativeDifference(watched[logits]!.data, expected)).toBeLessThan(tolerance);
			program.dispose();
		}
	}
);
