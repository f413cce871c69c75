import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import project from './package.json' with { type: 'json' };
import { compileKernels } from './tools/kernels.ts';
import { licences } from './tools/licences/vite.ts';
import { isolated, threadedWasm } from './tools/vite-engine.ts';
import { hostHeaders } from './tools/vite-hosting.ts';
import { katexFonts } from './tools/vite-katex.ts';
import { trainedLayer } from './tools/vite-layer.ts';

const shipped = licences();

/** A file of a few functions gets larger by the hint and no faster. */
const isWorthHinting = (modules: Readonly<Record<string, { readonly renderedLength: number }>>) =>
	Object.values(modules).reduce((sum, { renderedLength }) => sum + renderedLength, 0) > 2500;

export default defineConfig(({ command }) => ({
	plugins: [
		{ name: 'kernels', buildStart: compileKernels },
		isolated(),
		threadedWasm(),
		katexFonts(),
		trainedLayer(),
		shipped.site,
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/lib/i18n/generated',
			strategy: ['globalVariable', 'baseLocale'],
			emitReadme: false,
			// A build leaves out the messages that a page does not say; in development one file a language is a thousand requests less.
			outputStructure: command === 'build' ? 'message-modules' : 'locale-modules'
		}),
		sveltekit(),
		hostHeaders()
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
			// The pure rooms only define things, so that a page brings no network that it does not name.
			treeshake: {
				moduleSideEffects: [{ test: /\/src\/lib\/(ops|nets)\//, sideEffects: false }]
			}
		}
	},
	worker: {
		format: 'es',
		plugins: () => [threadedWasm(), shipped.worker],
		rolldownOptions: { checks: { bundlerTimings: false } }
	}
}));
