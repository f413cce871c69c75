/** The browser's store of models. */
export const modelsStore = 'lightnets-models';

/** Whether this browser may keep models, by itself, so that a page that lists them need not bring what reads them for nothing. */
export async function hasModels(): Promise<boolean> {
	try {
		return await caches.has(modelsStore);
	} catch {
		return false;
	}
}
