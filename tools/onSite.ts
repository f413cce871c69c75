import type { Browser } from '@playwright/test';
import { launchBrowser } from './browser';
import { serveSite } from './siteServer';

/** Does something with a browser and the built site, served at `url` meanwhile. @param flags of the browser, beyond the usual ones */
export async function onSite<T>(
	act: (browser: Browser, url: string) => Promise<T>,
	...flags: readonly string[]
): Promise<T> {
	const server = await serveSite();
	try {
		const browser = await launchBrowser(...flags);
		try {
			return await act(browser, server.url);
		} finally {
			await browser.close();
		}
	} finally {
		await server.close();
	}
}
