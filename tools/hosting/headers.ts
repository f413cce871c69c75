/**
 * What a host should send with the site's files, once: the preview, `_headers` of the build and the ready files of `hosting/` all
 * follow from this table.
 */
import { isolationHeaders } from '../../src/lib/engine/isolate';

type Headers = Readonly<Record<string, string>>;

/** A part of the site that needs other headers than the rest. */
export interface Part {
	/** Begins with `/`. A `*` between slashes is one folder of any name, a `*` at the end everything below. */
	readonly path: string;
	readonly why: string;
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
		path: '/_app/immutable/*',
		why: 'Names of these files change with their content.',
		headers: { 'Cache-Control': 'public, max-age=31536000, immutable' }
	},
	{
		path: '/*/embed/*',
		why: 'Made to stand in pages of others, isolated ones too.',
		headers: {
			'Content-Security-Policy': 'frame-ancestors *',
			'Cross-Origin-Resource-Policy': 'cross-origin'
		}
	}
];

/** A regular expression of the paths of a part, without delimiters, as servers read it too. */
export function patternOf({ path }: Part): string {
	return `^${path.replace(/\*$/, '').replace(/[.+]/g, '\\$&').replaceAll('*', '[^/]+')}`;
}

/** The part that a path is in, if it is in one. */
export function partOf(path: string): Part | undefined {
	return parts.find((part) => new RegExp(patternOf(part)).test(path));
}

/**
 * What to send with the answer to a path.
 * @param path from the site's own root, so without `BASE_PATH`: `/en/embed/ops/standard`. The answer to an address that there
 * is not is that to `/404.html`, so that no cache keeps for a year that a file is missing.
 */
export function headersFor(path: string): Record<string, string> {
	return { ...everywhere, ...partOf(path)?.headers };
}
