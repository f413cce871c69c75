/** Whether this browser may keep models, by itself, so that a page that lists them need not bring what reads them for nothing. */
export async function hasModels(): Promise<boolean> {
	try {
		return await caches.has('lightnets-models');
	} catch {
		return false;
	}
}
