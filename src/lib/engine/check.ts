import { callWorker } from '../stored/callWorker';
import { Unloaded } from '../stored/unloaded';
import script from './check.worker.ts?worker&url';
import type { Checked, CheckWorker } from './check.worker';
import type { CheckChain } from './checkChain';

export type { Checked, CheckChain };

/**
 * Computes a chain of layers in TensorFlow.js, in a worker of its own that ends afterwards; TensorFlow.js is loaded by this call
 * and not before. Rejects where it cannot be loaded or does not take the layers.
 * @param signal ends it, wherever it is
 */
export async function checkInTensorflow(chain: CheckChain, signal: AbortSignal): Promise<Checked> {
	signal.throwIfAborted();
	const { worker, remote, end } = callWorker<CheckWorker>(script);
	// A script that cannot be loaded says so here, and nowhere else.
	const failed = new Promise<never>((_, reject) => {
		worker.onerror = ({ message }) =>
			reject(message ? new Error(message) : new Unloaded('the check did not load'));
		signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
	});
	try {
		return await Promise.race([remote.check(chain), failed]);
	} finally {
		end();
	}
}
