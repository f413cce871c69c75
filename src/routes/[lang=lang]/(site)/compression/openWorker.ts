import { callWorker, type CalledWorker } from '$lib/stored/callWorker';
import type { CompressWorker } from './compress.worker';
import script from './compress.worker.ts?worker&url';

/** Starts the worker that compresses. */
export function openWorker(): CalledWorker<CompressWorker> {
	return callWorker(script);
}
