/** Whether an error says that a script, or what a page is made of, could not be fetched; browsers differ in their words. */
export function isUnloaded(error: unknown): boolean {
	// Half a script, or what a network put in its place.
	if (error instanceof SyntaxError) return true;
	const message = error instanceof Error ? error.message : '';
	return /dynamically imported module|importing a module script|unable to preload|failed to fetch|load failed|networkerror/i.test(
		message
	);
}

/** Says, where pages say it (`src/early.js`), that a part of the page did not load: for whoever catches errors of imports. */
export function sayUnloaded(error: unknown): void {
	if (isUnloaded(error)) dispatchEvent(new Event('lightnets:unloaded'));
}

/**
 * Has a worker whose script does not load say so: such an error has no message.
 * @returns the worker
 */
export function watched(worker: Worker): Worker {
	worker.addEventListener('error', (event) => {
		if (!event.message) dispatchEvent(new Event('lightnets:unloaded'));
	});
	return worker;
}
