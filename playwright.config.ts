import { defineConfig } from '@playwright/test';
import { browserArguments, findBrowser } from './tools/browser';

// PORT lets two checkouts test at the same time.
const port = Number(process.env.PORT ?? 4173);

export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.spec.ts',
	fullyParallel: true,
	forbidOnly: true,
	retries: 0,
	workers: 2,
	timeout: 60_000,
	use: {
		baseURL: `http://127.0.0.1:${port}`,
		viewport: { width: 1280, height: 800 },
		launchOptions: { executablePath: findBrowser(), args: browserArguments }
	},
	webServer: {
		command: `npx tsx tools/serve.ts --port ${port}`,
		url: `http://127.0.0.1:${port}/en`,
		reuseExistingServer: false
	}
});
