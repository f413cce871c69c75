/// <reference lib="webworker" />
import { isolate } from './lib/engine/isolate';

/**
 * Adds the headers that isolate a page, on static hosts that do not send them, so that WASM can have threads. It keeps
 * nothing and changes nothing else.
 */
const worker = globalThis as unknown as ServiceWorkerGlobalScope;

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('fetch', (event) => {
	const { request } = event;
	// A request that only the cache may answer cannot be repeated from here.
	if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return;
	event.respondWith(fetch(request).then(isolate));
});
