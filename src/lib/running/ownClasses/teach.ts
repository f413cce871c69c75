import { startWorker, workerEnded } from '$lib/stored/startWorker';
import { Ended, Unloaded } from '$lib/stored/unloaded';
import { NotLearned } from '$lib/training/head/softmaxRegression';
import type { Lesson, Taught, Told } from './teach.worker';
import script from './teach.worker.ts?worker&url';

export type { Lesson, Taught } from './teach.worker';

/**
 * Trains and examines a head beside the page.
 * @param signal ends it, wherever it is
 * @throws {NotLearned}; {@link Ended}; the signal's reason; {@link Unloaded} where the trainer did not load
 */
export function teach(
	lesson: Lesson,
	{ signal, progress }: { readonly signal: AbortSignal; readonly progress: (share: number) => void }
): Promise<Taught> {
	const worker = startWorker(script, { isAwaited: true });
	return new Promise<Taught>((done, fail) => {
		signal.addEventListener('abort', () => fail(signal.reason as Error), { once: true });
		worker.onmessage = ({ data }: MessageEvent<Told>) => {
			if (data.kind === 'progress') progress(data.share);
			else if (data.kind === 'taught') done(data.taught);
			else fail(new NotLearned('the loss is no number'));
		};
		worker.onerror = ({ message }) => {
			if (message === workerEnded) fail(new Ended(message));
			else fail(message ? new Error(message) : new Unloaded('the trainer of own classes did not load'));
		};
		worker.postMessage(lesson);
	}).finally(() => worker.terminate());
}
