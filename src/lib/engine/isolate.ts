/** The headers that isolate a page from other origins, so that it may share memory between threads. */
export const isolationHeaders: Readonly<Record<string, string>> = {
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Embedder-Policy': 'require-corp',
	'Cross-Origin-Resource-Policy': 'same-origin'
};

/** A response with {@link isolationHeaders}, or others; one that cannot be read, such as an opaque one, stays as it is. */
export function isolate(response: Response, added = isolationHeaders): Response {
	if (response.status === 0) return response;
	const headers = new Headers(response.headers);
	for (const [name, value] of Object.entries(added)) headers.set(name, value);
	const hasBody = ![101, 204, 205, 304].includes(response.status);
	const { status, statusText } = response;
	return new Response(hasBody ? response.body : null, { status, statusText, headers });
}
