import { kept } from './carriers';

/** Has what closed tabs have left behind removed, on whichever page comes first. */
export async function letGoOfLeft(): Promise<void> {
	try {
		if (await caches.has(kept)) await (await import('./carried')).removeLeft();
	} catch {
		// A browser that gives no caches has nothing in them; what does not load is not missed.
	}
}
