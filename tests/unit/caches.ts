import { vi } from 'vitest';

/** A browser's store of files, with one cache in it. */
export function stubCaches() {
	const files = new Map<string, Response>();
	const cache = {
		put: async (url: string, response: Response) => void files.set(url, response),
		match: async (url: string) => files.get(url)?.clone(),
		keys: async () => [...files.keys()].map((url) => ({ url })),
		delete: async (of: string | { readonly url: string }) =>
			files.delete(typeof of === 'string' ? of : of.url)
	};
	vi.stubGlobal('caches', { open: async () => cache, has: async () => true });
	vi.stubGlobal('location', { origin: 'https://site.test' });
	return files;
}
