import { defineConfig } from 'vitest/config';
import { trainedLayer } from './tools/vite-layer';
import { decidableMessages } from './tools/vite-messages';

export default defineConfig({
	plugins: [decidableMessages(), trainedLayer()],
	resolve: { alias: { $lib: new URL('./src/lib', import.meta.url).pathname } },
	test: {
		globalSetup: ['tools/kernels.ts'],
		setupFiles: ['tests/setup.ts'],
		passWithNoTests: false,
		retry: 0,
		// Property tests take a second or two of a free core; a busy machine must not fail them.
		testTimeout: 30_000,
		projects: [
			// What these test has no state of its own: loading it once for all files halves the time.
			{
				extends: true,
				test: { name: 'ours', include: ['tests/{unit,golden}/**/*.test.ts'], isolate: false }
			},
			// TensorFlow.js has: backends, and what they hold.
			{ extends: true, test: { name: 'parity', include: ['tests/parity/**/*.test.ts'] } }
		]
	}
});
