import { watched } from '$lib/stored/unloaded';

/** Starts the worker that compresses. */
export function openWorker(): Worker {
	return watched(new Worker(new URL('./compress.worker.ts', import.meta.url), { type: 'module' }));
}
