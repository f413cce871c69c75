import type { Opened } from '$lib/formats';
import { startWorker } from '$lib/stored/startWorker';
import { Unloaded } from '$lib/stored/unloaded';
import type { Answer, Asked } from './open.worker';
import script from './open.worker.ts?worker&url';

/** Files that could not be opened: a sentence in the reader's language. */
export class OpenFailure extends Error {
	override readonly name = 'OpenFailure';
	constructor(
		message: string,
		/** Whether another file of the same network would be read, which a framework writes. */
		readonly isOtherKind: boolean
	) {
		super(message);
	}
}

/** Most bytes of files that are opened together. */
const mostBytes = 1 << 30;

type Failed = Extract<Answer, { kind: 'failed' }>;

const failed = (of: Failed['of'], code: string, params: Failed['params'], message = ''): Failed => ({
	...{ kind: 'failed', of, code, message, params }
});

/**
 * Opens files beside the page.
 * @param signal ends the worker, wherever it is
 * @throws {OpenFailure}; the signal's reason; {@link Unloaded} where the reader of files did not load
 */
export async function openInWorker(
	asked: Asked,
	about: { readonly signal: AbortSignal; readonly progress: (share: number) => void }
): Promise<Opened> {
	const bytes = asked.files.reduce((sum, file) => sum + file.size, 0);
	const answer =
		bytes > mostBytes
			? failed('format', 'tooLarge', {
					...{ file: asked.files[0]!.name, what: 'bytes', name: '' },
					...{ value: bytes, max: mostBytes }
				})
			: await answerOf(asked, about);
	if (answer.kind === 'opened') return answer.opened;
	// Sentences for all that can be wrong come when something is.
	const { sentenceOf } = await import('./failures');
	throw new OpenFailure(sentenceOf(answer), isOtherKind(answer));
}

function isOtherKind({ of, code, params: { kind, what } }: Failed): boolean {
	if (of !== 'format') return false;
	if (code === 'mistaken') return kind === 'pytorch' || kind === 'savedModel';
	return code === 'unknown' || (code === 'unsupported' && what === 'inCode');
}

const namesIn = ({ files }: Asked): string => files.map(({ name }) => name).join('\n');

function answerOf(
	asked: Asked,
	{ signal, progress }: Parameters<typeof openInWorker>[1]
): Promise<Exclude<Answer, { kind: 'progress' }>> {
	const worker = startWorker(script, { isAwaited: true });
	return new Promise<Exclude<Answer, { kind: 'progress' }>>((done, fail) => {
		signal.addEventListener('abort', () => fail(signal.reason as Error), { once: true });
		worker.onmessage = ({ data }: MessageEvent<Answer>) => {
			if (data.kind === 'progress') progress(data.share);
			else done(data);
		};
		worker.onerror = ({ message }) => {
			if (message) done(failed('unforeseen', '', { files: namesIn(asked) }, message));
			else fail(new Unloaded('the reader of files did not load'));
		};
		worker.postMessage(asked);
	}).finally(() => worker.terminate());
}
