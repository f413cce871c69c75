import { FetchFault, isOtherType, Stall } from './check';

/**
 * Fetches a small file of the site itself.
 * @throws {FetchFault} where it does not come, stops coming, or something else does in its place
 */
export async function fetchOwn(address: string | URL): Promise<Blob> {
	const watch = new Stall();
	try {
		const response = await fetch(address, { signal: watch.signal });
		watch.moved();
		if (!response.ok)
			throw new FetchFault('status', `${address}: ${response.status}`, { status: response.status });
		if (isOtherType(response, false)) throw new FetchFault('altered', `${address}: a web page came`);
		const parts: Uint8Array<ArrayBuffer>[] = [];
		const reader = response.body!.getReader();
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			watch.moved();
			parts.push(part.value);
		}
		return new Blob(parts, { type: response.headers.get('content-type') ?? '' });
	} catch (error) {
		if (error instanceof FetchFault) throw error;
		const code = watch.signal.aborted ? 'stalled' : 'unreachable';
		throw new FetchFault(code, `${address}: ${error instanceof Error ? error.message : String(error)}`);
	} finally {
		watch.end();
	}
}

/** Fetches JSON of the site itself. @throws {FetchFault} */
export async function fetchJson<T>(address: string | URL): Promise<T> {
	const text = await (await fetchOwn(address)).text();
	try {
		return JSON.parse(text) as T;
	} catch {
		throw new FetchFault('altered', `${address}: it is no JSON`);
	}
}
