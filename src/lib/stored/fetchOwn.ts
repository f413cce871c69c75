import { FetchFault, isOtherType } from './check';

/** Milliseconds after which a small file of the site is given up. */
const patience = 30_000;

/**
 * Fetches a small file of the site itself.
 * @throws {FetchFault} where it does not come, comes too late, or something else does in its place
 */
export async function fetchOwn<T>(
	address: string | URL,
	read: (response: Response) => Promise<T>
): Promise<T> {
	try {
		const response = await fetch(address, { signal: AbortSignal.timeout(patience) });
		if (!response.ok)
			throw new FetchFault('status', `${address}: ${response.status}`, { status: response.status });
		if (isOtherType(response, false)) throw new FetchFault('altered', `${address}: a web page came`);
		return await read(response);
	} catch (error) {
		if (error instanceof FetchFault) throw error;
		const code =
			error instanceof SyntaxError
				? 'altered'
				: error instanceof DOMException && error.name === 'TimeoutError'
					? 'stalled'
					: 'unreachable';
		throw new FetchFault(code, `${address}: ${error instanceof Error ? error.message : String(error)}`);
	}
}

/** Fetches JSON of the site itself. @throws {FetchFault} */
export const fetchJson = <T>(address: string | URL): Promise<T> =>
	fetchOwn(address, (response) => response.json() as Promise<T>);
