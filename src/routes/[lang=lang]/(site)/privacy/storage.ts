import { keepText } from '$lib/stored/texts';
import { isOf, type Stored } from './stored';

/** Bytes that an entry takes in this browser; `null` where there is nothing of it, or the browser gives no storage. */
export async function storedBytes(entry: Stored): Promise<number | null> {
	try {
		if (entry.place === 'caches') {
			const sizes = (await Promise.all((await cachesOf(entry)).map(sizesIn))).flat();
			return sizes.length === 0 ? null : sum(sizes);
		}
		const storage = globalThis[entry.place];
		const keys = keysOf(storage, entry);
		return keys.length === 0 ? null : sum(keys.map((key) => new Blob([storage.getItem(key) ?? '']).size));
	} catch {
		return null;
	}
}

/** Removes an entry. What shows it in this tab hears of it by the event that the browser sends to other tabs only. */
export async function removeStored(entry: Stored): Promise<void> {
	try {
		if (entry.place === 'caches') {
			// Emptied, not deleted: what is deleted goes on, unseen, for whoever has it open.
			for (const cache of await cachesOf(entry))
				for (const request of await cache.keys()) await cache.delete(request);
			return;
		}
		const storage = globalThis[entry.place];
		for (const key of keysOf(storage, entry)) {
			keepText(entry.place === 'localStorage' ? 'device' : 'tab', key, null);
			dispatchEvent(new StorageEvent('storage', { key, storageArea: storage }));
		}
	} catch {
		// A browser that gives no storage keeps nothing either.
	}
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0);

const keysOf = (storage: Storage, entry: Stored): string[] =>
	Array.from({ length: storage.length }, (_, i) => storage.key(i)!).filter((key) => isOf(entry, key));

async function cachesOf(entry: Stored): Promise<Cache[]> {
	const names = (await caches.keys()).filter((name) => isOf(entry, name));
	return Promise.all(names.map((name) => caches.open(name)));
}

async function sizesIn(cache: Cache): Promise<number[]> {
	const responses = await Promise.all((await cache.keys()).map((request) => cache.match(request)));
	return Promise.all(responses.map(async (response) => (await response?.blob())?.size ?? 0));
}
