import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import project from './package.json' with { type: 'json' };
import { compileKernels } from './tools/kernels.ts';
import { chunks } from './tools/vite-chunks.ts';
import { licences } from './tools/licences/vite.ts';
import { isolated, threadedWasm } from './tools/vite-engine.ts';
import { hostHeaders } from './tools/vite-hosting.ts';
import { messages } from './tools/vite-messages.ts';
import { katexFonts } from './tools/vite-katex.ts';
import { trainedLayer } from './tools/vite-layer.ts';

const shipped = licences();

/** A file of a few functions gets larger by the hint and no faster. */
const isWorthHinting = (modules: Readonly<Record<string, { readonly renderedLength: number }>>) =>
	Object.values(modules).reduce((sum, { renderedLength }) => sum + renderedLength, 0) > 2500;

/**
 * Modules that only define things, so that a page brings none of which it names nothing: the pure rooms, so that it has no network too many,
 * messages, and Svelte and its kit, which do not say so, but for the marks of what is used.
 */
const pure =
	/\/src\/lib\/(ops|nets)\/|\/\.svelte-kit\/messages\/|\/node_modules\/(svelte|@sveltejs\/kit)\/src\/(?!internal\/(disclose-version|flags))/;

export default defineConfig({
	plugins: [
		{ name: 'kernels', buildStart: compileKernels },
		isolated(),
		threadedWasm(),
		katexFonts(),
		trainedLayer(),
		shipped.site,
		messages(),
		sveltekit(),
		hostHeaders(),
		chunks((id) => pure.test(id))
	],
	define: { __VERSION__: JSON.stringify(project.version) },
	// Found late otherwise, when a network is run for the first time, which the page would be loaded anew for.
	optimizeDeps: {
		include: Object.keys(project.devDependencies).filter((name) => /tfjs-(core|backend-\w+)$/.test(name)),
		rolldownOptions: { plugins: [threadedWasm()] }
	},
	build: {
		// The security policy lets fonts come from files only.
		assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined),
		// Of what comes late, styles are named beforehand and script is not: every page would carry the names of all files of the site.
		modulePreload: {
			resolveDependencies: (_, files) => files.filter((file) => file.endsWith('.css'))
		},
		rolldownOptions: {
			// How long each of its plugins took is for whoever mends a build, not for whoever runs one.
			checks: { bundlerTimings: false },
			// Most of a page's functions are called as it comes alive. Compiled each when it is first called, they took longer than they
			// ran; told so, Chromium compiles them beside the page while they come (from version 136; others read a comment).
			output: {
				postBanner: ({ modules }) => (isWorthHinting(modules) ? '//# allFunctionsCalledOnLoad' : '')
			},
			treeshake: { moduleSideEffects: [{ test: pure, sideEffects: false }] }
		}
	},
	worker: {
		format: 'es',
		plugins: () => [threadedWasm(), shipped.worker],
		rolldownOptions: { checks: { bundlerTimings: false } }
	}
});
