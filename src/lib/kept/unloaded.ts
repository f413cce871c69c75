/** Says, where pages say it (`static/unloaded.js`), that a part of the page did not load. */
export function sayUnloaded(): void {
	dispatchEvent(new Event('lightnets:unloaded'));
}

/** Whether an error says that a script, or what a page is made of, could not be fetched; browsers differ in their words. */
export function isUnloaded(error: unknown): boolean {
	const message = error instanceof Error ? error.message : '';
	return /dynamically imported module|importing a module script|unable to preload|failed to fetch|load failed|networkerror/i.test(
		message
	);
}

/**
 * Has a worker whose script does not load say so: such an error has no message.
 * @returns the worker
 */
export function watched(worker: Worker): Worker {
	worker.addEventListener('error', (event) => {
		if (!event.message) sayUnloaded();
	});
	return worker;
}
