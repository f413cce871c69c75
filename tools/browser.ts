import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser, Page } from '@playwright/test';

// The shell has no window to draw, and opens a page in half the time.
const names = [
	'chromium-headless-shell',
	'google-chrome',
	'google-chrome-stable',
	'chromium',
	'chromium-browser'
];
const places = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe'
];

/** Start options that keep Chromium quiet and offline, for tests and measurements. */
export const browserArguments = [
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	// Chromium refuses its sandbox to root, as in containers.
	...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])
];

/** Loaded once it is wanted: what a command refuses is said in half the time. */
const playwright = async () => (await import('@playwright/test')).chromium;

async function onThisMachine(): Promise<string | undefined> {
	const folders = (process.env.PATH ?? '').split(delimiter);
	const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
	const found = [...onPath, ...places].find((file) => existsSync(file));
	if (found !== undefined) return found;
	const own = (await playwright()).executablePath();
	return existsSync(own) ? own : undefined;
}

/**
 * The path of a Chrome or Chromium: `CHROMIUM`, else one on the machine, else Playwright's own, else Debian's package, which
 * root installs here and now.
 * @throws a sentence that says what to install.
 */
export async function findBrowser(): Promise<string> {
	const chosen = process.env.CHROMIUM;
	if (chosen !== undefined) {
		if (existsSync(chosen)) return chosen;
		throw new Error(`CHROMIUM names ${chosen}, which does not exist: give the path of a Chrome or Chromium.`);
	}
	const found = await onThisMachine();
	if (found !== undefined) return found;
	if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
		for (const args of [
			['update', '-q'],
			['install', '-q', '-y', '--no-install-recommends', 'chromium-headless-shell']
		])
			execFileSync('apt-get', args, {
				stdio: ['ignore', 2, 2],
				env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
			});
		const installed = await onThisMachine();
		if (installed !== undefined) return installed;
	}
	throw new Error(
		'The browser tests need Chrome or Chromium: install one, or run "npx playwright install chromium", or set CHROMIUM to its path.'
	);
}

/** Starts it, quiet and offline. */
export async function launchBrowser(...args: readonly string[]): Promise<Browser> {
	const executablePath = await findBrowser();
	return (await playwright()).launch({ executablePath, args: [...browserArguments, ...args] });
}

/** Opens an address of the site, and waits until it is alive. */
export async function openPage(
	page: Page,
	address: string,
	options?: Parameters<Page['goto']>[1]
): Promise<void> {
	await page.goto(address, options);
	await page.locator('html[data-alive]').waitFor({ state: 'attached' });
}

/** The playground with a network that is small enough to answer many times a second, as its address has it. */
export const smallNetwork = 'network=mobilenet&weights=mobilenet:random&alpha=0.25&resolution=64';
