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
	// The page asks for the lock once the worker says that it has it: which request arrives first is nobody's to say.
	const lives = life
		? `navigator.locks.request("${life}", () => { new BroadcastChannel("${life}").postMessage(0); return new Promise(() => {}); });`
		: '';
	const ends = life ? endsOf(life) : null;
	const loader = new Blob([`import ${JSON.stringify(address)};${lives}`], { type: 'text/javascript' });
	const url = URL.createObjectURL(loader);
	const worker = heardOf(watched(new Worker(trustedScript(url), { type: 'module' })));
	const revoke = () => URL.revokeObjectURL(url);
	worker.addEventListener('message', revoke, { once: true });
	worker.addEventListener('error', revoke, { once: true });
	if (ends) watchLife(worker, ends);
	return worker;
}

/** A worker holds a lock as long as it lives: once it has it, and it is to be had, the worker has ended. */
interface Ends {
	/** Called with what is to be told of the end. */
	then(tell: () => void): void;
	/** Nobody is to be told. */
	forget(): void;
}

function endsOf(life: string): Ends {
	const channel = new BroadcastChannel(life);
	return {
		then(tell) {
			channel.onmessage = () => {
				channel.close();
				void navigator.locks.request(life, tell);
			};
		},
		forget: () => channel.close()
	};
}

function watchLife(worker: Worker, ends: Ends): void {
	let isEnded = false;
	const terminate = worker.terminate.bind(worker);
	worker.terminate = () => {
		isEnded = true;
		ends.forget();
		terminate();
	};
	// One that does not load never has it.
	worker.addEventListener('error', () => ends.forget(), { once: true });
	ends.then(() => {
		if (!isEnded) worker.dispatchEvent(new ErrorEvent('error', { message: 'the worker has ended' }));
	});
}
