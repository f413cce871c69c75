import { wrap } from 'comlink';
import { startWorker } from '../stored/startWorker';
import { Unloaded } from '../stored/unloaded';
import script from './check.worker.ts?worker&url';
import type { Checked, CheckWorker } from './check.worker';
import type { CheckChain } from './checkChain';

export type { Checked, CheckChain };

/**
 * Computes a chain of layers in TensorFlow.js, in a worker of its own that ends afterwards; TensorFlow.js is loaded by this call
 * and not before. Rejects where it cannot be loaded or does not take the layers.
 */
export async function checkInTensorflow(chain: CheckChain): Promise<Checked> {
	const worker = startWorker(script);
	// A script that cannot be loaded says so here, and nowhere else.
	const failed = new Promise<never>((_, reject) => {
		worker.onerror = ({ message }) =>
			reject(message ? new Error(message) : new Unloaded('the check did not load'));
	});
	try {
		return await Promise.race([wrap<CheckWorker>(worker).check(chain), failed]);
	} finally {
		worker.terminate();
	}
}
