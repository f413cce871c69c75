import { readdirSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
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

/** Of axe's rules, those that look at colours: they alone tell light from dark, and both languages have the same. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** No serious finding of axe in a page, or in a part of it, as it stands; of its colours, in light and in dark. */
export async function expectAccessible(page: Page, { colours = true, part = 'html' } = {}) {
	const axe = () => new AxeBuilder({ page }).include(part);
	expect(await seriousFindings(axe().disableRules(colourRules))).toEqual([]);
	for (const colorScheme of colours ? (['light', 'dark'] as const) : []) {
		await page.emulateMedia({ colorScheme });
		expect(await seriousFindings(axe().withRules(colourRules)), colorScheme).toEqual([]);
	}
}

async function seriousFindings(axe: AxeBuilder): Promise<string[]> {
	const { violations } = await axe.analyze();
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.map(
			({ id, nodes }) =>
				`${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`
		);
}

/** Pixels that the page can be scrolled sideways by. */
export const sideways = (page: Page) =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

export { expect };
