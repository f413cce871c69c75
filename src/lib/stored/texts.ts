import { sayUnkept } from './unkept';

/**
 * Short texts that the browser keeps: settings, for good (`device`) or for a tab (`tab`). Where it refuses (storage is blocked or
 * full), they hold until the page is left, and the page says so once.
 */
export type Shelf = 'device' | 'tab';

const held = new Map<string, string>();
const place = (shelf: Shelf, key: string) => `${shelf} ${key}`;
const storeOf = (shelf: Shelf): Storage => (shelf === 'device' ? localStorage : sessionStorage);

/** @returns `null` where nothing is kept under the key */
export function readText(shelf: Shelf, key: string): string | null {
	const here = held.get(place(shelf, key));
	if (here !== undefined) return here;
	try {
		return storeOf(shelf).getItem(key);
	} catch {
		return null;
	}
}

/** What a text holds as JSON, which may be anything; `null` where it is none. */
export function readJson(shelf: Shelf, key: string): unknown {
	try {
		return JSON.parse(readText(shelf, key) ?? 'null') as unknown;
	} catch {
		return null;
	}
}

/** Keeps a text; `null` lets go of it. @returns whether the browser has it so: else it holds until the page is left */
export function keepText(shelf: Shelf, key: string, text: string | null): boolean {
	held.delete(place(shelf, key));
	try {
		if (text === null) storeOf(shelf).removeItem(key);
		else storeOf(shelf).setItem(key, text);
		return true;
	} catch {
		if (text === null) return true;
		held.set(place(shelf, key), text);
		sayUnkept('texts');
		return false;
	}
}
