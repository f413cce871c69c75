import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import project from './package.json' with { type: 'json' };
import { compileKernels } from './tools/kernels';
import { chunksByPage, svelteParts } from './tools/vite-chunks';
import { isolated, threadedWasm } from './tools/vite-engine';
import { katexFonts } from './tools/vite-katex';
import { decidableMessages } from './tools/vite-messages';

export default defineConfig({
	plugins: [
		{ name: 'kernels', buildStart: compileKernels },
		isolated(),
		threadedWasm(),
		katexFonts(),
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/lib/i18n/generated',
			strategy: ['globalVariable', 'baseLocale'],
			emitReadme: false,
			// In development too, where one file a language is what it writes unless told.
			outputStructure: 'message-modules'
		}),
		decidableMessages(),
		sveltekit(),
		chunksByPage()
	],
	define: { __VERSION__: JSON.stringify(project.version) },
	// Found late otherwise, when a network is run for the first time, which the page would be loaded anew for.
	optimizeDeps: {
		include: ['core', 'backend-wasm', 'backend-webgl', 'backend-webgpu'].map(
			(part) => `@tensorflow/tfjs-${part}`
		)
	},
	build: {
		// The security policy lets fonts come from files only.
		assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined),
		// Of what comes late, styles are named beforehand and script is not: every page would carry the names of all files of the site.
		modulePreload: {
			resolveDependencies: (_, files) => files.filter((file) => file.endsWith('.css'))
		},
		rolldownOptions: {
			// The pure rooms only define things, so that a page brings no network that it does not name.
			treeshake: {
				// Nor does reading a property do anything, anywhere: a kilobyte less of Svelte on every page.
				propertyReadSideEffects: false,
				moduleSideEffects: [
					{ test: /\/src\/lib\/(ops|nets)\//, sideEffects: false },
					{ test: svelteParts, sideEffects: false }
				]
			}
		}
	},
	worker: { format: 'es', plugins: () => [threadedWasm()] }
});
