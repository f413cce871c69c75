import { serviceWorkers } from '../stored/serviceWorkers';
import { trustedScript } from '../stored/trusted';

/**
 * Whether WASM can have threads, which it can where the page is cross-origin isolated.
 *
 * - `isolated`: it can
 * - `afterReload`: the service worker that isolates pages is there now, and does from the next time that the page is loaded
 * - `unavailable`: the browser has no service workers here, or refused this one
 */
export type Isolation = 'isolated' | 'afterReload' | 'unavailable';

/**
 * Makes sure of isolation: hosts that send the headers need nothing; where they do not, a service worker adds them.
 * @param script address of the service worker
 */
export async function ensureIsolation(script: string): Promise<Isolation> {
	if (globalThis.crossOriginIsolated) return 'isolated';
	const workers = serviceWorkers();
	if (!workers) return 'unavailable';
	try {
		await workers.register(trustedScript(new URL(script, location.href).href));
		await workers.ready;
		return 'afterReload';
	} catch {
		return 'unavailable';
	}
}
