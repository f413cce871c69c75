const urlOf = (request: string | Request): string => (typeof request === 'string' ? request : request.url);

/**
 * What of the browser's `Cache` is used. With `room`, it holds so many bytes, and refuses more as browsers do. It keeps bytes: in Node
 * 20.19, a response loses its body once a clone of it is collected (https://github.com/nodejs/undici/pull/4414).
 */
export class FakeCache {
	readonly stored = new Map<
		string,
		{ readonly body: ArrayBuffer; readonly init: Pick<Response, 'status' | 'statusText' | 'headers'> }
	>();
	readonly #room: number;
	#used = 0;

	constructor(room = Infinity) {
		this.#room = room;
	}

	match = async (request: string | Request) => {
		const found = this.stored.get(urlOf(request));
		return found && new Response(found.body.slice(), found.init);
	};
	put = async (request: string | Request, response: Response) => {
		const body = await response.arrayBuffer();
		this.#used += body.byteLength;
		if (this.#used > this.#room) throw new DOMException('no room', 'QuotaExceededError');
		const { status, statusText, headers } = response;
		this.stored.set(urlOf(request), { body, init: { status, statusText, headers } });
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
