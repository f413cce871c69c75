/** Milliseconds after which a small file of the site is given up. */
const patience = 30_000;

/**
 * Fetches a small file of the site itself.
 * @throws Error where it does not come, comes too late, or with a status that says that it is not there
 */
export async function fetchOwn(address: string | URL): Promise<Response> {
	const response = await fetch(address, { signal: AbortSignal.timeout(patience) });
	if (!response.ok) throw new Error(`${address}: ${response.status}`);
	return response;
}
