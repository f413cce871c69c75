import { defineConfig } from 'vitest/config';
import { decidableMessages } from './tools/vite-messages';

export default defineConfig({
	plugins: [decidableMessages()],
	resolve: { alias: { $lib: new URL('./src/lib', import.meta.url).pathname } },
	test: {
		globalSetup: ['tools/kernels.ts'],
		setupFiles: ['tests/setup.ts'],
		include: ['tests/{unit,golden,parity}/**/*.test.ts'],
		passWithNoTests: false,
		retry: 0,
		// Property tests take a second or two of a free core; a busy machine must not fail them.
		testTimeout: 30_000
	}
});
