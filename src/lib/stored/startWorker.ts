import { trustedScript } from './trusted';
import { heardOf } from './unkept';
import { watched } from './unloaded';

/**
 * Starts a worker under the page's own security policy: one that is loaded from the network has only what its host sends with it,
 * which on many static hosts is nothing, and could then evaluate text and ask other hosts. One that is made from a blob inherits
 * the policy of who makes it; this one does nothing but load the script.
 * @param script address of a module, by `?worker&url`
 */
export function startWorker(script: string): Worker {
	const address = new URL(script, import.meta.url).href;
	const loader = new Blob([`import ${JSON.stringify(address)};`], { type: 'text/javascript' });
	const url = URL.createObjectURL(loader);
	const worker = heardOf(watched(new Worker(trustedScript(url), { type: 'module' })));
	const revoke = () => URL.revokeObjectURL(url);
	worker.addEventListener('message', revoke, { once: true });
	worker.addEventListener('error', revoke, { once: true });
	return worker;
}
