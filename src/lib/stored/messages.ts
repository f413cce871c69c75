import type { KeepFault } from './keeper';

/** The answer where storage is not to be read or written. */
export type Refused = 'refused';

/** What a page may ask of the service worker. */
export type Question =
	/** Keep a page that was opened, with what it has loaded. Addresses are whole ones. */
	| { readonly kind: 'opened'; readonly page: string; readonly loaded: readonly string[] }
	/** Which version it is. */
	| { readonly kind: 'version' }
	| { readonly kind: 'state' }
	/** Keep some files, by their paths. */
	| { readonly kind: 'keep'; readonly paths: readonly string[] }
	/** Let go of all that is kept, weights of this site's sets included. */
	| { readonly kind: 'remove' }
	/** Take over now. */
	| { readonly kind: 'activate' };

/** A file of the site. */
export interface StoredFile {
	readonly path: string;
	readonly bytes: number;
	readonly isStored: boolean;
}

/** What the service worker knows of its version's files. */
export interface StoredState {
	readonly files: readonly StoredFile[];
	/** Titles of pages, by path. */
	readonly titles: ReadonlyMap<string, string>;
}

/** The answers. */
export interface Answers {
	opened: KeepFault | null;
	version: string;
	state: StoredState;
	keep: KeepFault | null;
	remove: null;
	activate: null;
}

/** Asks a service worker, and waits for its answer; `refused` where its storage is not to be read or written. */
export function ask<Kind extends Question['kind']>(
	worker: ServiceWorker,
	question: Extract<Question, { kind: Kind }>
): Promise<Answers[Kind] | Refused> {
	return new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = ({ data }) => resolve(data as Answers[Kind] | Refused);
		worker.postMessage(question, [port2]);
	});
}
