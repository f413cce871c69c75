import type { Helper, HelperStart } from './threads';

/** Starts a helper thread; null if its script does not load. */
export async function startHelper(start: HelperStart): Promise<Helper | null> {
	// Here, since programs that run kernels without threads have no bundler.
	const [{ startWorker }, { default: script }] = await Promise.all([
		import('../../stored/startWorker'),
		import('./helper.ts?worker&url')
	]);
	const worker = startWorker(script);
	worker.postMessage(start);
	// Its answer means that it has the message, which browsers hold back until this thread is idle.
	return new Promise((done) => {
		worker.onmessage = () => done(worker);
		worker.onerror = () => done(null);
	});
}
