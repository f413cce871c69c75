/** What a file of the site has to be. */
export interface FileFacts {
	readonly bytes: number;
	/** Of its content, in hex. */
	readonly sha256: string;
}

/**
 * Why a file could not be had.
 *
 * - `unreachable`: there was no answer
 * - `stalled`: nothing came for half a minute
 * - `status`: the answer was an error (`status`)
 * - `altered`: what came, twice, is not the file: a network's sign-in page, half of it, or another version (`actual` bytes)
 */
export type FetchFaultCode = 'unreachable' | 'stalled' | 'status' | 'altered';

export class FetchFault extends Error {
	override readonly name = 'FetchFault';

	constructor(
		readonly code: FetchFaultCode,
		message: string,
		readonly params: { readonly status?: number; readonly actual?: number } = {}
	) {
		super(message);
	}
}

/** SHA-256 in hex; `null` where the browser has none: on pages without encryption, where it keeps nothing either. */
export async function sha256(bytes: Uint8Array): Promise<string | null> {
	if (!globalThis.crypto?.subtle) return null;
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource));
	return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether bytes are the file. */
export async function isWhole(bytes: Uint8Array, facts: FileFacts): Promise<boolean> {
	if (bytes.length !== facts.bytes) return false;
	const hash = await sha256(bytes);
	return hash === null || hash === facts.sha256;
}

/** Whether an answer is of a kind that the file cannot be: a sign-in page is HTML whatever was asked for. */
export function isOtherType(response: Response, isPage: boolean): boolean {
	return /^text\/html/i.test(response.headers.get('content-type') ?? '') !== isPage;
}

export interface FetchOptions {
	readonly signal?: AbortSignal | undefined;
	/** Told of the bytes that have come. */
	readonly onBytes?: ((loaded: number) => void) | undefined;
	/** Whether the file is a page; default no. */
	readonly isPage?: boolean;
	readonly priority?: RequestPriority;
}

/**
 * Fetches a file and checks its type, length and content. What is not it may lie in the browser's own cache, so that it is asked
 * for once more past it.
 * @throws {FetchFault} and the signal's reason
 */
export async function fetchWhole(
	address: string,
	facts: FileFacts,
	{ signal, onBytes, isPage = false, priority }: FetchOptions = {}
): Promise<Uint8Array> {
	let actual = 0;
	for (const cache of ['default', 'reload'] as const) {
		const watch = new Stall(signal);
		try {
			const response = await respond(address, { cache, ...(priority && { priority }), signal: watch.signal });
			watch.moved();
			if (isOtherType(response, isPage)) {
				void response.body?.cancel().catch(() => {});
				continue;
			}
			const bytes = await read(response, facts.bytes, (loaded) => {
				watch.moved();
				onBytes?.(loaded);
			});
			if (await isWhole(bytes, facts)) return bytes;
			actual = bytes.length;
		} catch (error) {
			signal?.throwIfAborted();
			if (watch.signal.aborted) throw new FetchFault('stalled', `${address}: nothing came for a while`);
			throw error;
		} finally {
			watch.end();
		}
	}
	throw new FetchFault('altered', `${address}: what came is not the file`, { actual });
}

/** Milliseconds without a byte after which an answer is given up. */
export const longestPause = 30_000;

/** Aborts where nothing moves for {@link longestPause}, or where a signal does. */
export class Stall {
	readonly #controller = new AbortController();
	readonly #stop = () => this.#controller.abort();
	readonly #outer: AbortSignal | undefined;
	#timer: ReturnType<typeof setTimeout>;

	constructor(outer?: AbortSignal) {
		this.#outer = outer;
		if (outer?.aborted) this.#stop();
		outer?.addEventListener('abort', this.#stop);
		this.#timer = setTimeout(this.#stop, longestPause);
	}

	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	moved(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(this.#stop, longestPause);
	}

	end(): void {
		clearTimeout(this.#timer);
		this.#outer?.removeEventListener('abort', this.#stop);
	}
}

async function respond(address: string, init: RequestInit): Promise<Response> {
	let response: Response;
	try {
		response = await fetch(address, init);
	} catch (error) {
		throw unreachable(error);
	}
	if (response.ok) return response;
	void response.body?.cancel().catch(() => {});
	throw new FetchFault('status', `the site answered ${response.status}`, { status: response.status });
}

/** Reads an answer; no more than a byte beyond what the file has. */
async function read(
	response: Response,
	expected: number,
	onBytes: (loaded: number) => void
): Promise<Uint8Array> {
	const bytes = new Uint8Array(expected + 1);
	let loaded = 0;
	const reader = response.body!.getReader();
	try {
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			bytes.set(part.value.subarray(0, bytes.length - loaded), loaded);
			loaded += part.value.length;
			if (loaded > expected) {
				await reader.cancel();
				return bytes;
			}
			onBytes(loaded);
		}
	} catch (error) {
		throw unreachable(error);
	}
	return bytes.subarray(0, loaded);
}

const unreachable = (error: unknown): FetchFault =>
	new FetchFault('unreachable', error instanceof Error ? error.message : String(error));
