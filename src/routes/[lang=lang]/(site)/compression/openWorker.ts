import { startWorker } from '$lib/stored/startWorker';
import script from './compress.worker.ts?worker&url';

/** Starts the worker that compresses. */
export function openWorker(): Worker {
	return startWorker(script);
}
