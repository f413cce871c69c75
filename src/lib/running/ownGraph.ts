import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { getLocale } from '$lib/i18n';
import { keepText, readText } from '$lib/stored/texts';
import { decodeGraph, encodeGraph } from '$lib/viz/address/graphText';
import { holdOpened, isOfTab, storedIdOfTab } from './files/opened';

/** Longest graph that goes into an address: chat programs and mail cut longer ones. */
const longest = 8000;
const key = 'own-graph';

/** Keeps the reader's own graph in this tab's memory. @returns the address's hash that holds it, `''` where it is too long */
export async function keepOwn(text: string): Promise<string> {
	const code = await encodeGraph(JSON.stringify(JSON.parse(text)));
	keepText('tab', key, text);
	return code.length <= longest ? `#graph=${code}` : '';
}

/** Goes to the page of the reader's own graph: in the address where it is short enough, else in this tab's memory. */
export async function showOwn(text: string): Promise<void> {
	// A text has taken the place of what was opened.
	holdOpened(null);
	const page = resolve('/[lang=lang]/(site)/networks/own', { lang: getLocale() });
	// eslint-disable-next-line svelte/no-navigation-without-resolve -- it is resolved; the rule wants the call in place
	await goto(`${page}${await keepOwn(text)}`);
}

/** The graph that the page is about. */
export interface Own {
	readonly text: string | null;
	/**
	 * `address`: whoever gets the link sees it. `stored`: files that this browser keeps. `tab`: only this tab has it. `unreadable`: the
	 * address holds no graph.
	 */
	readonly source: 'address' | 'stored' | 'tab' | 'unreadable' | 'none';
	/** What the files are kept as, where it is `stored`, or of the `tab` and kept. */
	readonly storedId?: string;
}

/** The address's hash of a model that this browser keeps. */
export const storedHash = (id: string): string => `#file=${id}`;
/** The address's hash of the graph that this tab has, for pages that show it only if they are asked to. */
export const tabHash = '#own';

/** Reads the graph from the address, or else from this tab's memory. */
export async function readOwn(): Promise<Own> {
	const storedId = /^#file=(.*)$/.exec(location.hash)?.[1];
	if (storedId !== undefined) return { text: null, source: 'stored', storedId };
	const code = /^#graph=(.+)$/.exec(location.hash)?.[1];
	if (code !== undefined) {
		const text = await decodeGraph(code);
		return { text, source: text === null ? 'unreadable' : 'address' };
	}
	const text = readText('tab', key);
	if (text === null) return { text, source: 'none' };
	const kept = isOfTab(text) ? storedIdOfTab() : null;
	return { text, source: 'tab', ...(kept !== null && { storedId: kept }) };
}
