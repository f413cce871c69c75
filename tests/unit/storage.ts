import { vi } from 'vitest';

/** Gives a test a browser's storage, with what is in it; it may refuse. */
export function stubStorage(name: 'localStorage' | 'sessionStorage' = 'localStorage') {
	const items = new Map<string, string>();
	const storage = {
		isFull: false,
		getItem: (key: string) => items.get(key) ?? null,
		setItem(key: string, text: string) {
			if (storage.isFull) throw new DOMException('full', 'QuotaExceededError');
			items.set(key, text);
		},
		removeItem: (key: string) => void items.delete(key)
	};
	vi.stubGlobal(name, storage);
	return { items, storage };
}
