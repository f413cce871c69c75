/**
 * What a host should send with the site's files, once: the preview, `_headers` of the build and the ready files of `hosting/` all
 * follow from this table.
 */
import { isolationHeaders } from './lib/engine/isolate.ts';

export type Headers = Readonly<Record<string, string>>;

/** Files of the site that need other headers than the rest. No file is in two parts. */
export interface Part {
	readonly name: string;
	/** A regular expression that the beginnings of their paths match, in a form that every server reads; from the site's root. */
	readonly pattern: string;
	readonly headers: Headers;
}

/** With every answer; a {@link Part} has its own in their place where the names are the same. */
export const everywhere: Headers = {
	...isolationHeaders,
	// The rest of the policy stands in each page, with the hashes of its own script; this cannot stand there.
	'Content-Security-Policy': "frame-ancestors 'self'",
	'X-Content-Type-Options': 'nosniff',
	'Referrer-Policy': 'same-origin',
	// Only what browsers know: they complain of others in the console.
	'Permissions-Policy': 'camera=(self), microphone=(), geolocation=()',
	// Kept, but asked for anew each time, which costs an empty answer where nothing changed: pages, the service worker that must
	// not grow old, and weights, whose files do not change their names when they change.
	'Cache-Control': 'no-cache'
};

export const parts: readonly Part[] = [
	{
		// Their names change with their content.
		name: 'immutable',
		pattern: '/_app/immutable/',
		headers: { 'Cache-Control': 'public, max-age=31536000, immutable' }
	},
	{
		// Made to stand in pages of others, isolated ones too; whatever the language.
		name: 'embed',
		pattern: '/[^/]+/embed/',
		headers: {
			'Content-Security-Policy': 'frame-ancestors *',
			'Cross-Origin-Resource-Policy': 'cross-origin'
		}
	}
];

/** The part that a path is in, if it is in one. */
export function partOf(path: string): Part | undefined {
	return parts.find(({ pattern }) => new RegExp(`^${pattern}`).test(path));
}

/** All that the files of a part are sent with; those in none without. */
export function headersOf(part?: Part): Headers {
	return { ...everywhere, ...part?.headers };
}

/**
 * What to send with the answer to a path.
 * @param path from the site's own root, so without `BASE_PATH`: `/en/embed/ops/standard`. The answer to an address that there
 * is not is that to `/404.html`, so that no cache keeps for a year that a file is missing.
 */
export function headersFor(path: string): Record<string, string> {
	return { ...headersOf(partOf(path)) };
}
