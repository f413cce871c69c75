import adapter from '@sveltejs/adapter-static';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import inlang from './project.inlang/settings.json' with { type: 'json' };
import { forOffline } from './tools/offline.js';

/** What stands in each page, before all else: a file of its own would be waited for. The policy knows it by its hash. */
const early = createHash('sha256')
	.update(readFileSync(new URL('src/early.js', import.meta.url)))
	.digest('base64');

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: { runes: true },
	kit: {
		adapter: forOffline(adapter({ fallback: '404.html' })),
		// BASE_PATH=/repo puts the site under user.github.io/repo/.
		paths: { base: /** @type {'' | `/${string}`} */ (process.env.BASE_PATH ?? ''), relative: true },
		// A page's own styles are a few kilobytes, and it is not drawn before the last of them: in the page they cost no request.
		inlineStyleThreshold: 100_000,
		// The root layout registers it when the page has loaded; pages that run networks, at once.
		serviceWorker: { register: false },
		version: { name: versionName() },
		// Nothing links to an address that has moved.
		prerender: {
			entries: ['*', ...inlang.locales.flatMap((of) => /** @type {const} */ ([`/${of}`, `/${of}/fight`]))]
		},
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				// TensorFlow.js's threads load their script from a blob, which only scripts of the site can make.
				'script-src': ['self', 'blob:', 'wasm-unsafe-eval', `sha256-${early}`],
				'style-src': ['self'],
				// Svelte prerenders style:width={…} as attributes; they can set properties, not load or run anything.
				'style-src-attr': ['unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'media-src': ['self', 'blob:'],
				'worker-src': ['self', 'blob:'],
				// A new version is urged to come by one (`src/lib/stored/keeping.svelte.ts`).
				'frame-src': ['self'],
				'manifest-src': ['self'],
				'base-uri': ['none'],
				'form-action': ['none'],
				// Where the browser has them; `src/lib/stored/trusted.ts` says what these let through.
				'require-trusted-types-for': ['script'],
				'trusted-types': ['svelte-trusted-html', 'lightnets', 'default']
			}
		}
	}
};

/**
 * The same for the same sources, so that building them again makes no new version; what is not committed is always another.
 * Kept in the environment, since a build reads this file in several processes, which have to agree.
 */
function versionName() {
	return (process.env.SITE_VERSION ??= fromSources());
}

function fromSources() {
	const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
	try {
		const describe = ['describe', '--always', '--dirty', '--abbrev=12', '--exclude=*'];
		const commit = execFileSync('git', describe, {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore']
		}).trim();
		return `${version}+${commit}${commit.endsWith('-dirty') ? Date.now() : ''}`;
	} catch {
		return `${version}+${Date.now()}`;
	}
}
