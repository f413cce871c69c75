/** What a script that is whole may throw as it runs, and which is named as a broken script is. */
const ofValues = /json|regular expression|regexp|bigint/i;

/** Whether an error says that a script, or what a page is made of, could not be fetched; browsers differ in their words. */
export function isUnloaded(error: unknown): boolean {
	if (error instanceof Unloaded) return true;
	const message = error instanceof Error ? error.message : '';
	// Half a script, or what a network put in its place.
	if (error instanceof SyntaxError) return !ofValues.test(message);
	return /dynamically imported module|importing a module script|unable to preload|failed to fetch|load failed|networkerror/i.test(
		message
	);
}

/**
 * Says, where pages say it (`src/early.js`), that a part of the page did not load: for whoever catches errors of imports. What a part
 * threw once it was there is a fault of ours, and is reported as if nobody had caught it.
 */
export function sayUnloaded(error: unknown): void {
	if (isUnloaded(error)) announceUnloaded();
	else reportError(error);
}

/** Says it of what is known not to have loaded. */
export function announceUnloaded(): void {
	dispatchEvent(new Event('lightnets:unloaded'));
}

/** A worker's script did not load: pages have said so, and whoever started it says no more. */
export class Unloaded extends Error {
	override readonly name = 'Unloaded';
}

/** A worker was ended by the browser, as browsers do where memory is short. */
export class Ended extends Error {
	override readonly name = 'Ended';
}

/**
 * Has a worker whose script does not load say so: such an error has no message.
 * @returns the worker
 */
export function watched(worker: Worker): Worker {
	worker.addEventListener('error', (event) => {
		if (!event.message) announceUnloaded();
	});
	return worker;
}
