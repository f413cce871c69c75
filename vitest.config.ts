import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { trainedLayer } from './tools/vite-layer.ts';

// Property tests look at other cases each time. What fails is seen again with the same seed. Each project reads this file.
if (process.env['SEED'] === undefined) {
	process.env['SEED'] = String(Math.floor(Math.random() * 2 ** 31));
	console.log(`SEED=${process.env['SEED']} repeats the cases of the property tests.`);
}

export default defineConfig({
	plugins: [trainedLayer()],
	resolve: {
		alias: {
			$lib: new URL('./src/lib', import.meta.url).pathname,
			'$app/paths': new URL('./tests/unit/appPaths.ts', import.meta.url).pathname
		}
	},
	test: {
		globalSetup: ['tools/kernels.ts'],
		setupFiles: ['tests/setup.ts'],
		env: { SEED: process.env['SEED'] },
		passWithNoTests: false,
		retry: 0,
		// One for each core: what looks at the source beside them takes turns, and what is left idle costs minutes.
		maxWorkers: '100%',
		// Property tests take a second or two of a free core; these are bounds for what never ends.
		testTimeout: 180_000,
		hookTimeout: 180_000,
		projects: [
			// What these test has no state of its own: loading it once for all files halves the time.
			{
				extends: true,
				test: {
					name: 'ours',
					include: ['tests/{unit,golden}/**/*.test.ts'],
					exclude: ['**/*.svelte.test.ts'],
					isolate: false
				}
			},
			// State classes: runes are compiled, in these tests too.
			{
				extends: true,
				plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
				resolve: { conditions: ['browser'] },
				test: {
					name: 'states',
					include: ['tests/unit/**/*.svelte.test.ts'],
					environment: './tests/clientEnvironment.ts'
				}
			},
			// TensorFlow.js has: backends, and what they hold.
			{ extends: true, test: { name: 'parity', include: ['tests/parity/**/*.test.ts'] } }
		]
	}
});
