/**
 * The browser's service workers; `null` where it has none here: on a page without encryption or in a sandbox, or where a setting or an
 * extension took them away, which may leave the name in place.
 */
export function serviceWorkers(): ServiceWorkerContainer | null {
	try {
		return (navigator as Partial<Navigator>).serviceWorker ?? null;
	} catch {
		return null;
	}
}
