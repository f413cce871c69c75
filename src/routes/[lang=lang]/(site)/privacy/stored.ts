/** A thing that the site keeps in the browser. */
export interface Stored {
	/** What the page's words for it are found by. */
	readonly id: string;
	/** `localStorage` stays, `sessionStorage` goes with the tab, `caches` is the browser's store of files (CacheStorage). */
	readonly place: 'localStorage' | 'sessionStorage' | 'caches';
	/** Its key or name there; with `*` at its end, all that begin like it. */
	readonly key: string;
}

/** All that the site keeps in the browser. A test holds the source and docs/privacy.md against it. */
export const stored = [
	{ id: 'theme', place: 'localStorage', key: 'theme' },
	{ id: 'language', place: 'localStorage', key: 'language' },
	{ id: 'lessons', place: 'localStorage', key: 'lessons' },
	{ id: 'times', place: 'localStorage', key: 'latency' },
	{ id: 'graph', place: 'sessionStorage', key: 'own-graph' },
	{ id: 'lost', place: 'sessionStorage', key: 'own-weights' },
	{ id: 'lostTwo', place: 'sessionStorage', key: 'two-files' },
	{ id: 'carrying', place: 'sessionStorage', key: 'carried' },
	// The kit's own: how far each page of the tab's history was scrolled.
	{ id: 'scroll', place: 'sessionStorage', key: 'sveltekit:*' },
	{ id: 'weights', place: 'caches', key: 'lightnets-weights' },
	{ id: 'models', place: 'caches', key: 'lightnets-models' },
	{ id: 'classes', place: 'caches', key: 'lightnets-classes' },
	{ id: 'carried', place: 'caches', key: 'lightnets-carried' },
	// With the base that the site is under, where it is not alone on its host.
	{ id: 'pages', place: 'caches', key: 'lightnets-kept*' }
] as const satisfies readonly Stored[];

export type StoredId = (typeof stored)[number]['id'];

/** Whether a key or name in the browser is one of an entry's. */
export function isOf({ key }: Stored, name: string): boolean {
	return key.endsWith('*') ? name.startsWith(key.slice(0, -1)) : name === key;
}
