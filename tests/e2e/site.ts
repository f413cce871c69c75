import { readdirSync } from 'node:fs';
import { expect, test as base, type Page } from '@playwright/test';

/** Every prerendered page, as an address: `/en`, `/zh/ops/standard`, … (the start page and the 404 page have tests of their own). */
export const pages: readonly string[] = readdirSync('build', { recursive: true, encoding: 'utf8' })
	.filter((file) => /^(en|zh)\b.*\.html$/.test(file.replaceAll('\\', '/')))
	.map((file) => `/${file.replaceAll('\\', '/').replace(/\.html$/, '')}`)
	.sort();

/** What no page may do: throw, log an error (the security policy reports there), or ask another host. */
export const test = base.extend<{ quiet: string[] }>({
	quiet: [
		async ({ page, baseURL }, use) => {
			const troubles: string[] = [];
			page.on('pageerror', (error) => troubles.push(`thrown: ${error.message}`));
			page.on('console', (message) => {
				if (message.type() === 'error') troubles.push(`logged: ${message.text()}`);
			});
			page.on('request', (request) => {
				const url = request.url();
				if (!url.startsWith(`${baseURL}/`) && !/^(data|blob):/.test(url))
					troubles.push(`asked another host: ${url}`);
			});
			await use(troubles);
			expect(troubles).toEqual([]);
		},
		{ auto: true }
	]
});

/** Waits until the page's script has taken over from the prerendered HTML. */
export async function open(page: Page, address: string) {
	await page.goto(address);
	await page.locator('html[data-alive]').waitFor({ state: 'attached' });
}

export { expect };
