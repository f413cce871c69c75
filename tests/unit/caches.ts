import { vi } from 'vitest';
import { FakeCache } from '../fakeCaches';

/** A browser's store of files, with one cache in it: what that has, by address. */
export function stubCaches() {
	const cache = new FakeCache();
	vi.stubGlobal('caches', { open: async () => cache, has: async () => true });
	vi.stubGlobal('location', { origin: 'https://site.test' });
	return cache.stored;
}
