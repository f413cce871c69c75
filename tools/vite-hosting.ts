import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { netlifyHeaders, type Base } from './hosting/files.ts';

/** Every file of a folder, by its path in it, in an order that is the same everywhere. */
export function filesIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((path) => statSync(join(folder, path)).isFile())
		.map((path) => path.replaceAll('\\', '/'))
		.sort();
}

/** Writes `_headers` beside the built pages, for hosts that read it there. */
export function hostHeaders(folder = 'build'): Plugin {
	let isLast = false;
	return {
		name: 'host-headers',
		apply: 'build',
		// SvelteKit builds for the browser within the build for the server, at whose end the adapter writes the folder.
		configResolved: ({ build }) => void (isLast = Boolean(build.ssr)),
		closeBundle: {
			sequential: true,
			order: 'post',
			handler() {
				if (!isLast) return;
				const base = (process.env.BASE_PATH ?? '') as Base;
				writeFileSync(join(folder, '_headers'), netlifyHeaders(filesIn(folder), base));
			}
		}
	};
}
