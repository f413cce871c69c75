import { trustedScript } from './trusted';
import { heardOf } from './unkept';
import { watched } from './unloaded';

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
	const lives = life ? `navigator.locks.request("${life}", () => new Promise(() => {}));` : '';
	const loader = new Blob([`import ${JSON.stringify(address)};${lives}`], { type: 'text/javascript' });
	const url = URL.createObjectURL(loader);
	const worker = heardOf(watched(new Worker(trustedScript(url), { type: 'module' })));
	const revoke = () => URL.revokeObjectURL(url);
	worker.addEventListener('message', revoke, { once: true });
	worker.addEventListener('error', revoke, { once: true });
	if (life) watchLife(worker, life);
	return worker;
}

/** A worker holds a lock as long as it lives: once that is to be had, it has ended. */
function watchLife(worker: Worker, life: string): void {
	let isEnded = false;
	const terminate = worker.terminate.bind(worker);
	worker.terminate = () => {
		isEnded = true;
		terminate();
	};
	const waitForEnd = async () => {
		const { locks } = navigator;
		// It asks for the lock before it says anything; where the page gets it first all the same, it waits in line.
		const isWaiting = async () => Boolean((await locks.query()).pending?.some(({ name }) => name === life));
		while (await locks.request(life, isWaiting));
		if (!isEnded) worker.dispatchEvent(new ErrorEvent('error', { message: 'the worker has ended' }));
	};
	worker.addEventListener('message', () => void waitForEnd(), { once: true });
}
