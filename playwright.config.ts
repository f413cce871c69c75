import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { browserArguments, findBrowser } from './tools/browser';

export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.spec.ts',
	globalSetup: './tests/e2e/globalSetup.ts',
	fullyParallel: true,
	forbidOnly: true,
	retries: 0,
	// One more than there are cores, since some of them wait; at least two.
	workers: Math.max(2, availableParallelism() + 1),
	// Bounds for what never comes, not for how long it may take: a machine with other work is ten times slower than a free one.
	// No test has bounds of its own.
	timeout: 480_000,
	expect: { timeout: 240_000 },
	use: {
		// Set by globalSetup, before the workers that run the tests start.
		baseURL: process.env.SITE_URL,
		viewport: { width: 1280, height: 800 },
		// Every page registers the site's: it is tested by itself (offline.spec.ts), and all else without it.
		serviceWorkers: 'block',
		launchOptions: { executablePath: await findBrowser(), args: browserArguments }
	}
});
