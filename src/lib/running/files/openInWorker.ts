import type { Opened } from '$lib/formats';
import { startWorker } from '$lib/stored/startWorker';
import type { Answer, Asked } from './open.worker';
import script from './open.worker.ts?worker&url';
import { sentenceOf } from './problems';

/** Files that could not be opened: a sentence in the reader's language. */
export class OpenFailure extends Error {
	override readonly name = 'OpenFailure';
	constructor(
		message: string,
		readonly code: string
	) {
		super(message);
	}
}

/** Most bytes of files that are opened together. */
const mostBytes = 1 << 30;

/**
 * Opens files beside the page.
 * @param signal ends the worker, wherever it is
 * @throws {OpenFailure}; the signal's reason
 */
export function openInWorker(
	asked: Asked,
	{ signal, progress }: { readonly signal: AbortSignal; readonly progress: (share: number) => void }
): Promise<Opened> {
	const bytes = asked.files.reduce((sum, file) => sum + file.size, 0);
	if (bytes > mostBytes) {
		const params = { file: asked.files[0]!.name, what: 'bytes', value: bytes, max: mostBytes };
		return Promise.reject(
			new OpenFailure(
				sentenceOf({ kind: 'failed', of: 'format', code: 'tooLarge', message: '', params }),
				'tooLarge'
			)
		);
	}
	const worker = startWorker(script);
	return new Promise<Opened>((done, fail) => {
		signal.addEventListener('abort', () => fail(signal.reason as Error), { once: true });
		worker.onmessage = ({ data }: MessageEvent<Answer>) => {
			if (data.kind === 'progress') progress(data.share);
			else if (data.kind === 'opened') done(data.opened);
			else fail(new OpenFailure(sentenceOf(data), data.code));
		};
		worker.onerror = (event) => fail(new OpenFailure(event.message, 'unforeseen'));
		worker.postMessage(asked);
	}).finally(() => worker.terminate());
}
