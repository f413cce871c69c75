const urlOf = (request: string | Request): string => (typeof request === 'string' ? request : request.url);

/** What of the browser's `Cache` is used. With `room`, it holds so many bytes, and refuses more as browsers do. */
export class FakeCache {
	readonly stored = new Map<string, Response>();
	readonly #room: number;
	#used = 0;

	constructor(room = Infinity) {
		this.#room = room;
	}

	match = async (request: string | Request) => this.stored.get(urlOf(request))?.clone();
	put = async (request: string | Request, response: Response) => {
		this.#used += (await response.clone().arrayBuffer()).byteLength;
		if (this.#used > this.#room) throw new DOMException('no room', 'QuotaExceededError');
		this.stored.set(urlOf(request), response);
	};
	keys = async () => [...this.stored.keys()].map((url) => new Request(url));
	delete = async (request: string | Request, { ignoreSearch = false } = {}) => {
		const bare = (url: string) => (ignoreSearch ? url.replace(/\?.*/, '') : url);
		const found = [...this.stored.keys()].filter((url) => bare(url) === bare(urlOf(request)));
		for (const url of found) this.stored.delete(url);
		return found.length > 0;
	};

	/** As the code under test knows it. */
	get asCache(): Cache {
		return this as unknown as Cache;
	}
}

/** What of the browser's `caches` is used. */
export class FakeCaches {
	readonly #caches = new Map<string, FakeCache>();

	open = async (name: string) => {
		const cache = this.#caches.get(name) ?? new FakeCache();
		this.#caches.set(name, cache);
		return cache;
	};
}
