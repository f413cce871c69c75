/** Starts the worker that compresses. */
export function openWorker(): Worker {
	return new Worker(new URL('./compress.worker.ts', import.meta.url), { type: 'module' });
}
