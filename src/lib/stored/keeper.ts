import { FetchFault, fetchWhole, type FetchFaultCode } from './check';
import { Files, isWeights, typeOf } from './table';

/** Why something was not kept: it could not be had as it should be, or the browser has no room for it. */
export type KeepFault = FetchFaultCode | 'full';

export interface KeeperOptions {
	/** Where the site begins: `https://host/base/`. */
	readonly base: string;
	readonly files: Files;
	/** Files by the hash of their content, of all versions of the site. */
	readonly store: Cache;
	/** Where the engine keeps weights, and the address under which it looks for a file there; without, none are kept. */
	readonly weights: Cache | null;
	readonly weightsKey: (address: string, sha256: string) => string;
}

/**
 * Keeps files of one version of the site. Content is kept once whichever versions have it, and only after it was checked, so
 * that what is kept is right for good.
 */
export class Keeper {
	readonly files: Files;
	readonly #options: KeeperOptions;

	constructor(options: KeeperOptions) {
		this.files = options.files;
		this.#options = options;
	}

	/** A kept file. */
	async match(path: string): Promise<Response | undefined> {
		const place = this.#place(path);
		const stored = await place?.cache?.match(place.key);
		// Files of one content may be of two types.
		return stored && new Response(stored.body, { headers: { 'content-type': typeOf(path) } });
	}

	/** Keeps a file's content that has been checked. @returns whether there was room */
	async put(path: string, bytes: Uint8Array): Promise<boolean> {
		const place = this.#place(path);
		if (!place?.cache) return false;
		try {
			// Another version of the same weights is of no use any more.
			if (isWeights(path)) await place.cache.delete(place.key, { ignoreSearch: true });
			await place.cache.put(place.key, new Response(bytes as BodyInit));
			return true;
		} catch {
			return false;
		}
	}

	/** Fetches a file, checked. @throws {FetchFault} */
	fetch(path: string, priority: RequestPriority = 'auto'): Promise<Uint8Array> {
		const facts = this.files.facts(path);
		if (!facts) throw new RangeError(`${path} is no file of this version`);
		return fetchWhole(this.#addressOf(path), facts, { isPage: path.endsWith('.html'), priority });
	}

	/**
	 * Keeps files, a few at a time and after everything else that the browser fetches; those that are kept already stay.
	 * @returns why it ended early: what was kept by then stays. Of files that are not what they should be, the rest is kept all the same
	 */
	async keep(paths: readonly string[]): Promise<KeepFault | null> {
		const queue = paths.filter((path) => this.files.facts(path));
		let fault: KeepFault | null = null;
		const one = async () => {
			for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
				if (await this.match(path)) continue;
				try {
					const bytes = await this.fetch(path, 'low');
					if (await this.put(path, bytes)) continue;
					fault = 'full';
				} catch (error) {
					if (!(error instanceof FetchFault)) throw error;
					fault = error.code;
				}
				if (fault === 'full' || fault === 'unreachable' || fault === 'stalled') queue.length = 0;
			}
		};
		await Promise.all([one(), one(), one(), one()]);
		return fault;
	}

	/** Paths of files that are kept. */
	async stored(): Promise<ReadonlySet<string>> {
		const keys = new Set<string>();
		for (const cache of [this.#options.store, this.#options.weights])
			for (const { url } of (await cache?.keys()) ?? []) keys.add(url);
		return new Set(this.files.paths.filter((path) => keys.has(this.#place(path)!.key)));
	}

	/** What this version has for what another keeps: the same pages with what they need, and the same other files. */
	async insteadOf(other: Keeper): Promise<readonly string[]> {
		const stored = await other.stored();
		const stems = new Set([...stored].map(Files.stem));
		const wanted = new Set<string>();
		for (const path of this.files.paths) {
			// A chunk without a name of its own comes with the page that needs it.
			if (!stems.has(Files.stem(path)) || /\/chunks\/\.js$/.test(Files.stem(path))) continue;
			for (const needed of this.files.withNeeds(path)) wanted.add(needed);
		}
		return [...wanted];
	}

	/**
	 * Lets go of content that none of these versions has; of earlier ones, open tabs need all but the pages themselves.
	 * @param others addresses in the store that stay
	 */
	async sweep(earlier: readonly Keeper[], others: readonly string[]): Promise<void> {
		const wanted = new Set([...others, ...this.files.paths.map((path) => this.#place(path)!.key)]);
		for (const keeper of earlier)
			for (const path of keeper.files.paths)
				if (!path.endsWith('.html')) wanted.add(keeper.#place(path)!.key);
		const { store } = this.#options;
		for (const request of await store.keys()) if (!wanted.has(request.url)) await store.delete(request);
	}

	/** Lets go of all but the shell, and weights of this version's sets too. @param others addresses in the store that stay */
	async remove(others: readonly string[]): Promise<void> {
		const wanted = new Set([...others, ...this.files.shell.map((path) => this.#place(path)!.key)]);
		const { store, weights } = this.#options;
		for (const request of await store.keys()) if (!wanted.has(request.url)) await store.delete(request);
		for (const path of this.files.paths) if (isWeights(path)) await weights?.delete(this.#place(path)!.key);
	}

	#addressOf(path: string): string {
		// Hosts answer the page itself at its address; some send `.html` elsewhere.
		return new URL(path.replace(/^index\.html$/, '').replace(/\.html$/, ''), this.#options.base).href;
	}

	#place(path: string): { readonly cache: Cache | null; readonly key: string } | null {
		const facts = this.files.facts(path);
		if (!facts) return null;
		const { base, store, weights, weightsKey } = this.#options;
		return isWeights(path)
			? { cache: weights, key: weightsKey(new URL(path, base).href, facts.sha256) }
			: { cache: store, key: new URL(`kept/${facts.sha256}`, base).href };
	}
}
