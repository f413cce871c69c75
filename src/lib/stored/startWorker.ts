import { trustedScript } from './trusted';
import { heardOf } from './unkept';
import { watched } from './unloaded';

/** The message of the `error` that tells of a worker's end. */
export const workerEnded = 'the worker has ended';

/**
 * Starts a worker under the page's own security policy: one that is loaded from the network has only what its host sends with it,
 * which on many static hosts is nothing, and could then evaluate text and ask other hosts. One that is made from a blob inherits
 * the policy of who makes it; this one does nothing but load the script.
 * @param script address of a module, by `?worker&url`
 * @param options `isAwaited`: somebody waits for its answers, so an `error` comes where it ends without a word, as browsers end those
 * that take too much memory
 */
export function startWorker(script: string, { isAwaited = false } = {}): Worker {
	const address = new URL(script, import.meta.url).href;
	// Only a secure context has locks.
	const life = isAwaited && 'locks' in navigator ? `worker ${crypto.randomUUID()}` : null;
	const lives = life
		? `navigator.locks.request("${life}",()=>{postMessage("${life}");return new Promise(()=>{})});`
		: '';
	const loader = new Blob([`import ${JSON.stringify(address)};${lives}`], { type: 'text/javascript' });
	const url = URL.createObjectURL(loader);
	const worker = new Worker(trustedScript(url), { type: 'module' });
	// Before all others, who need not hear what it says of its life.
	if (life) watchLife(worker, life);
	heardOf(watched(worker));
	const revoke = () => URL.revokeObjectURL(url);
	worker.addEventListener('message', revoke, { once: true });
	worker.addEventListener('error', revoke, { once: true });
	return worker;
}

/** A worker holds a lock from when it says so as long as it lives: once that is to be had, it has ended. */
function watchLife(worker: Worker, life: string): void {
	let isEnded = false;
	const terminate = worker.terminate.bind(worker);
	worker.terminate = () => {
		isEnded = true;
		terminate();
	};
	// Asked for before the worker has it, the lock could be had of one that only takes long to start.
	worker.addEventListener('message', (event: MessageEvent<unknown>) => {
		if (event.data !== life) return;
		event.stopImmediatePropagation();
		void navigator.locks.request(life, () => {
			if (!isEnded) worker.dispatchEvent(new ErrorEvent('error', { message: workerEnded }));
		});
	});
}
