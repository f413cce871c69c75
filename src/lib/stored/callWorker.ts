import { releaseProxy, wrap, type Remote } from 'comlink';
import { startWorker } from './startWorker';

/** A worker whose functions are called from the page. */
export interface CalledWorker<T> {
	readonly worker: Worker;
	readonly remote: Remote<T>;
	/** Ends it and lets go of it; calls that it has not answered are never answered, and a later one throws. */
	end(): void;
}

/** Starts a worker that exposes a `T` by Comlink. @param script address of a module, by `?worker&url` */
export function callWorker<T>(script: string): CalledWorker<T> {
	const worker = startWorker(script, { isAwaited: true });
	const remote = wrap<T>(worker);
	return {
		worker,
		remote,
		end() {
			worker.onerror = null;
			// Comlink's registry has the worker until the proxy is garbage, and a call that is not answered holds the proxy by the worker.
			remote[releaseProxy]();
			worker.terminate();
		}
	};
}
