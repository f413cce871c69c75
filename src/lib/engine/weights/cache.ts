/** Weights that the browser keeps, by the folder that they came from. */
export interface StoredWeights {
	/** Id of the set: the folder's name. */
	readonly id: string;
	readonly bytes: number;
}

const name = 'lightnets-weights';

/** The browser's store for weights; `null` where it has none (private windows, pages without encryption). */
export async function openWeightsCache(): Promise<Cache | null> {
	try {
		return await caches.open(name);
	} catch {
		return null;
	}
}

/** Whether the browser keeps weights here at all. */
export const keepsWeights = async (): Promise<boolean> => (await openWeightsCache()) !== null;

/** The address under which a file of weights is kept: another version of it is another. */
export const weightsKey = (address: string, sha256: string): string => `${address}?${sha256.slice(0, 16)}`;

/** What the browser keeps; nothing, where its store cannot be read. */
export async function listStoredWeights(): Promise<readonly StoredWeights[]> {
	const cache = await openWeightsCache();
	const bytes = new Map<string, number>();
	try {
		for (const request of (await cache?.keys()) ?? []) {
			// Another tab may have let go of it just now.
			const size = (await (await cache!.match(request))?.blob())?.size ?? 0;
			const id = folderOf(request.url);
			bytes.set(id, (bytes.get(id) ?? 0) + size);
		}
	} catch {
		return [];
	}
	return Array.from(bytes, ([id, of]) => ({ id, bytes: of }));
}

/** Removes a set from the browser's store, or all of them. */
export async function removeStoredWeights(id?: string): Promise<void> {
	const cache = await openWeightsCache();
	try {
		for (const request of (await cache?.keys()) ?? [])
			if (id === undefined || folderOf(request.url) === id) await cache!.delete(request);
	} catch {
		// A store that cannot be read: what is left of it shows in the list.
	}
}

const folderOf = (address: string): string => new URL(address).pathname.split('/').at(-2) ?? '';
